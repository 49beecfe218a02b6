package environments

import (
	"net/url"
	"strings"

	"github.com/titan-platform/titan/internal/viewerrequest"
)

func (e Edge) validateRedirects(say report, known known, hosts map[string]string) {
	if !known("edge.redirects") {
		return
	}
	for i, redirect := range e.Redirects {
		at := func(path, format string, args ...any) { say(item("edge.redirects", i, path), format, args...) }
		redirect.validate(at)
		for _, earlier := range e.Redirects[:i] {
			if viewerrequest.Covers(earlier.From, redirect.From) {
				at("from",
					"is %q, which the earlier redirect of %q takes: it would never apply; put it before that one, or remove it",
					redirect.From, earlier.From)
				break
			}
		}
		if chain := e.circle(redirect); chain != "" {
			at("to", "is %q, which leads round in a circle (%s); choose another target", redirect.To, chain)
		}
	}
	if n := len(e.ViewerRequest(hosts).Code()); known("edge.behaviors") && n > viewerrequest.MostBytes {
		say("edge.redirects",
			"with the fallbacks of edge.behaviors and the redirects of dns.names make a CloudFront Function of %d bytes, "+
				"and CloudFront takes %d (quota 'Maximum function size', which can't be raised); join some by a * at their end, "+
				"or let the application redirect",
			n, viewerrequest.MostBytes)
	}
}

func (r Redirect) validate(say report) {
	from, wildcard := strings.CutSuffix(r.From, "/*")
	switch {
	case !strings.HasPrefix(r.From, "/"), strings.ContainsAny(from, "*?# "):
		say("from",
			"is %q; write a path that begins with /, without a query string, and with a * at its end alone, after a /: "+
				"/old, /old/*", r.From)
	}
	to, rest := strings.CutSuffix(r.To, "*")
	parsed, err := url.Parse(to)
	switch {
	case strings.ContainsAny(to, "*# ") || err != nil || strings.HasPrefix(to, "//"),
		!strings.HasPrefix(to, "/") &&
			(parsed.Scheme != "https" || parsed.Host == "" || !strings.HasPrefix(parsed.Path, "/")):
		say("to",
			"is %q; write a path that begins with one /, or a URL as https://www.example.com/path, without #, and with a "+
				"* at its end alone", r.To)
	case rest && !wildcard:
		say("to", "is %q, and from is %q: nothing is left for the * to stand for; remove it, or end from in /*", r.To, r.From)
	case rest && !strings.HasSuffix(to, "/"):
		say("to", "is %q; the * stands for what follows a /: put a / before it", r.To)
	}
}

// circle is the chain of redirects that leads back to the one it began with, as far as paths of this host go; empty is
// none.
func (e Edge) circle(first Redirect) string {
	chain, path := []string{first.From}, strings.TrimSuffix(first.To, "*")
	for range len(e.Redirects) {
		next, found := e.redirectOf(path)
		if !found {
			return ""
		}
		chain = append(chain, next.From)
		if next.From == first.From {
			return strings.Join(chain, " → ")
		}
		path = strings.TrimSuffix(next.To, "*")
	}
	return ""
}

func (e Edge) redirectOf(path string) (Redirect, bool) {
	path, _, _ = strings.Cut(path, "?")
	for _, redirect := range e.Redirects {
		if _, ok := redirect.written().Matches(path); ok && strings.HasPrefix(path, "/") {
			return redirect, true
		}
	}
	return Redirect{}, false
}
