package cloudfront

import (
	"maps"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/webacl"
)

// The policies, origins and pages that the tests' distributions refer to. Each test says the rest of its distribution.
const (
	shared = `
	"aws_cloudfront_cache_policy": {
		"api": {"min_ttl": 0, "default_ttl": 0, "max_ttl": 60, "parameters_in_cache_key_and_forwarded_to_origin": {
			"headers_config": {"header_behavior": "whitelist", "headers": {"items": ["Authorization"]}},
			"cookies_config": {"cookie_behavior": "none"}, "query_strings_config": {"query_string_behavior": "none"}}},
		"static": {"min_ttl": 1, "default_ttl": 86400, "max_ttl": 31536000,
			"parameters_in_cache_key_and_forwarded_to_origin": {
			"enable_accept_encoding_gzip": true, "headers_config": {"header_behavior": "none"},
			"cookies_config": {"cookie_behavior": "none"}, "query_strings_config": {"query_string_behavior": "none"}}}},
	"aws_cloudfront_origin_request_policy": {"whole": {"cookies_config": {"cookie_behavior": "all"},
		"query_strings_config": {"query_string_behavior": "all"},
		"headers_config": {"header_behavior": "allViewerAndWhitelistCloudFront",
			"headers": {"items": ["CloudFront-Viewer-Country"]}}}},
	"aws_cloudfront_function": {
		"apex": {"code": "function handler(e) { var r = e.request; if (r.headers.host.value !== 'www.example.com') { return r; } return {statusCode: 301, headers: {location: {value: 'https://example.com' + r.uri}}}; }"},
		"index": {"code": "function handler(event) { var r = event.request; if (!r.uri.includes('.')) { r.uri = '/index.html'; } return r; }"},
		"broken": {"code": "function handler(event) { return nothing; }"},
			"silent": {"code": "function handler(event) { return {}; }"},
		"endless": {"code": "function handler(event) { while (true) {} }"}},
	"aws_cloudfront_origin_access_control": {"s3": {}},
	"aws_wafv2_web_acl": {"acl": {"scope": "CLOUDFRONT", "default_action": {"allow": {}},
		"rule": [{"name": "germans", "priority": 0, "action": {"block": {}},
		"statement": {"geo_match_statement": {"country_codes": ["DE"]}}}]}},
	"aws_cloudfront_response_headers_policy": {"headers": {
		"security_headers_config": {"strict_transport_security": {"access_control_max_age_sec": 60,
			"override": true}, "frame_options": {"frame_option": "DENY", "override": false}},
		"custom_headers_config": {"items": [{"header": "X-Robots-Tag", "value": "none", "override": true}]},
			"remove_headers_config": {"items": [{"header": "Server"}]},
		"cors_config": {"origin_override": true,
			"access_control_allow_origins": {"items": ["https://*.example.com"]},
				"access_control_allow_methods": {"items": ["GET", "PUT"]},
			"access_control_allow_headers": {"items": ["x-a"]}, "access_control_allow_credentials": true}}},`
	origins = `"aliases": ["example.com", "*.example.com"],
		"restrictions": {"geo_restriction": {"restriction_type": "none"}}, "origin": [
		{"origin_id": "alb", "domain_name": "origin.example.com", "custom_header": [{"name": "X-Verify",
			"value": "secret"}],
		 "custom_origin_config": {"origin_protocol_policy": "https-only"}},
		{"origin_id": "s3", "domain_name": "b.s3.eu-west-1.amazonaws.com",
			"origin_access_control_id": "${aws_cloudfront_origin_access_control.s3.id}", "connection_attempts": 1,
			"connection_timeout": 2},
		{"origin_id": "s3-replica", "domain_name": "r.s3.eu-central-1.amazonaws.com",
			"origin_access_control_id": "${aws_cloudfront_origin_access_control.s3.id}"}],
		"origin_group": [{"origin_id": "group", "failover_criteria": {"status_codes": [500, 503]},
			"member": [{"origin_id": "s3"}, {"origin_id": "s3-replica"}]}],
		"ordered_cache_behavior": [` + static + `],`
	static = `{"path_pattern": "/static/*", "target_origin_id": "group", "viewer_protocol_policy": "redirect-to-https",
		"allowed_methods": ["GET", "HEAD", "OPTIONS"], "cached_methods": ["GET", "HEAD", "OPTIONS"],
			"cache_policy_id": "${aws_cloudfront_cache_policy.static.id}"}`
	api = `"target_origin_id": "alb", "allowed_methods": ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
		"cached_methods": ["GET", "HEAD"],
		"cache_policy_id": "${aws_cloudfront_cache_policy.api.id}",
			"origin_request_policy_id": "${aws_cloudfront_origin_request_policy.whole.id}"`
	redirecting = `"default_cache_behavior": {"viewer_protocol_policy": "redirect-to-https", ` + api + `}`
)

// example is a request to a distribution, what its origin answers, and what has to come of it.
type example struct {
	distribution string // beside the origins; empty is redirecting
	request      func(*Request)
	answer       Answer
	status       int
	from         string
	kept         time.Duration
	header       string // name: value
}

func (e example) serve(t *testing.T) (Response, error) {
	t.Helper()
	if e.distribution == "" {
		e.distribution = redirecting
	}
	g, err := graph.Read(graph.Stack{
		Name: "prod",
		JSON: []byte(`{"resource": {` + shared + `"aws_cloudfront_distribution": {"cdn": {` + origins + e.distribution +
			`}}}}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	request := Request{Scheme: "https", Version: "2", Request: webacl.Request{
		Source: netip.MustParseAddr("203.0.113.9"), Country: "FR", Method: "GET", Host: "example.com", Path: "/",
		Headers: webacl.Headers{"user-agent": "Mozilla/5.0"},
	}}
	if e.request != nil {
		e.request(&request)
	}
	return Read(g.Node("prod", "aws_cloudfront_distribution.cdn")).Serve(request, func(r OriginRequest) (Answer, error) {
		if r.Path == "/static/sorry.html" {
			return Answer{Status: 200, Body: "sorry", Headers: webacl.Headers{"content-type": "text/html"}}, nil
		}
		if r.Origin == "s3-replica" {
			return Answer{Status: 200, Body: "replica"}, nil
		}
		return e.answer, nil
	})
}

func (e example) check(t *testing.T) {
	t.Helper()
	got, err := e.serve(t)
	if err != nil {
		t.Fatal(err)
	}
	if got.Status != e.status || got.From != e.from || got.Kept != e.kept {
		t.Errorf("%d from %s, kept %v; want %d from %s, kept %v", got.Status, got.From, got.Kept, e.status, e.from, e.kept)
	}
	if name, value, ok := strings.Cut(e.header, ": "); ok && got.Headers.Get(name) != value {
		t.Errorf("headers %v, want %s", got.Headers, e.header)
	}
}

func path(p string) func(*Request) { return func(r *Request) { r.Path = p } }

func method(m string) func(*Request) { return func(r *Request) { r.Method = m } }

func over(scheme, m string) func(*Request) {
	return func(r *Request) { r.Scheme, r.Method, r.Version = scheme, m, "1.1" }
}

func host(name string) func(*Request) { return func(r *Request) { r.Host = name } }

func says(status int, control string) Answer {
	return Answer{Status: status, Body: "its own", Headers: webacl.Headers{"cache-control": control}}
}

const onlyHTTPS = `"default_cache_behavior": {"viewer_protocol_policy": "https-only", ` + api + `}`

func function(name string) string {
	return `"default_cache_behavior": {"viewer_protocol_policy": "redirect-to-https",
		"function_association": [{"event_type": "viewer-request",
		"function_arn": "${aws_cloudfront_function.` + name + `.arn}"}], ` + api + `}`
}

func TestServe(t *testing.T) {
	ok := Answer{Status: 200}
	page := redirecting +
		`, "custom_error_response": [{"error_code": 503, "response_code": 503, "response_page_path": "/static/sorry.html",
			"error_caching_min_ttl": 5},
		{"error_code": 404, "error_caching_min_ttl": 0},
			{"error_code": 403, "response_code": 200, "response_page_path": "/static/sorry.html"}]`
	for name, e := range map[string]example{
		"another name":             {request: host("example.org"), status: 403, from: FromEdge},
		"a wildcard's name":        {request: host("a.example.com"), answer: ok, status: 200, from: FromOrigin},
		"two labels of a wildcard": {request: host("a.b.example.com"), status: 403, from: FromEdge},
		"GET over HTTP": {
			request: over("http", "GET"), status: 301, from: FromEdge, header: "Location: https://example.com/",
		},
		"POST over HTTP": {
			request: over("http", "POST"), status: 307, from: FromEdge, header: "Location: https://example.com/",
		},
		"POST over HTTP/1.0": {
			request: func(r *Request) { r.Scheme, r.Method, r.Version = "http", "POST", "1.0" }, status: 403,
			from: FromEdge,
		},
		"POST where HTTPS only": {
			distribution: onlyHTTPS, request: over("http", "POST"), status: 403, from: FromEdge,
		},
		"a method not allowed": {
			request: func(r *Request) { r.Path, r.Method = "/static/a", "POST" }, status: 403, from: FromEdge,
		},
		"GET with a body": {request: func(r *Request) { r.BodySize = 1 }, status: 403, from: FromEdge},
		"a URL of 9 KB": {
			request: func(r *Request) { r.Query = strings.Repeat("q", 9000) }, status: 414, from: FromEdge,
		},
		"headers of 33 KB": {
			request: func(r *Request) { r.Headers = r.Headers.With("X-A", strings.Repeat("a", 33000)) },
			status:  413, from: FromEdge,
		},
		"web ACL": {
			distribution: redirecting + `, "web_acl_id": "${aws_wafv2_web_acl.acl.arn}"`,
			request:      func(r *Request) { r.Country = "DE" }, status: 403, from: FromWebACL,
		},
		"web ACL, let through": {
			distribution: redirecting + `, "web_acl_id": "${aws_wafv2_web_acl.acl.arn}"`, answer: ok, status: 200,
			from: FromOrigin,
		},
		"web ACL with a page": {
			distribution: page + `, "web_acl_id": "${aws_wafv2_web_acl.acl.arn}"`,
			request:      func(r *Request) { r.Country = "DE" }, status: 200, from: FromPage,
		},
		"unsigned": {
			distribution: redirecting[:len(redirecting)-1] + `, "trusted_key_groups": ["k"]}`, status: 403,
			from: FromEdge,
		},
		"signed": {
			distribution: redirecting[:len(redirecting)-1] + `, "trusted_key_groups": ["k"]}`,
			request:      func(r *Request) { r.Signed = true }, answer: ok, status: 200, from: FromOrigin,
		},
		"function answers": {
			distribution: function("apex"), request: func(r *Request) { r.Host, r.Path = "www.example.com", "/a" },
			status: 301, from: FromFunction, header: "Location: https://example.com/a",
		},
		"function passes": {distribution: function("apex"), answer: ok, status: 200, from: FromOrigin},
		"404 by default":  {answer: says(404, ""), status: 404, from: FromOrigin, kept: 10 * time.Second},
		"404 that may not be kept": {
			answer: says(404, "no-store"), status: 404, from: FromOrigin, kept: 10 * time.Second,
		},
		"404 to a POST":           {request: method("POST"), answer: says(404, ""), status: 404, from: FromOrigin},
		"404 with a minimum of 0": {distribution: page, answer: says(404, ""), status: 404, from: FromOrigin},
		"404 with an age": {
			distribution: page, answer: says(404, "max-age=30"), status: 404, from: FromOrigin,
			kept: 30 * time.Second,
		},
		"404 with an age too great": {
			distribution: page, answer: says(404, "max-age=3000"), status: 404, from: FromOrigin,
			kept: time.Minute,
		},
		"400": {answer: says(400, ""), status: 400, from: FromOrigin},
		"400 with an age": {
			answer: says(400, "max-age=30"), status: 400, from: FromOrigin, kept: 30 * time.Second,
		},
		"429":                {answer: says(429, "max-age=30"), status: 429, from: FromOrigin},
		"503 without a page": {answer: says(503, ""), status: 503, from: FromOrigin, kept: 10 * time.Second},
		"503 with a page": {
			distribution: page, answer: says(503, ""), status: 503, from: FromPage, kept: 5 * time.Second,
			header: "content-type: text/html",
		},
		"200 that says nothing": {answer: ok, status: 200, from: FromOrigin},
		"200 with an age": {
			answer: says(200, "public, max-age=20"), status: 200, from: FromOrigin, kept: 20 * time.Second,
		},
		"200 with a shared age": {
			answer: says(200, "max-age=20, s-maxage=40"), status: 200, from: FromOrigin, kept: 40 * time.Second,
		},
		"200 with an age too great": {
			answer: says(200, "max-age=600"), status: 200, from: FromOrigin, kept: time.Minute,
		},
		"200 to OPTIONS": {
			request: method("OPTIONS"), answer: says(200, "max-age=20"), status: 200, from: FromOrigin,
		},
		"static": {
			request: path("/static/a.js"), answer: ok, status: 200, from: FromOrigin, kept: 24 * time.Hour,
		},
		"static OPTIONS": {
			request: func(r *Request) { r.Path, r.Method = "/static/a.js", "OPTIONS" }, answer: ok, status: 200,
			from: FromOrigin, kept: 24 * time.Hour,
		},
		"static without store": {
			request: path("/static/a.js"), answer: says(200, "no-store"), status: 200, from: FromOrigin,
			kept: time.Second,
		},
		"307 that says nothing": {
			request: path("/static/a.js"), answer: Answer{Status: 307}, status: 307, from: FromOrigin,
		},
		"another case of the path": {request: path("/Static/a.js"), answer: ok, status: 200, from: FromOrigin},
	} {
		t.Run(name, e.check)
	}
}

func TestErrorsThatAreKept(t *testing.T) {
	kept := map[int]time.Duration{}
	for status := 400; status < 600; status++ {
		got, err := example{answer: says(status, "")}.serve(t)
		if err != nil {
			t.Fatal(err)
		}
		if got.Kept > 0 {
			kept[status] = got.Kept
		}
	}
	want := map[int]time.Duration{}
	for _, status := range []int{404, 405, 414, 500, 501, 502, 503, 504} {
		want[status] = 10 * time.Second
	}
	if !maps.Equal(kept, want) {
		t.Errorf("kept %v, want %v", kept, want)
	}
}

func TestGeoRestriction(t *testing.T) {
	restricted := `"restrictions": {"geo_restriction": {"restriction_type": "whitelist", "locations": ["FR"]}}, ` +
		redirecting
	without := strings.Replace(origins, `"restrictions": {"geo_restriction": {"restriction_type": "none"}}, `, "", 1)
	if without == origins {
		t.Fatal("the origins have no restriction to take out")
	}
	for country, want := range map[string]int{"FR": 200, "DE": 403} {
		g, err := graph.Read(graph.Stack{
			Name: "prod",
			JSON: []byte(`{"resource": {` + shared + `"aws_cloudfront_distribution": {"cdn": {` + without + restricted + `}}}}`),
		})
		if err != nil {
			t.Fatal(err)
		}
		request := Request{
			Scheme:  "https",
			Request: webacl.Request{Method: "GET", Host: "example.com", Path: "/", Country: country},
		}
		got, err := Read(g.Node("prod", "aws_cloudfront_distribution.cdn")).
			Serve(request, func(OriginRequest) (Answer, error) { return Answer{Status: 200}, nil })
		if err != nil || got.Status != want {
			t.Errorf("%s: %d, %v; want %d", country, got.Status, err, want)
		}
	}
}

func TestWhatIsNotModelledIsAnError(t *testing.T) {
	expires := Answer{Status: 200, Headers: webacl.Headers{"expires": "Thu, 01 Dec 2026 16:00:00 GMT"}}
	if got, err := (example{answer: expires}).serve(t); err == nil ||
		!strings.Contains(err.Error(), "Expires, which is not modelled") {
		t.Errorf("%d, %v", got.Status, err)
	}
	for _, c := range []struct{ distribution, want string }{
		{strings.Replace(redirecting, "${aws_cloudfront_cache_policy.api.id}", "658327ea", 1),
			"want a reference to a policy of one's own"},
		{strings.Replace(redirecting, `"cache_policy_id"`, `"forwarded"`, 1), "has no cache policy"},
		{strings.Replace(redirecting, `"alb"`, `"nowhere"`, 1), `target origin "nowhere" is none`},
		{strings.Replace(function("apex"), "viewer-request", "viewer-response", 1),
			`functions of "viewer-response" are not modelled`},
		{`"web_acl_id": "arn:aws:wafv2:us-east-1:1:global/webacl/a/b", ` + redirecting, "want a reference to a web ACL"},
		{`"default_cache_behavior": {"viewer_protocol_policy": "tls", "allowed_methods": [], ` + api + `}`,
			"viewer protocol policy"},
	} {
		request := func(r *Request) {
			if strings.Contains(c.distribution, `"tls"`) {
				r.Scheme = "http"
			}
		}
		got, err := example{distribution: c.distribution, request: request, answer: Answer{Status: 200}}.serve(t)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %d, %v; want %q", c.distribution, got.Status, err, c.want)
		}
	}
}
