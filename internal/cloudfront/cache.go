package cloudfront

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/titan-platform/titan/internal/webacl"
)

// kept is for how long an edge location keeps an answer that is no error (CloudFront Developer Guide, 'Manage how long
// content stays in the cache (expiration)').
func (s *serving) kept(answer Answer) (time.Duration, error) {
	cache, ok, err := policy(s.behavior, "cache_policy_id")
	if err != nil || !ok || !s.caches() {
		return 0, err
	}
	least, most := seconds(number(cache, "min_ttl", 0)), seconds(number(cache, "max_ttl", 31536000))
	control := controlOf(answer.Headers)
	if control.forbids {
		return least, nil // a minimum above 0 keeps what the origin forbids to keep
	}
	if !control.says {
		// 307 and 308 are kept only where the origin says so ('How CloudFront processes HTTP 3xx status codes').
		if answer.Status == http.StatusTemporaryRedirect || answer.Status == http.StatusPermanentRedirect {
			return 0, nil
		}
		return max(least, seconds(number(cache, "default_ttl", 86400))), nil
	}
	return min(max(control.age, least), most), nil
}

// caches is whether answers to the request's method are kept: GET and HEAD always, OPTIONS where the behaviour says
// so.
func (s *serving) caches() bool {
	if s.Method == http.MethodOptions {
		return slices.Contains(s.behavior.Texts("cached_methods"), s.Method)
	}
	return s.Method == http.MethodGet || s.Method == http.MethodHead
}

// control is what an answer says of keeping it.
type control struct {
	forbids bool          // no-store, no-cache or private
	says    bool          // by an age
	age     time.Duration // s-maxage before max-age
}

func controlOf(headers webacl.Headers) control {
	var c control
	ages := map[string]time.Duration{}
	for directive := range strings.SplitSeq(headers.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(directive)), "=")
		if slices.Contains([]string{"no-store", "no-cache", "private"}, name) {
			c.forbids = true
		}
		if n, err := strconv.Atoi(value); err == nil {
			ages[name] = time.Duration(n) * time.Second
		}
	}
	for _, name := range []string{"max-age", "s-maxage"} {
		if age, ok := ages[name]; ok {
			c.says, c.age = true, age
		}
	}
	return c
}
