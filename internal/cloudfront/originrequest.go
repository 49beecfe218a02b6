package cloudfront

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/webacl"
)

// hopByHop never reach an origin (CloudFront Developer Guide, 'HTTP request headers and CloudFront behavior').
var hopByHop = []string{
	"connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
}

// always reach the origin, because the request makes no sense without them.
var always = []string{
	"content-length", "content-type", "content-encoding", "range",
	"if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range",
}

// originRequest is what an origin is sent: what the cache policy and the origin request policy name of the client's
// request, what CloudFront adds, and the origin's custom headers, which take the place of the client's (CloudFront
// Developer Guide, 'Control origin requests with a policy', 'Add custom headers to origin requests').
func (s *serving) originRequest(behavior, origin graph.Block, request Request) (OriginRequest, error) {
	domain := origin.Text("domain_name")
	sent := OriginRequest{
		Origin: origin.Text("origin_id"), Domain: domain, Scheme: schemeOf(origin, request),
		Method: request.Method, Host: domain, Path: origin.Text("origin_path") + request.Path,
		Headers: webacl.Headers{}, Body: request.Body, BodySize: request.BodySize,
	}
	forwarding, err := forwardingOf(behavior)
	if err != nil {
		return OriginRequest{}, err
	}
	sent.Query = chosen(request.Query, "&", forwarding.queries)
	for name, value := range request.Headers {
		if forwarding.sends(name) {
			sent.Headers[name] = value
		}
	}
	if cookies := chosen(request.Headers.Get("Cookie"), "; ", forwarding.cookies); cookies != "" {
		sent.Headers["cookie"] = cookies
	}
	// A handshake of WebSocket is one of HTTP/1.1 ('Use WebSockets with CloudFront distributions').
	if sent.Headers["upgrade"] != "" && request.Version == "1.1" {
		sent.Headers["connection"] = "upgrade"
	} else {
		delete(sent.Headers, "upgrade")
	}
	// A bucket is told apart by its own name.
	if forwarding.sends("host") && origin.At("origin_access_control_id") == nil {
		sent.Host = request.Host
	}
	if sent.Headers["user-agent"] == "" && !forwarding.sends("user-agent") {
		sent.Headers["user-agent"] = "Amazon CloudFront"
	}
	for name, value := range forwarding.added(request) {
		sent.Headers[name] = value
	}
	sent.Headers["via"] = "2.0 d111111abcdef8.cloudfront.net (CloudFront)"
	forwardedFor := request.Source.String()
	if claimed := request.Headers.Get("X-Forwarded-For"); claimed != "" {
		forwardedFor = claimed + "," + forwardedFor
	}
	sent.Headers["x-forwarded-for"] = forwardedFor
	for _, header := range origin.Blocks("custom_header") {
		value := header.Text("value")
		if edge, ok := header.Reference("value"); ok {
			value = edge.To.Address // what a secret holds is known when it is applied
		}
		sent.Headers[strings.ToLower(header.Text("name"))] = value
	}
	return sent, nil
}

func schemeOf(origin graph.Block, request Request) string {
	switch origin.Text("custom_origin_config.origin_protocol_policy") {
	case "http-only":
		return "http"
	case "match-viewer":
		return request.Scheme
	}
	return "https"
}

// forwarding is what two policies let through.
type forwarding struct {
	all              bool     // headers of the client
	named, except    []string // in lower case
	cookies, queries []string // by their names; * is all
	compresses       bool
}

func forwardingOf(behavior graph.Block) (forwarding, error) {
	cache, ok, err := policy(behavior, "cache_policy_id")
	if err != nil {
		return forwarding{}, err
	}
	if !ok {
		return forwarding{}, fmt.Errorf("%s has no cache policy, and forwarded values are not modelled", behavior)
	}
	key, ok := cache.Only("parameters_in_cache_key_and_forwarded_to_origin")
	if !ok {
		return forwarding{}, fmt.Errorf("%s has no parameters of the cache key", cache)
	}
	var f forwarding
	f.compresses = key.At("enable_accept_encoding_gzip") == true || key.At("enable_accept_encoding_brotli") == true
	f.add(key)
	request, ok, err := policy(behavior, "origin_request_policy_id")
	if ok {
		f.add(request)
	}
	return f, err
}

// add adds what one policy names.
func (f *forwarding) add(policy graph.Block) {
	names := policy.Texts("headers_config.headers.items")
	for i, name := range names {
		names[i] = strings.ToLower(name)
	}
	switch policy.Text("headers_config.header_behavior") {
	case "whitelist":
		f.named = append(f.named, names...)
	case "allViewer":
		f.all = true
	case "allViewerAndWhitelistCloudFront":
		f.all, f.named = true, append(f.named, names...)
	case "allExcept":
		f.all, f.except = true, append(f.except, names...)
	}
	f.cookies = append(f.cookies, namesOf(policy, "cookies_config.cookie_behavior", "cookies_config.cookies.items")...)
	const query = "query_strings_config."
	f.queries = append(f.queries, namesOf(policy, query+"query_string_behavior", query+"query_strings.items")...)
}

// namesOf are the cookies or parameters that a policy lets through.
func namesOf(policy graph.Block, behavior, items string) []string {
	switch policy.Text(behavior) {
	case "all":
		return []string{"*"}
	case "whitelist":
		return policy.Texts(items)
	}
	return nil
}

// chosen are those of some name=value pairs that have one of some names.
func chosen(pairs, separator string, names []string) string {
	var kept []string
	for pair := range strings.SplitSeq(pairs, strings.TrimSpace(separator)) {
		name, _, _ := strings.Cut(strings.TrimSpace(pair), "=")
		if slices.Contains(names, "*") || slices.Contains(names, name) {
			kept = append(kept, strings.TrimSpace(pair))
		}
	}
	return strings.Join(kept, separator)
}

// sends is whether a header of the client reaches the origin; name is in lower case.
func (f forwarding) sends(name string) bool {
	switch {
	case slices.Contains(hopByHop, name), strings.HasPrefix(name, "cloudfront-"):
		return false
	case name == "cookie": // they are chosen one by one
		return false
	case slices.Contains(always, name), slices.Contains(f.named, name), name == "accept-encoding" && f.compresses:
		return true
	}
	return f.all && !slices.Contains(f.except, name)
}

// added are the headers of CloudFront's own that a policy names (CloudFront Developer Guide, 'Add CloudFront request
// headers').
func (f forwarding) added(request Request) webacl.Headers {
	values := webacl.Headers{
		"cloudfront-forwarded-proto": request.Scheme, "cloudfront-viewer-country": request.Country,
		"cloudfront-viewer-address": request.Source.String() + ":46532",
	}
	for name := range values {
		if !slices.Contains(f.named, name) {
			delete(values, name)
		}
	}
	return values
}
