package environments

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/titan-platform/titan/internal/viewerrequest"
)

// pathPattern is what CloudFront takes for one, after a slash (CloudFront Developer Guide, 'Path pattern').
var pathPattern = regexp.MustCompile(`^/[A-Za-z0-9_.*$/~"'@:+&?-]*$`)

// mostBehaviors is what a distribution holds beside its default behaviour and the maintenance page's, and mostPolicies
// what an account has of cache policies and of response headers policies (CloudFront Developer Guide, 'Quotas').
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
		say("edge.behaviors", "make %d behaviours, and a distribution has room for %d (quota 'Cache behaviors per "+
			"distribution', 75, less the default one and the maintenance page's); join some", n, mostBehaviors)
	}
	for kind, n := range e.policies() {
		if n > mostPolicies {
			say("edge.behaviors", "take %d different %s policies, and an account has %d (quota 'Custom %[2]s policies per AWS "+
				"account'); let some be the same", n, kind, mostPolicies)
		}
	}
}

// policies are how many policies of each kind the distribution needs; behaviours that say the same share one.
func (e Edge) policies() map[string]int {
	const ownCaches, ownHeaders = 2, 1
	caches, headers := map[string]bool{}, map[string]bool{}
	for _, b := range e.Behaviors {
		if b.Cache.IsSet() || b.Target == TargetOrigin {
			caches[fmt.Sprint(b.Target == TargetApplication, b.Cache)] = true
		}
		if b.CORS.IsSet() || b.ContentSecurityPolicy != "" {
			headers[fmt.Sprint(b.CORS, b.ContentSecurityPolicy)] = true
		}
	}
	return map[string]int{"cache": ownCaches + len(caches), "response headers": ownHeaders + len(headers)}
}

// validateOrder refuses a behaviour whose requests an earlier one takes.
func (e Edge) validateOrder(say report) {
	for i, behavior := range e.Behaviors {
		for _, earlier := range e.Behaviors[:i] {
			if viewerrequest.Covers(earlier.Path, behavior.Path) {
				say(item("edge.behaviors", i, "path"), "is %q, which the earlier behaviour %q takes: it would never apply; "+
					"put it before that one, or remove it", behavior.Path, earlier.Path)
				break
			}
		}
	}
}

func (b Behavior) validate(say report, dns DNS) {
	if !pathPattern.MatchString(b.Path) {
		say("path", "is %q; write a path that begins with / and has letters, digits and %s alone, for instance /app/*",
			b.Path, `_-.*$/~"'@:+&?`)
	}
	b.validateOrigin(say, dns)
	b.validateFallback(say)
}

func (b Behavior) validateOrigin(say report, dns DNS) {
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
}

// validateFallback holds a page to being a file, and static assets to having one for /: S3 answers a request for a
// bucket's root with the list of what is in it (Amazon S3 API Reference, ListObjects).
func (b Behavior) validateFallback(say report) {
	isFile := strings.HasPrefix(b.Fallback, "/") && strings.Contains(b.Fallback[strings.LastIndex(b.Fallback, "/"):], ".")
	switch {
	case b.Fallback != "" && b.Target != TargetStatic:
		say("fallback",
			"is %q, and the target is %q, which answers all its paths itself; remove the line, or set target: static",
			b.Fallback, b.Target)
	case b.Fallback != "" && !isFile:
		say("fallback", "is %q, not the path of a file; write it with its ending, for instance /app/index.html", b.Fallback)
	case b.Fallback == "" && b.Target == TargetStatic && takesRoot(b.Path):
		say("path",
			"is %q, with / among its paths, which would list the bucket; set fallback to the page for it, for instance "+
				"/index.html", b.Path)
	}
}

// takesRoot is whether / is among a pattern's paths.
func takesRoot(pattern string) bool {
	return strings.Trim(pattern, "*") == "/" || strings.Trim(pattern, "*") == ""
}
