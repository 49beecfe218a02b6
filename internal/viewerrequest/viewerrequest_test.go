package viewerrequest

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

// sample is a function with everything.
var sample = Function{
	Hosts: map[string]string{"example.com": "www.example.com"},
	Redirects: []Redirect{
		{"/old", "/new", 301},
		{"/blog/*", "https://blog.example.com/archive/*", 302},
		{"/docs/*", "/help/*", 307},
		{"/contact", "https://forms.example.com/?form=contact", 308},
		{"/$&/*", "/paid/*", 302},
	},
	Pages: []Page{{"/app/api/*", ""}, {"/app/v?.css", ""}, {"/app/*", "/app/index.html"}, {"/after/*", ""}},
}

// request is a viewer's request: host, path and query string as CloudFront hands them to a function.
type request struct {
	Host  string         `json:"host"`
	URI   string         `json:"uri"`
	Query map[string]any `json:"query"`
}

// answer is what the function returns: a request to go on with, or a redirect.
type answer struct {
	URI        string `json:"uri"`
	StatusCode int    `json:"statusCode"`
	Headers    struct {
		Location struct{ Value string }
	} `json:"headers"`
}

// run runs a function's code on requests, in Node.js, which jsii needs anyway.
func run(t *testing.T, code string, requests []request) []answer {
	t.Helper()
	input, err := json.Marshal(map[string]any{"code": code, "requests": requests})
	if err != nil {
		t.Fatal(err)
	}
	const harness = `
		const input = JSON.parse(require('fs').readFileSync(0, 'utf8'));
		const handler = require('vm').runInNewContext('"use strict";' + input.code + ';handler');
		const answers = input.requests.map(r => handler({version: '1.0', context: {eventType: 'viewer-request'}, viewer: {ip: '198.51.100.7'},
			request: {method: 'GET', uri: r.uri, querystring: r.query || {}, headers: {host: {value: r.host}}, cookies: {}}}));
		process.stdout.write(JSON.stringify(answers));`
	command := exec.Command("node", "-e", harness)
	command.Stdin = bytes.NewReader(input)
	output, err := command.Output()
	if err != nil {
		t.Fatalf("running the function: %v", err)
	}
	var answers []answer
	if err := json.Unmarshal(output, &answers); err != nil {
		t.Fatalf("reading %s: %v", output, err)
	}
	return answers
}

func TestRequestsAreRedirectedOrGoOn(t *testing.T) {
	query := func(pairs ...string) map[string]any {
		values := map[string]any{}
		for i := 0; i < len(pairs); i += 2 {
			values[pairs[i]] = map[string]any{"value": pairs[i+1]}
		}
		return values
	}
	const www = "www.example.com"
	cases := []struct {
		request
		status int
		want   string // the location, or the path that goes on
	}{
		{request{"example.com", "/", nil}, 308, "https://www.example.com/"},
		{request{"EXAMPLE.com", "/old", query("a", "1")}, 308, "https://www.example.com/old?a=1"}, // hosts come first
		{request{"constructor", "/x.txt", nil}, 0, "/x.txt"},                                      // what every object has is no host
		{request{www, "/old", nil}, 301, "https://www.example.com/new"},
		{request{www, "/old/", nil}, 0, "/old/"}, // exact is exact
		{request{www, "/older", nil}, 0, "/older"},
		{request{www, "/blog/", nil}, 302, "https://blog.example.com/archive/"},
		{request{www, "/blog", nil}, 0, "/blog"},
		{request{www, "/blog/2026/x%20y", query("q", "a%26b")}, 302, "https://blog.example.com/archive/2026/x%20y?q=a%26b"},
		{request{www, "/docs//evil.example", nil}, 307, "https://www.example.com/help//evil.example"}, // never another host
		{request{www, "/contact", query("lang", "de")}, 308, "https://forms.example.com/?form=contact&lang=de"},
		{request{www, "/contact", query("flag", "")}, 308, "https://forms.example.com/?form=contact&flag"},
		{request{www, "/$&/$1", nil}, 302, "https://www.example.com/paid/$1"}, // a dollar is no reference
		{request{www, "/old", map[string]any{"a": map[string]any{"value": "1", "multiValue": []any{
			map[string]any{"value": "1"}, map[string]any{"value": "2"}}}}}, 301, "https://www.example.com/new?a=1&a=2"},

		{request{www, "/app/", nil}, 0, "/app/index.html"},
		{request{www, "/app/orders/7", nil}, 0, "/app/index.html"},
		{request{www, "/app/v1.2/orders", nil}, 0, "/app/index.html"}, // the last segment decides
		{request{www, "/app/main.js", nil}, 0, "/app/main.js"},
		{request{www, "/app/vx.css", nil}, 0, "/app/vx.css"},
		{request{www, "/app/api/orders", nil}, 0, "/app/api/orders"}, // an earlier behaviour's
		{request{www, "/after/x", nil}, 0, "/after/x"},
		{request{www, "/application", nil}, 0, "/application"},
	}
	var requests []request
	for _, c := range cases {
		requests = append(requests, c.request)
	}
	for i, got := range run(t, sample.Code(), requests) {
		c := cases[i]
		is := got.URI
		if got.StatusCode != 0 {
			is = got.Headers.Location.Value
		}
		if got.StatusCode != c.status || is != c.want {
			t.Errorf("%s%s: got %d %s, want %d %s", c.Host, c.URI, got.StatusCode, is, c.status, c.want)
		}
	}
}

// What CloudFront's runtime lacks of JavaScript would be found at the edge alone: CloudFront Functions have ES 5.1 with
// const, let and arrow functions; Terraform reads ${ and %{ as its own.
func TestCodeIsForCloudFrontAndTerraform(t *testing.T) {
	code := sample.Code()
	for _, word := range []string{"${", "%{", "`", "class ", "import ", "require(", "?.", "??", " of ", "async ", "..."} {
		if strings.Contains(code, word) {
			t.Errorf("the code has %q", word)
		}
	}
	if len(Function{}.Code()) > MostBytes/4 {
		t.Errorf("the code is %d bytes without a redirect", len(Function{}.Code()))
	}
	if strings.Contains(code, "/after/") {
		t.Error("a behaviour after the last page is in it, for nothing")
	}
}

func TestEmptyFunctionsDoNothing(t *testing.T) {
	for _, c := range []struct {
		function         Function
		empty, elsewhere bool
	}{
		{Function{}, true, false},
		{Function{Pages: []Page{{"/static/*", ""}}}, true, false},
		{Function{Pages: []Page{{"/app/*", "/app/index.html"}}}, false, false},
		{Function{Redirects: []Redirect{{"/a", "/b", 302}}}, false, true},
		{Function{Hosts: map[string]string{"a": "b"}}, false, true},
	} {
		if c.function.IsEmpty() != c.empty || c.function.SendsElsewhere() != c.elsewhere {
			t.Errorf("%+v: empty %v, sends elsewhere %v", c.function, c.function.IsEmpty(), c.function.SendsElsewhere())
		}
	}
}

func TestPatternsCoverWhatTheyPlainlyDo(t *testing.T) {
	for _, c := range []struct {
		pattern, other string
		want           bool
	}{
		{"/*", "/static/*", true}, {"/a/*", "/a/*", true}, {"/a/*", "/a/b", true}, {"/a/*", "/ab", false},
		{"/a/b", "/a/*", false}, {"/*.js", "/a.js", false}, {"/a?/*", "/ab/*", false},
	} {
		if got := Covers(c.pattern, c.other); got != c.want {
			t.Errorf("%s covers %s: %v", c.pattern, c.other, got)
		}
	}
}
