package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/internal/viewerrequest"
)

// behaviorOf is a distribution's behaviour of a path.
func behaviorOf(t *testing.T, cdn Block, path string) Block {
	t.Helper()
	for i, one := range synth.List(cdn.At("ordered_cache_behavior")) {
		if body := one.(map[string]any); body["path_pattern"] == path {
			return Block{Address: fmt.Sprintf("%s.ordered_cache_behavior[%d]", cdn.Address, i), Body: body}
		}
	}
	t.Fatalf("%s has no behaviour of %s", cdn.Address, path)
	return Block{}
}

// ofReference is the resource that an argument refers to.
func ofReference(t *testing.T, stack Stack, kind string, block Block, argument string) Block {
	t.Helper()
	for _, one := range stack.Resources(kind) {
		if strings.Contains(fmt.Sprint(block.At(argument)), "${"+one.Address+".") {
			return one
		}
	}
	t.Fatalf("%s: %s is %v, and refers to no %s", block.Address, argument, block.At(argument), kind)
	return Block{}
}

func TestBehavioursComeInTheFilesOrder(t *testing.T) {
	cdn := optionStack(t, "production.global").Resource(t, "aws_cloudfront_distribution", "edge/cdn")
	var paths []any
	for i := range synth.List(cdn.At("ordered_cache_behavior")) {
		paths = append(paths, cdn.At(fmt.Sprintf("ordered_cache_behavior.%d.path_pattern", i)))
	}
	want := []any{"/maintenance/index.html", "/app/api/*", "/app/*", "/catalog/?/*.json", "/films/*", "/static/*"}
	if !slices.Equal(paths, want) {
		t.Errorf("behaviours of %v, want %v", paths, want)
	}
}

// What takes every path would take static assets' too.
func TestStaticAssetsComeBeforeWhatTakesTheirPaths(t *testing.T) {
	site := environments.Behavior{
		Path:                 "/*",
		Target:               environments.TargetStatic,
		Fallback:             "/index.html",
		ViewerProtocolPolicy: environments.RedirectToHTTPS,
	}
	api := environments.Behavior{
		Path:                 "/api/*",
		Target:               environments.TargetApplication,
		ViewerProtocolPolicy: environments.HTTPSOnly,
	}
	stack := variants(t, "prod", func(e *environments.Environment) {
		e.Edge.Behaviors = []environments.Behavior{api, site}
	})["prod.global"]
	cdn := stack.Resource(t, "aws_cloudfront_distribution", "edge/cdn")
	for i, want := range []string{"/api/*", "/static/*", "/*"} {
		cdn.WantValue(t, fmt.Sprintf("ordered_cache_behavior.%d.path_pattern", i), want)
	}
	function := stack.Resource(t, "aws_cloudfront_function", "edge/viewer-request")
	if code := fmt.Sprint(function.At("code")); !strings.Contains(code, `["^/static/.*$",""],["^/.*$","/index.html"]`) {
		t.Errorf("the function does not know the behaviours' order:\n%s", code)
	}
	// Without redirects, the function has fallbacks alone to do.
	cdn.WantAbsent(t, "default_cache_behavior.function_association")
	behaviorOf(t, cdn, "/api/*").WantAbsent(t, "function_association")
	behaviorOf(t, cdn, "/*").WantReference(t, "function_association.0.function_arn", function)
}

func TestRedirectsSeeEveryRequest(t *testing.T) {
	stack := optionStack(t, "production.global")
	cdn := stack.Resource(t, "aws_cloudfront_distribution", "edge/cdn")
	function := stack.Resource(t, "aws_cloudfront_function", "edge/viewer-request")
	function.WantValue(t, "runtime", "cloudfront-js-2.0")
	function.WantValue(t, "publish", true)                         // a behaviour takes a published one alone
	function.WantValue(t, "lifecycle.create_before_destroy", true) // so that one that is gone is deleted after the distribution's update
	if code := fmt.Sprint(function.At("code")); len(code) > viewerrequest.MostBytes ||
		!strings.Contains(code, `["/blog/*","https://blog.example.com/*",302]`) {
		t.Errorf("the function, of %d bytes, is\n%s", len(code), code)
	}
	cdn.WantReference(t, "default_cache_behavior.function_association.0.function_arn", function)
	for _, path := range []string{"/app/api/*", "/app/*", "/catalog/?/*.json", "/films/*", "/static/*"} {
		behaviorOf(t, cdn, path).WantReference(t, "function_association.0.function_arn", function)
		behaviorOf(t, cdn, path).WantValue(t, "function_association.0.event_type", "viewer-request")
	}
	behaviorOf(t, cdn, "/maintenance/index.html").WantAbsent(t, "function_association")
	eachEdge(t, func(t *testing.T, _ environments.Environment, stack Stack, _ Block) {
		if functions := stack.Resources("aws_cloudfront_function"); len(functions) > 0 {
			t.Errorf("%v has nothing to do", functions)
		}
	})
}

// An answer that is kept is anybody's: what could make it one user's does not reach its origin.
func TestWhatIsKeptIsToldApartByAllThatReachesItsOrigin(t *testing.T) {
	stack := optionStack(t, "production.global")
	cdn := stack.Resource(t, "aws_cloudfront_distribution", "edge/cdn")
	const key = "parameters_in_cache_key_and_forwarded_to_origin."

	catalog := behaviorOf(t, cdn, "/catalog/?/*.json")
	catalog.WantAbsent(t, "origin_request_policy_id")
	catalog.WantValue(t, "allowed_methods", []string{"GET", "HEAD", "OPTIONS"})
	catalog.WantValue(t, "target_origin_id", "ALBOrigin")
	cache := ofReference(t, stack, "aws_cloudfront_cache_policy", catalog, "cache_policy_id")
	cache.WantValue(t, "default_ttl", 30)
	cache.WantValue(t, "max_ttl", 30)
	cache.WantValue(t, "min_ttl", 0) // no-store is obeyed
	cache.WantValue(t, key+"headers_config.headers.items", []string{"Accept-Language", "Host"})
	cache.WantValue(t, key+"cookies_config.cookies.items", []string{"region"})
	cache.WantValue(t, key+"query_strings_config.query_strings.items", []string{"page"})

	// Another origin is not handed what is for this one.
	films := behaviorOf(t, cdn, "/films/*")
	films.WantValue(t, "target_origin_id", "films.example.net")
	films.WantAbsent(t, "origin_request_policy_id")
	cache = ofReference(t, stack, "aws_cloudfront_cache_policy", films, "cache_policy_id")
	cache.WantValue(t, "default_ttl", 0)
	cache.WantValue(t, key+"headers_config.headers.items", []string{"Accept", "Origin"})
	cache.WantValue(t, key+"cookies_config.cookie_behavior", "none")
	cache.WantValue(t, key+"query_strings_config.query_string_behavior", "all")
	origin, _ := cdn.At("origin").([]any)
	last := Block{Address: cdn.Address, Body: origin[len(origin)-1].(map[string]any)}
	last.WantValue(t, "domain_name", "films.example.net")
	last.WantValue(t, "custom_origin_config.origin_protocol_policy", "https-only")
	last.WantAbsent(t, "custom_header") // which says who may call the load balancers

	// The application's own answers are as they were.
	api := behaviorOf(t, cdn, "/app/api/*")
	api.WantReference(t, "cache_policy_id", stack.Resource(t, "aws_cloudfront_cache_policy", "edge/api-cache"))
	api.WantReference(t, "origin_request_policy_id",
		stack.Resource(t, "aws_cloudfront_origin_request_policy", "edge/whole-request"))
	if methods := synth.List(api.At("allowed_methods")); len(methods) != 7 {
		t.Errorf("the application takes %v", methods)
	}
}

func TestHeadersOfABehaviourAreTheFiles(t *testing.T) {
	stack := optionStack(t, "production.global")
	cdn := stack.Resource(t, "aws_cloudfront_distribution", "edge/cdn")
	cors := ofReference(t, stack, "aws_cloudfront_response_headers_policy", behaviorOf(t, cdn, "/catalog/?/*.json"),
		"response_headers_policy_id")
	cors.WantValue(t, "cors_config.access_control_allow_origins.items", []string{
		"https://shop.example.com", "https://*.partner.example.com",
	})
	cors.WantValue(t, "cors_config.access_control_allow_credentials", true)
	cors.WantValue(t, "cors_config.access_control_expose_headers.items", []string{"ETag"})
	cors.WantValue(t, "cors_config.access_control_max_age_sec", 86400)
	cors.WantValue(t, "cors_config.origin_override", true)
	csp := ofReference(t, stack, "aws_cloudfront_response_headers_policy", behaviorOf(t, cdn, "/app/*"),
		"response_headers_policy_id")
	csp.WantValue(t, "security_headers_config.content_security_policy.content_security_policy",
		"default-src 'self'; frame-ancestors 'none'")
	csp.WantAbsent(t, "cors_config")
	for _, policy := range []Block{cors, csp} { // and the headers of all
		policy.WantValue(t, "security_headers_config.strict_transport_security.access_control_max_age_sec", 63072000)
		policy.WantValue(t, "security_headers_config.content_type_options.override", true)
		policy.WantValue(t, "lifecycle.create_before_destroy", true)
	}
}

// An account has 20 policies of a kind, and a name of a policy that is still in use can't be taken.
func TestBehavioursThatSayTheSameShareAPolicy(t *testing.T) {
	named := func(path string, seconds int) environments.Behavior {
		return environments.Behavior{
			Path:                  path,
			Target:                environments.TargetApplication,
			ViewerProtocolPolicy:  environments.HTTPSOnly,
			ContentSecurityPolicy: "default-src 'self'",
			Cache:                 environments.BehaviorCache{Seconds: seconds, MaxSeconds: seconds},
		}
	}
	of := func(behaviors ...environments.Behavior) (caches, headers []string) {
		stack := variants(t, "dev", func(e *environments.Environment) { e.Edge.Behaviors = behaviors })["dev.global"]
		for _, one := range stack.Resources("aws_cloudfront_cache_policy") {
			caches = append(caches, fmt.Sprint(one.At("name")))
		}
		return caches, slices.Collect(func(yield func(string) bool) {
			for _, one := range stack.Resources("aws_cloudfront_response_headers_policy") {
				yield(fmt.Sprint(one.At("name")))
			}
		})
	}
	before, headers := of(named("/a/*", 60), named("/b/*", 60))
	if len(before) != 3 || len(headers) != 2 {
		t.Errorf("cache policies %v and headers policies %v, want one of each for both", before, headers)
	}
	after, _ := of(named("/a/*", 61), named("/b/*", 61))
	if len(after) != 3 || slices.Equal(before, after) {
		t.Errorf("cache policies %v, and after a change %v: want another name", before, after)
	}
}

func TestSignedBehavioursAnswerForTheFilesKeys(t *testing.T) {
	stack := optionStack(t, "production.global")
	cdn := stack.Resource(t, "aws_cloudfront_distribution", "edge/cdn")
	group := stack.Resource(t, "aws_cloudfront_key_group", "edge/signing-keys")
	behaviorOf(t, cdn, "/films/*").WantReference(t, "trusted_key_groups.0", group)
	behaviorOf(t, cdn, "/app/*").WantAbsent(t, "trusted_key_groups")
	keys := stack.Resources("aws_cloudfront_public_key")
	if len(keys) != 2 || len(synth.List(group.At("items"))) != 2 {
		t.Errorf("keys %v in a group of %v, want two", keys, group.At("items"))
	}
	for _, key := range keys {
		// Without a newline at its end each plan replaces it (hashicorp/terraform-provider-aws#40295).
		if pem := fmt.Sprint(key.At("encoded_key")); !strings.HasSuffix(pem, "-----END PUBLIC KEY-----\n") {
			t.Errorf("%s ends in %q", key.Address, pem[len(pem)-10:])
		}
		key.WantValue(t, "lifecycle.create_before_destroy", true)
	}
	group.WantValue(t, "lifecycle.create_before_destroy", true)
	if ids := fmt.Sprint(synth.Object(stack.Root, "output", "signing_key_ids")["value"]); strings.Count(ids,
		"aws_cloudfront_public_key.") != 2 {
		t.Errorf("a signer finds %s", ids)
	}
}
