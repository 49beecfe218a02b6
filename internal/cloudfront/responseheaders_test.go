package cloudfront

import (
	"testing"

	"github.com/titan-platform/titan/internal/webacl"
)

func TestResponseHeaders(t *testing.T) {
	distribution := redirecting[:len(redirecting)-1] +
		`, "response_headers_policy_id": "${aws_cloudfront_response_headers_policy.headers.id}"}`
	answer := Answer{
		Status:  200,
		Headers: webacl.Headers{"server": "app", "x-frame-options": "SAMEORIGIN", "strict-transport-security": "max-age=1"},
	}
	for origin, want := range map[string]webacl.Headers{
		"https://web.example.com": {
			"access-control-allow-origin": "https://web.example.com", "access-control-allow-credentials": "true",
			"access-control-allow-methods": "GET, PUT",
		},
		"https://evil.test": {"access-control-allow-origin": ""},
		"": {
			"access-control-allow-origin": "", "server": "", "x-frame-options": "SAMEORIGIN",
			"strict-transport-security": "max-age=60", "x-robots-tag": "none",
		},
	} {
		got, err := example{
			distribution: distribution,
			answer:       answer,
			request:      func(r *Request) { r.Method, r.Headers = "OPTIONS", r.Headers.With("Origin", origin) },
		}.serve(t)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range want {
			if got.Headers.Get(name) != value {
				t.Errorf("from %q: %s is %q, want %q", origin, name, got.Headers.Get(name), value)
			}
		}
	}
}
