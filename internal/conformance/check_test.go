package conformance

import (
	"strings"
	"testing"
)

// A row has to be able to fail: each part of one is changed, and has to be found.
func TestCheckSeesAWrongRow(t *testing.T) {
	path := way(t, "", reads)
	right := Row{
		Request: "GET /birthday", Origin: "200 Cache-Control:max-age=30 X-A:b", Client: "200 origin X-A:b !X-B waits=0s",
		Kept: "30 s", Sent: "host={name} path=/birthday method=GET origin=alb !X-B",
	}
	for want, change := range map[string]func(*Row){
		"":                               func(*Row) {},
		"the client gets 200 origin":     func(r *Row) { r.Client = "404 origin" },
		"want 200 edge":                  func(r *Row) { r.Client = "200 edge" },
		`header x-a is "b", want "c"`:    func(r *Row) { r.Client = "200 origin X-A:c" },
		`header x-c is "", want "*"`:     func(r *Row) { r.Client = "200 origin X-C:*" },
		`header X-A is "b", want none`:   func(r *Row) { r.Client = "200 origin !X-A" },
		"the client waits for 0s":        func(r *Row) { r.Client = "200 origin waits=1s" },
		"counted []":                     func(r *Row) { r.Client = "200 origin counted=NoUserAgent_HEADER" },
		"kept for 30 s, want -":          func(r *Row) { r.Kept = "-" },
		"an origin is asked: true":       func(r *Row) { r.Origin, r.Kept = "-", "-" },
		`is sent path "/birthday", want`: func(r *Row) { r.Sent = "path=/" },
		"is sent: header user-agent":     func(r *Row) { r.Sent = "!user-agent" },
		`"x" is no header`:               func(r *Row) { r.Sent = "x" },
	} {
		row := right
		change(&row)
		problems, err := path.Check(row.Named("api.example.com", "example.com"), "api.example.com", nil)
		if err != nil {
			t.Errorf("%q: %v", want, err)
		}
		if found := strings.Join(problems, "\n"); (want == "") != (found == "") || !strings.Contains(found, want) {
			t.Errorf("problems %q, want %q", found, want)
		}
	}
}
