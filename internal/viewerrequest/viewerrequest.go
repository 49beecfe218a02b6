// Package viewerrequest writes the CloudFront Function that sees a request before CloudFront's cache does: it redirects
// hosts and paths, and gives a single-page application its page where a path names no file.
package viewerrequest

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Runtime is the JavaScript that CloudFront runs it as.
const Runtime = "cloudfront-js-2.0"

// MostBytes is how large a function may be (CloudFront Developer Guide, 'Quotas on CloudFront Functions').
const MostBytes = 10 * 1024

//go:embed handler.js
var handler string

// Function is what the function does, in this order; the first that applies decides.
type Function struct {
	Hosts     map[string]string // from a host to the one that answers for it, by 308: method and body stay
	Redirects []Redirect
	Pages     []Page // the distribution's behaviours, in its order, up to the last one with a fallback
}

// Redirect sends a path elsewhere. The query string goes along.
type Redirect struct {
	From   string // a path, or all that begin like it where it ends in /*
	To     string // a path of the same host, or a URL; a last * stands for what From's stood for
	Status int    // 301, 302, 307 or 308
}

// Page is a behaviour's path pattern with the page for what has no dot in its last segment; empty for none.
type Page struct{ Pattern, Fallback string }

// IsEmpty is whether there is nothing to do.
func (f Function) IsEmpty() bool { return !f.SendsElsewhere() && len(f.pages()) == 0 }

// SendsElsewhere is whether it redirects, and so has to see the requests of every behaviour.
func (f Function) SendsElsewhere() bool { return len(f.Hosts) > 0 || len(f.Redirects) > 0 }

// Code is the function's source.
func (f Function) Code() string {
	redirects, pages := [][]any{}, [][]any{}
	for _, one := range f.Redirects {
		redirects = append(redirects, []any{one.From, one.To, one.Status})
	}
	for _, one := range f.pages() {
		pages = append(pages, []any{expression(one.Pattern), one.Fallback})
	}
	hosts := f.Hosts
	if hosts == nil {
		hosts = map[string]string{}
	}
	return fmt.Sprintf("const hosts = %s;\nconst redirects = %s;\nconst pages = %s;\n%s",
		literal(hosts), literal(redirects), literal(pages), handler)
}

// pages are the behaviours that decide about a fallback: those after the last one with a page don't.
func (f Function) pages() []Page {
	last := 0
	for i, one := range f.Pages {
		if one.Fallback != "" {
			last = i + 1
		}
	}
	return f.Pages[:last]
}

// Matches is whether a redirect applies to a path, and what its * stands for then.
func (r Redirect) Matches(path string) (rest string, ok bool) {
	if prefix, isPrefix := strings.CutSuffix(r.From, "*"); isPrefix {
		return strings.CutPrefix(path, prefix)
	}
	return "", r.From == path
}

// Covers is whether a pattern of a behaviour takes every path that another takes, as far as that is plain: it is the
// same, or ends in a * after a beginning of it.
func Covers(pattern, other string) bool {
	prefix, ok := strings.CutSuffix(pattern, "*")
	return pattern == other || ok && !strings.ContainsAny(prefix, "*?") && strings.HasPrefix(other, prefix)
}

// expression is a path pattern as a regular expression: * stands for any characters, ? for one (CloudFront Developer
// Guide, 'Path pattern').
func expression(pattern string) string {
	return "^" + strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern)) + "$"
}

// literal is a value in JavaScript, which takes JSON.
func literal(value any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // & is one byte of the few
	if err := encoder.Encode(value); err != nil {
		panic(fmt.Sprintf("encoding %v: %v", value, err)) // strings and numbers alone
	}
	return strings.TrimSpace(text.String())
}
