package tests

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// eachEdge runs a test for every environment with a distribution.
func eachEdge(t *testing.T, test func(t *testing.T, environment environments.Environment, stack Stack, cdn Block)) {
	t.Helper()
	eachOf(t, order.Global, func(t *testing.T, environment environments.Environment, stack Stack) {
		if environment.Edge.Enabled {
			test(t, environment, stack, stack.Resource(t, "aws_cloudfront_distribution", "edge/cdn"))
		}
	})
}

// A distribution belongs to the stack of us-east-1, where CloudFront looks for its certificate, its web ACL and its log
// groups.
func TestDistributionIsInTheStackOfUSEast1(t *testing.T) {
	found := map[string]bool{}
	for _, one := range order.All(loaded) {
		if len(stack(t, one.Name).Resources("aws_cloudfront_distribution")) == 0 {
			continue
		}
		found[one.Environment] = true
		if one.Kind != order.Global || one.Region != "us-east-1" {
			t.Errorf("%s, in %s, has a distribution", one.Name, one.Region)
		}
	}
	for _, environment := range loaded {
		if environment.Edge.Enabled != found[environment.Name] {
			t.Errorf("%s has a distribution: %v", environment.Name, found[environment.Name])
		}
	}
}

// The document's distribution lacks certificate, methods, restrictions, names, policies, and a custom
// origin: an ALB is no bucket.
func TestDistributionIsWhole(t *testing.T) {
	eachEdge(t, func(t *testing.T, environment environments.Environment, stack Stack, cdn Block) {
		cdn.WantValue(t, "viewer_certificate.minimum_protocol_version", "TLSv1.2_2021")
		cdn.WantValue(t, "viewer_certificate.ssl_support_method", "sni-only")
		cdn.WantValue(t, "http_version", "http2and3")
		cdn.WantValue(t, "is_ipv6_enabled", true)
		cdn.WantValue(t, "price_class", environment.Edge.PriceClass)
		cdn.WantValue(t, "restrictions.geo_restriction.restriction_type", "none")
		cdn.WantValue(t, "origin.0.origin_id", "ALBOrigin")
		cdn.WantValue(t, "origin.0.domain_name", environment.DNS.Origin())
		cdn.WantValue(t, "origin.0.custom_origin_config.origin_protocol_policy", "https-only")
		cdn.WantValue(t, "origin.0.custom_origin_config.origin_ssl_protocols", []string{"TLSv1.2"})
		// Redirected, a POST would become a GET after its token went in clear.
		cdn.WantValue(t, "default_cache_behavior.viewer_protocol_policy", "https-only")
		cdn.WantValue(t, "default_cache_behavior.compress", true)
		cdn.WantReference(t, "default_cache_behavior.cache_policy_id",
			stack.Resource(t, "aws_cloudfront_cache_policy", "edge/api-cache"))
		cdn.WantReference(t, "web_acl_id", stack.Resource(t, "aws_wafv2_web_acl", "edge/web-acl"))
		if web := fmt.Sprint(cdn.At("web_acl_id")); !strings.HasSuffix(web, ".arn}") { // an id is WAF Classic's
			t.Errorf("web_acl_id is %s, want the ARN", web)
		}
	})
}

// CloudFront refuses an origin group on a behaviour that allows writes (aws-cdk#32450); validate does not see it.
func TestOriginGroupsServeReadsAlone(t *testing.T) {
	eachEdge(t, func(t *testing.T, environment environments.Environment, _ Stack, cdn Block) {
		groups := map[any]bool{}
		for i := range synth.List(cdn.At("origin_group")) {
			groups[cdn.At(fmt.Sprintf("origin_group.%d.origin_id", i))] = true
		}
		if want := environment.SecondRegion != ""; want != (len(groups) > 0) {
			t.Errorf("origin groups %v", groups)
		}
		behaviors := []string{"default_cache_behavior"}
		for i := range synth.List(cdn.At("ordered_cache_behavior")) {
			behaviors = append(behaviors, fmt.Sprintf("ordered_cache_behavior.%d", i))
		}
		used := 0
		for _, behavior := range behaviors {
			if !groups[cdn.At(behavior+".target_origin_id")] {
				continue
			}
			used++
			for _, method := range synth.List(cdn.At(behavior + ".allowed_methods")) {
				if !slices.Contains([]any{"GET", "HEAD", "OPTIONS"}, method) {
					t.Errorf("%s allows %v and has an origin group: CloudFront refuses it", behavior, method)
				}
			}
		}
		if len(groups) > 0 && used == 0 {
			t.Error("no behaviour uses the origin group")
		}
		cdn.WantValue(t, "default_cache_behavior.target_origin_id", "ALBOrigin")
		if methods := synth.List(cdn.At("default_cache_behavior.allowed_methods")); len(methods) != 7 {
			t.Errorf("the default behaviour allows %v, want all seven methods", methods)
		}
	})
}

// An answer for one user must never be another's.
func TestNothingWithCredentialsIsShared(t *testing.T) {
	eachEdge(t, func(t *testing.T, _ environments.Environment, stack Stack, _ Block) {
		const key = "parameters_in_cache_key_and_forwarded_to_origin."
		api := stack.Resource(t, "aws_cloudfront_cache_policy", "edge/api-cache")
		api.WantValue(t, "default_ttl", 0) // only where the origin says so
		api.WantValue(t, "max_ttl", 60)
		api.WantValue(t, key+"cookies_config.cookie_behavior", "all")
		for _, header := range []string{"Authorization", "Host"} {
			if headers := synth.List(api.At(key + "headers_config.headers.items")); !contains(headers, header) {
				t.Errorf("%s is no part of the cache's key: %v", header, headers)
			}
		}
		static := stack.Resource(t, "aws_cloudfront_cache_policy", "edge/static-cache")
		static.WantValue(t, key+"cookies_config.cookie_behavior", "none")
		static.WantValue(t, "default_ttl", 86400)
	})
}

func TestAnswersCarrySecurityHeaders(t *testing.T) {
	eachEdge(t, func(t *testing.T, _ environments.Environment, stack Stack, cdn Block) {
		policy := stack.Resource(t, "aws_cloudfront_response_headers_policy", "edge/security-headers")
		policy.WantValue(t, "security_headers_config.strict_transport_security.access_control_max_age_sec", 63072000)
		policy.WantValue(t, "security_headers_config.content_type_options.override", true)
		policy.WantValue(t, "security_headers_config.frame_options.frame_option", "DENY")
		policy.WantValue(t, "security_headers_config.referrer_policy.referrer_policy", "strict-origin-when-cross-origin")
		cdn.WantReference(t, "default_cache_behavior.response_headers_policy_id", policy)
		for i := range synth.List(cdn.At("ordered_cache_behavior")) {
			cdn.WantReference(t, fmt.Sprintf("ordered_cache_behavior.%d.response_headers_policy_id", i), policy)
		}
	})
}

// CloudFront takes a web ACL of scope CLOUDFRONT, and that lives in us-east-1.
func TestWebACLIsCloudFrontsAndSaysWhatItRefused(t *testing.T) {
	eachEdge(t, func(t *testing.T, environment environments.Environment, stack Stack, _ Block) {
		acl := stack.Resource(t, "aws_wafv2_web_acl", "edge/web-acl")
		acl.WantValue(t, "scope", "CLOUDFRONT")
		if region := tabled(t, stack.Name).Region; region != "us-east-1" {
			t.Errorf("the web ACL is in %s", region)
		}
		acl.WantValue(t, "rule.1.statement.rate_based_statement.limit", environment.Edge.RateLimit)
		groups := map[any]bool{}
		for i := range synth.List(acl.At("rule")) {
			if name := acl.At(fmt.Sprintf("rule.%d.statement.managed_rule_group_statement.name", i)); name != nil {
				groups[name] = acl.At(fmt.Sprintf("rule.%d.override_action.count", i)) != nil
			}
		}
		counts := environment.Edge.WAF.Mode == environments.WAFCount
		want := map[any]bool{
			"AWSManagedRulesAmazonIpReputationList": counts,
			"AWSManagedRulesAnonymousIpList":        true,
			"AWSManagedRulesCommonRuleSet":          counts,
			"AWSManagedRulesKnownBadInputsRuleSet":  counts, "AWSManagedRulesSQLiRuleSet": counts,
		}
		if !maps.Equal(groups, want) {
			t.Errorf("rule groups that only count: %v, want %v", groups, want)
		}

		logging := stack.Resource(t, "aws_wafv2_web_acl_logging_configuration", "edge/web-acl-logging")
		group := stack.Resource(t, "aws_cloudwatch_log_group", "edge/web-acl-logs")
		group.WantValue(t, "name", "aws-waf-logs-"+environment.GlobalPrefix()) // WAF refuses any other beginning
		logging.WantReference(t, "log_destination_configs.0", group)
		logging.WantValue(t, "redacted_fields.0.single_header.name", "authorization")
		logging.WantValue(t, "redacted_fields.1.single_header.name", "cookie")
	})
}

func TestAccessLogsAreDeliveredInUSEast1WithoutCookies(t *testing.T) {
	eachEdge(t, func(t *testing.T, environment environments.Environment, stack Stack, cdn Block) {
		source := stack.Resource(t, "aws_cloudwatch_log_delivery_source", "edge/access-log-source")
		source.WantReference(t, "resource_arn", cdn)
		group := stack.Resource(t, "aws_cloudwatch_log_group", "edge/access-logs")
		group.WantValue(t, "retention_in_days", environment.Observability.LogDays)
		group.WantReference(t, "kms_key_id", stack.Resource(t, "aws_kms_key", "encryption/operations_kms"))
		stack.Resource(t, "aws_cloudwatch_log_delivery_destination", "edge/access-log-destination").
			WantReference(t, "delivery_destination_configuration.0.destination_resource_arn", group)
		delivery := stack.Resource(t, "aws_cloudwatch_log_delivery", "edge/access-log-delivery")
		if fields := synth.List(delivery.At("record_fields")); len(fields) < 20 || contains(fields, "cs(Cookie)") {
			t.Errorf("fields %v", fields)
		}
		// They can't be updated: other fields make another delivery.
		fields := stack.Resource(t, "terraform_data", "edge/access-log-fields")
		delivery.WantValue(t, "lifecycle.replace_triggered_by", []string{fields.Address})
		fields.WantValue(t, "input.record_fields", delivery.At("record_fields"))
		if region := tabled(t, stack.Name).Region; region != "us-east-1" {
			t.Errorf("access logs are delivered in %s", region)
		}
	})
}

func TestStaticAssetsAreReadByTheDistributionAlone(t *testing.T) {
	eachEdge(t, func(t *testing.T, environment environments.Environment, global Stack, cdn Block) {
		policy := policyIn(t, global.Resource(t, "aws_s3_bucket_policy", "edge/static/policy"), "policy")
		read := policy.statement(t, "DistributionReads")
		read.WantReference(t, "Condition.StringEquals.aws:SourceArn", cdn)
		originIs(t, global, 1, "static", global, "edge/static", read)
		if environment.SecondRegion == "" {
			if origins := synth.List(cdn.At("origin")); len(origins) != 2 {
				t.Errorf("%d origins, want the load balancer and one bucket", len(origins))
			}
			return
		}
		second := stackOf(t, environment, order.Second)
		policy = policyIn(t, second.Resource(t, "aws_s3_bucket_policy", "static/policy"), "policy")
		read = policy.statement(t, "DistributionReads")
		// The bucket is there before the distribution: it admits any of this account's.
		distributions := "arn:aws:cloudfront::" + environment.Account.ID + ":distribution/*"
		read.WantValue(t, "Condition", map[string]any{"ArnLike": map[string]any{"aws:SourceArn": distributions}})
		originIs(t, global, 2, "static-replica", second, "static", read)
	})
}

// originIs fails unless an origin of the distribution is the bucket that a stack makes at a path, which CloudFront may
// read by a statement.
func originIs(t *testing.T, global Stack, i int, id string, made Stack, path string, read Block) {
	t.Helper()
	name := fmt.Sprint(made.Resource(t, "aws_s3_bucket", path+"/bucket").At("bucket"))
	read.WantValue(t, "Principal.Service", "cloudfront.amazonaws.com")
	read.WantValue(t, "Action", "s3:GetObject")
	read.WantValue(t, "Resource", "arn:aws:s3:::"+name+"/*")
	// S3 answers 403 for what is not there to whoever may not list.
	list := policyIn(t, made.Resource(t, "aws_s3_bucket_policy", path+"/policy"), "policy").
		statement(t, "DistributionKnowsWhatIsMissing")
	list.WantValue(t, "Action", "s3:ListBucket")
	list.WantValue(t, "Resource", "arn:aws:s3:::"+name)
	list.WantValue(t, "Condition", read.At("Condition"))
	cdn, origin := global.Resource(t, "aws_cloudfront_distribution", "edge/cdn"), fmt.Sprintf("origin.%d.", i)
	cdn.WantValue(t, origin+"origin_id", id)
	control := global.Resource(t, "aws_cloudfront_origin_access_control", "edge/static-access")
	cdn.WantReference(t, origin+"origin_access_control_id", control)
	// The origin's name is written out; it has to be the bucket's, where the bucket is.
	cdn.WantValue(t, origin+"domain_name", fmt.Sprintf("%s.s3.%s.amazonaws.com", name, tabled(t, made.Name).Region))
}

func TestCountriesAreServedAsTheFileSays(t *testing.T) {
	allowed := variants(t, "dev", func(e *environments.Environment) { e.Edge.AllowCountries = []string{"DE", "FR"} })
	cdn := allowed["dev.global"].Resource(t, "aws_cloudfront_distribution", "edge/cdn")
	cdn.WantValue(t, "restrictions.geo_restriction.restriction_type", "whitelist")
	cdn.WantValue(t, "restrictions.geo_restriction.locations", []string{"DE", "FR"})
	denied := variants(t, "dev", func(e *environments.Environment) { e.Edge.DenyCountries = []string{"KP"} })["dev.global"]
	denied.Resource(t, "aws_cloudfront_distribution", "edge/cdn").
		WantValue(t, "restrictions.geo_restriction.restriction_type", "blacklist")
}

// Shield Advanced is a contract of a year; Terraform must neither make it unasked nor try to end it.
func TestShieldAdvancedOnlyWhereTheFileSaysSo(t *testing.T) {
	for _, name := range stackNames() {
		for _, kind := range stack(t, name).Types() {
			if strings.HasPrefix(kind, "aws_shield") {
				t.Errorf("%s: %s in a file that does not ask for it", name, kind)
			}
		}
	}
	made := variants(t, "dev", func(e *environments.Environment) {
		e.Edge.ShieldAdvanced, e.Account.ShieldAdvanced = true, true
	})
	made["account.development.eu-west-1"].Resource(t, "aws_shield_subscription", "shield/subscription").
		WantValue(t, "skip_destroy", true)
	shielded := made["dev.global"]
	protected := shielded.Resource(t, "aws_shield_protection", "edge/shield-distribution")
	protected.WantReference(t, "resource_arn", shielded.Resource(t, "aws_cloudfront_distribution", "edge/cdn"))
	zone := shielded.Block(t, "data", "aws_route53_zone", "zone")
	shielded.Resource(t, "aws_shield_protection", "edge/shield-zone").
		WantValue(t, "resource_arn", "${data."+zone.Address+".arn}")
	zone.WantValue(t, "name", stack(t, "dev.zone").Resource(t, "aws_route53_zone", "dns/zone").At("name"))
}
