package webacl

import (
	"maps"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// Headers are a request's headers by their names in lower case, because HTTP takes no notice of it.
type Headers map[string]string

// With is a copy that has another value for a header.
func (h Headers) With(name, value string) Headers {
	changed := Headers{}
	maps.Copy(changed, h)
	changed[strings.ToLower(name)] = value
	return changed
}

// Get is a header's value, empty where there is none.
func (h Headers) Get(name string) string { return h[strings.ToLower(name)] }

// Request is what a client sends, as far as WAF looks at it.
type Request struct {
	Source  netip.Addr
	Country string // of the source: ISO 3166-1 alpha-2

	Method, Host, Path, Query string // Path and Query as sent, not decoded
	Headers                   Headers
	Body                      string
	BodySize                  int // in bytes, where the body is longer than Body says

	// Recent is how many requests a rate-based statement has seen of this source within its window.
	Recent int
	// Listed are AWS's lists of addresses that the source is on, by the names of the managed rules that ask them.
	Listed []string
}

// size is the size of the body in bytes.
func (r Request) size() int { return max(r.BodySize, len(r.Body)) }

// arguments are the values of the query's arguments, decoded; what can't be decoded is taken as it is.
func (r Request) arguments() []string {
	var values []string
	for pair := range strings.SplitSeq(r.Query, "&") {
		_, value, _ := strings.Cut(pair, "=")
		if decoded, err := url.QueryUnescape(value); err == nil {
			value = decoded
		}
		values = append(values, value)
	}
	return values
}

// all are the names and values of the headers, in the order of the names.
func (h Headers) all() []string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(h)) {
		parts = append(parts, name, h[name])
	}
	return parts
}
