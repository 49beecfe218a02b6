package environments

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/viewerrequest"
)

// pathPattern is what CloudFront takes for one, after a slash (CloudFront Developer Guide, 'Path pattern').
var pathPattern = regexp.MustCompile(`^/[A-Za-z0-9_.*$/~"'@:+&?-]*$`)

// mostBehaviors is what a distribution holds beside its default behaviour and the maintenance page's, and mostPolicies what an account
// has of cache policies and of response headers policies (CloudFront Developer Guide, 'Quotas').
const (
	mostBehaviors = 75 - 2
	mostPolicies  = 20
)

func (e Edge) validateBehaviors(say report, known known, dns DNS) {
	if !known("edge.behaviors") {
		return
	}
	for i, behavior := range e.Behaviors {
		at := func(path, format string, args ...any) { say(item("edge.behaviors", i, path), format, args...) }
		behavior.validate(at, dns)
		behavior.Cache.validate(at, behavior)
		behavior.CORS.validate(at)
		if known("edge.signing_keys") && behavior.Signed && len(e.SigningKeys) == 0 {
			at("signed", "is true, and edge.signing_keys is empty: nobody could sign; add a public key there")
		}
	}
	e.validateOrder(say)
	if n := len(e.BehaviorsInOrder()); n > mostBehaviors {
		say("edge.behaviors", "make %d behaviours, and a distribution has room for %d (quota 'Cache behaviors per distribution', 75, less the default one "+
			"and the maintenance page's); join some", n, mostBehaviors)
	}
	caches, headers := e.policies()
	for _, policies := range []struct {
		kind string
		n    int
	}{{"cache", caches}, {"response headers", headers}} {
		if policies.n > mostPolicies {
			say("edge.behaviors", "take %d different %s policies, and an account has %d (quota 'Custom %[2]s policies per AWS account'); let some be the same",
				policies.n, policies.kind, mostPolicies)
		}
	}
}

// policies are how many policies of each kind the distribution needs; behaviours that say the same share one.
func (e Edge) policies() (caches, headers int) {
	const ownCaches, ownHeaders = 2, 1
	different := map[string]bool{}
	for _, b := range e.Behaviors {
		if b.Cache.IsSet() || b.Target == TargetOrigin {
			different[fmt.Sprint("cache", b.Target == TargetApplication, b.Cache)] = true
		}
		if b.CORS.IsSet() || b.ContentSecurityPolicy != "" {
			different[fmt.Sprint("headers", b.CORS, b.ContentSecurityPolicy)] = true
		}
	}
	for key := range different {
		if strings.HasPrefix(key, "cache") {
			caches++
		} else {
			headers++
		}
	}
	return ownCaches + caches, ownHeaders + headers
}

// validateOrder refuses a behaviour whose requests an earlier one takes.
func (e Edge) validateOrder(say report) {
	for i, behavior := range e.Behaviors {
		for _, earlier := range e.Behaviors[:i] {
			if viewerrequest.Covers(earlier.Path, behavior.Path) {
				say(item("edge.behaviors", i, "path"), "is %q, which the earlier behaviour %q takes: it would never apply; put it before that one, or remove it",
					behavior.Path, earlier.Path)
				break
			}
		}
	}
}

func (b Behavior) validate(say report, dns DNS) {
	if !pathPattern.MatchString(b.Path) {
		say("path", `is %q; write a path that begins with / and has letters, digits and _-.*$/~"'@:+&? alone, for instance /app/*`, b.Path)
	}
	switch {
	case b.Target == TargetOrigin && b.Origin == "":
		say("origin", "is missing: the target is another origin; give its domain name")
	case b.Target != TargetOrigin && b.Origin != "":
		say("origin", "is %q, and the target is %q; remove the line, or set target: origin", b.Origin, b.Target)
	case b.Origin != "" && !domainName.MatchString(b.Origin):
		say("origin", "is %q, which is not a domain name; write it in lower case, without https:// and path", b.Origin)
	case b.Origin != "" && (b.Origin == dns.Name || inside(b.Origin, dns.Origin())):
		say("origin", "is %q, a name of this environment's own; set target: application", b.Origin)
	}
	switch {
	case b.Fallback != "" && b.Target != TargetStatic:
		say("fallback", "is %q, and the target is %q, which answers all its paths itself; remove the line, or set target: static", b.Fallback, b.Target)
	case b.Fallback != "" && (!strings.HasPrefix(b.Fallback, "/") || !strings.Contains(b.Fallback[strings.LastIndex(b.Fallback, "/"):], ".")):
		say("fallback", "is %q, not the path of a file; write it with its ending, for instance /app/index.html", b.Fallback)
	case b.Fallback == "" && b.Target == TargetStatic && takesRoot(b.Path):
		// S3 answers a request for a bucket's root with the list of what is in it (Amazon S3 API Reference, ListObjects).
		say("path", "is %q, with / among its paths, which would list the bucket; set fallback to the page for it, for instance /index.html", b.Path)
	}
}

// takesRoot is whether / is among a pattern's paths.
func takesRoot(pattern string) bool {
	return strings.Trim(pattern, "*") == "/" || strings.Trim(pattern, "*") == ""
}

// hop are headers that can't tell answers apart: CloudFront refuses them in a cache policy, or they differ with every request.
var hop = []string{"accept-encoding", "connection", "content-length", "cookie", "host", "transfer-encoding", "upgrade", "x-forwarded-for"}

func (c BehaviorCache) validate(say report, of Behavior) {
	if !c.IsSet() {
		if c.MaxSeconds > 0 || len(c.QueryStrings)+len(c.Headers)+len(c.Cookies) > 0 {
			say("cache", "says what tells answers apart, and not how long they are kept; add seconds")
		}
		return
	}
	if c.MaxSeconds < c.Seconds {
		say("cache.max_seconds", "is %d, less than the %d of seconds; raise it, or remove the line", c.MaxSeconds, c.Seconds)
	}
	for path, list := range map[string][]string{"cache.query_strings": c.QueryStrings, "cache.cookies": c.Cookies} {
		if slices.Contains(list, "*") && len(list) > 1 {
			say(path, `has "*" beside others; "*" is all: let it stand alone`)
		}
	}
	for i, header := range c.Headers {
		if header == "*" || slices.Contains(hop, strings.ToLower(header)) {
			say(fmt.Sprintf("cache.headers.%d", i), "is %q, which can't tell answers apart; remove it", header)
		}
	}
	if of.Target == TargetStatic && len(c.Headers)+len(c.Cookies) > 0 {
		say("cache", "tells static assets apart by headers or cookies, which S3 does not; remove headers and cookies")
	}
}

// origin is how a browser names where a page is from.
var pageOrigin = regexp.MustCompile(`^https?://([a-z0-9*]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:[0-9]+)?$`)

func (c CORS) validate(say report) {
	if !c.IsSet() {
		if len(c.Methods)+len(c.Headers)+len(c.ExposeHeaders)+c.MaxAgeSeconds > 0 || c.Credentials {
			say("cors", "says what may be done, and not from where; add origins")
		}
		return
	}
	for i, origin := range c.Origins {
		if origin != "*" && !pageOrigin.MatchString(origin) {
			say(fmt.Sprintf("cors.origins.%d", i), `is %q, not a page's origin; write it as https://app.example.com, without a path, or "*" for all`, origin)
		}
	}
	for path, list := range map[string][]string{"cors.origins": c.Origins, "cors.headers": c.Headers} {
		if c.Credentials && slices.Contains(list, "*") {
			say(path, `has "*" beside credentials: true, which browsers refuse; list them`)
		}
	}
}
