package cloudfront

import (
	"strings"
	"testing"
)

func TestAFunctionChangesTheRequest(t *testing.T) {
	about := func(r *Request) { r.Path, r.Query, r.Headers = "/about", "a=1", r.Headers.With("Cookie", "a=b") }
	got, err := example{distribution: function("index"), request: about, answer: Answer{Status: 200}}.serve(t)
	if err != nil {
		t.Fatal(err)
	}
	if sent := got.Sent[0]; sent.Path != "/index.html" || sent.Query != "a=1" || sent.Headers.Get("Cookie") != "a=b" ||
		sent.Headers.Get("User-Agent") != "Mozilla/5.0" {
		t.Errorf("sent %+v", sent)
	}
	for name, want := range map[string]string{
		"broken":  "nothing is not defined",
		"silent":  "want a request or a response",
		"endless": "takes too long",
	} {
		if _, err := (example{distribution: function(name)}).serve(t); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
}
