package cloudfront

import (
	"maps"
	"testing"

	"github.com/titan-platform/titan/internal/webacl"
)

func TestWhatAnOriginIsSent(t *testing.T) {
	request := func(r *Request) {
		r.Query, r.Version = "a=1", "1.1"
		maps.Copy(r.Headers, webacl.Headers{
			"x-verify":        "forged",
			"x-id":            "7",
			"te":              "trailers",
			"cookie":          "a=b",
			"x-forwarded-for": "192.0.2.4",
			"upgrade":         "websocket",
		})
	}
	got, err := example{request: request, answer: Answer{Status: 200}}.serve(t)
	if err != nil || len(got.Sent) != 1 {
		t.Fatalf("%v, %v", got.Sent, err)
	}
	sent := got.Sent[0]
	if sent.Host != "example.com" || sent.Domain != "origin.example.com" || sent.Query != "a=1" || sent.Scheme != "https" {
		t.Errorf("sent %+v", sent)
	}
	for name, want := range map[string]string{
		"X-Verify": "secret", "X-Id": "7", "TE": "", "Cookie": "a=b", "User-Agent": "Mozilla/5.0",
		"X-Forwarded-For":           "192.0.2.4,203.0.113.9",
		"CloudFront-Viewer-Country": "FR", "CloudFront-Viewer-Address": "", "Upgrade": "websocket", "Connection": "upgrade",
	} {
		if value := sent.Headers.Get(name); value != want {
			t.Errorf("%s is %q, want %q", name, value, want)
		}
	}

	static := func(r *Request) { request(r); r.Path = "/static/a" }
	got, err = example{request: static, answer: Answer{Status: 200}}.serve(t)
	if err != nil {
		t.Fatal(err)
	}
	sent = got.Sent[0]
	if sent.Host != sent.Domain || sent.Query != "" || sent.Headers.Get("Cookie") != "" ||
		sent.Headers.Get("X-Id") != "" ||
		sent.Headers.Get("User-Agent") != "Amazon CloudFront" || sent.Headers.Get("Upgrade") != "" {
		t.Errorf("a bucket is sent %+v", sent)
	}
}

func TestChosenPairs(t *testing.T) {
	for _, one := range []struct {
		names []string
		want  string
	}{{nil, ""}, {[]string{"*"}, "a=1; b=2; ab=3"}, {[]string{"b"}, "b=2"}, {[]string{"a", "x"}, "a=1"}} {
		if got := chosen("a=1; b=2; ab=3", "; ", one.names); got != one.want {
			t.Errorf("%v: %q, want %q", one.names, got, one.want)
		}
	}
}
