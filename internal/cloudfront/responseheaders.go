package cloudfront

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/webacl"
)

// addHeaders adds what the behaviour's response headers policy says to an answer from the cache or an origin
// (CloudFront Developer Guide, 'Understand response headers policies').
func (s *serving) addHeaders() error {
	added, ok, err := policy(s.behavior, "response_headers_policy_id")
	if err != nil || !ok {
		return err
	}
	headers := webacl.Headers{}
	maps.Copy(headers, s.response.Headers)
	for _, removed := range added.Blocks("remove_headers_config") {
		for _, item := range removed.Blocks("items") {
			delete(headers, strings.ToLower(item.Text("header")))
		}
	}
	for _, custom := range added.Blocks("custom_headers_config") {
		for _, item := range custom.Blocks("items") {
			put(headers, item, item.Text("header"), item.Text("value"))
		}
	}
	if security, ok := added.Only("security_headers_config"); ok {
		securityHeaders(headers, security)
	}
	if cors, ok := added.Only("cors_config"); ok {
		s.crossOrigin(headers, cors, cors.At("origin_override") == true)
	}
	s.response.Headers = headers
	return nil
}

// put sets a header that the origin has not set, or that overrides the origin's.
func put(headers webacl.Headers, policy graph.Block, name, value string) {
	if _, there := headers[strings.ToLower(name)]; !there || policy.At("override") == true {
		headers[strings.ToLower(name)] = value
	}
}

func securityHeaders(headers webacl.Headers, security graph.Block) {
	if transport, ok := security.Only("strict_transport_security"); ok {
		age, _ := transport.Number("access_control_max_age_sec")
		value := fmt.Sprintf("max-age=%.0f", age)
		if transport.At("include_subdomains") == true {
			value += "; includeSubDomains"
		}
		if transport.At("preload") == true {
			value += "; preload"
		}
		put(headers, transport, "strict-transport-security", value)
	}
	if options, ok := security.Only("content_type_options"); ok {
		put(headers, options, "x-content-type-options", "nosniff")
	}
	for block, argument := range map[string][2]string{
		"frame_options": {"x-frame-options", "frame_option"}, "referrer_policy": {"referrer-policy", "referrer_policy"},
		"content_security_policy": {"content-security-policy", "content_security_policy"},
	} {
		if one, ok := security.Only(block); ok {
			put(headers, one, argument[0], one.Text(argument[1]))
		}
	}
}

// crossOrigin answers a request that names its origin, if that may ask (CloudFront Developer Guide, 'CORS headers').
func (s *serving) crossOrigin(headers webacl.Headers, cors graph.Block, override bool) {
	origin := s.Headers.Get("Origin")
	allowed := cors.Texts("access_control_allow_origins.items")
	if origin == "" || !slices.ContainsFunc(allowed, func(one string) bool { return originMatches(one, origin) }) {
		return
	}
	if slices.Contains(allowed, "*") {
		origin = "*"
	}
	set := func(name, value string) {
		if _, there := headers[name]; (!there || override) && value != "" {
			headers[name] = value
		}
	}
	set("access-control-allow-origin", origin)
	if cors.At("access_control_allow_credentials") == true {
		set("access-control-allow-credentials", "true")
	}
	set("access-control-expose-headers", strings.Join(cors.Texts("access_control_expose_headers.items"), ", "))
	if s.Method != "OPTIONS" {
		return
	}
	set("access-control-allow-methods", strings.Join(cors.Texts("access_control_allow_methods.items"), ", "))
	set("access-control-allow-headers", strings.Join(cors.Texts("access_control_allow_headers.items"), ", "))
	if age, ok := cors.Number("access_control_max_age_sec"); ok {
		set("access-control-max-age", fmt.Sprintf("%.0f", age))
	}
}

// originMatches compares an origin with one of a policy, which may have a star for a subdomain.
func originMatches(allowed, origin string) bool {
	before, after, star := strings.Cut(allowed, "*")
	if !star {
		return allowed == origin
	}
	return len(origin) >= len(before)+len(after) && strings.HasPrefix(origin, before) && strings.HasSuffix(origin, after)
}
