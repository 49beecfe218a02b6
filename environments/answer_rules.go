package environments

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// untelling are headers that can't tell answers apart: CloudFront refuses them in a cache policy, or adds them itself,
// or they differ with every request.
var untelling = []string{
	"accept-encoding", "connection", "content-length", "cookie", "host", "transfer-encoding", "upgrade", "x-forwarded-for",
}

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
		if header == "*" || slices.Contains(untelling, strings.ToLower(header)) {
			say(fmt.Sprintf("cache.headers.%d", i), "is %q, which can't tell answers apart; remove it", header)
		}
	}
	if of.Target == TargetStatic && len(c.Headers)+len(c.Cookies) > 0 {
		say("cache", "tells static assets apart by headers or cookies, which S3 does not; remove headers and cookies")
	}
}

// pageOrigin is how a browser names where a page is from; CloudFront takes a * for a label.
var pageOrigin = regexp.MustCompile(
	`^https?://([a-z0-9*]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:[0-9]+)?$`)

func (c CORS) validate(say report) {
	if !c.IsSet() {
		if len(c.Methods)+len(c.Headers)+len(c.ExposeHeaders)+c.MaxAgeSeconds > 0 || c.Credentials {
			say("cors", "says what may be done, and not from where; add origins")
		}
		return
	}
	for i, origin := range c.Origins {
		if origin != "*" && !pageOrigin.MatchString(origin) {
			say(fmt.Sprintf("cors.origins.%d", i), "is %q, not a page's origin; write it as https://app.example.com, without "+
				`a path, or "*" for all`, origin)
		}
	}
	for path, list := range map[string][]string{"cors.origins": c.Origins, "cors.headers": c.Headers} {
		if c.Credentials && slices.Contains(list, "*") {
			say(path, `has "*" beside credentials: true, which browsers refuse; list them`)
		}
	}
}

func (m MaintenancePage) validate(say report) {
	if m.Body != "" && m.Format == PageNone {
		say("edge.maintenance_page.format", "is missing beside body; set it to what the page is written in, html or json")
	}
}
