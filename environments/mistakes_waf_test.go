package environments

import (
	"fmt"
	"strings"
)

// inWAF is a setting of the web ACL. It stands in line 8, its own column is 18.
func inWAF(setting string) edit { return add("edge: {waf: {" + setting + "}}") }

// wafMistakes are settings that AWS WAF refuses, or that would not do what they say.
var wafMistakes = []mistake{
	{"unknown mode", inWAF("mode: off"),
		`prod.yaml:8:14: edge.waf.mode is "off", which is not allowed; allowed: count, block`},
	{"part of a body that WAF can't see", inWAF("inspected_kib: 24"),
		`prod.yaml:8:14: edge.waf.inspected_kib is 24, which is not allowed; allowed: 16, 32, 48, 64`},
	{"limit of bodies above what WAF sees", inWAF("body_limit_kib: 20"),
		`prod.yaml:8:14: edge.waf.body_limit_kib is 20, and AWS WAF sees the first 16 KiB of a body: ` +
			`it can't tell how large a larger one is; choose at most 16, raise inspected_kib (up to 64), ` +
			`or name the paths in uploads`},
	{"uploads without a limit", inWAF("body_limit_kib: 0, uploads: [/photos/*]"),
		`prod.yaml:8:33: edge.waf.uploads are set beside body_limit_kib: 0, without which every path takes uploads; ` +
			`remove one of the lines`},
	{"upload without a slash", inWAF("uploads: [photos/*]"),
		`prod.yaml:8:24: edge.waf.uploads[0] is "photos/*", and a path begins with / (or with *, any text); ` +
			`write it as /api/photos/*`},
	{"encoded upload", inWAF(`uploads: ["/%70hotos"]`),
		`prod.yaml:8:24: edge.waf.uploads[0] is "/%70hotos", and paths are compared after they are decoded: ` +
			`write printable ASCII, without %`},
	{"upload that is not normalized", inWAF("uploads: [/a/../photos, //photos, /./photos, /photos/]"),
		`prod.yaml:8:24: edge.waf.uploads[0] is "/a/../photos", and paths are compared after they are normalized, ` +
			`without //, /./ and /../; write where it leads` + "\n" +
			`prod.yaml:8:38: edge.waf.uploads[1] is "//photos", and paths are compared after they are normalized, without //, ` +
			`/./ and /../; write where it leads` + "\n" +
			`prod.yaml:8:48: edge.waf.uploads[2] is "/./photos", and paths are compared after they are normalized, ` +
			`without //, /./ and /../; write where it leads`},
	{"upload too long", inWAF("uploads: [/" + strings.Repeat("a", 199) + "]"),
		`prod.yaml:8:24: edge.waf.uploads[0] is "/` + strings.Repeat("a", 199) +
			`", and its regular expression is longer than the 200 characters that AWS WAF takes; shorten it`},
	{"denied address without a length", inWAF("deny: [8.8.8.8]"),
		`prod.yaml:8:21: edge.waf.deny[0] is "8.8.8.8", not an address block; ` +
			`write it as 198.51.100.0/24 or 2001:db8::/48, a single address as 198.51.100.7/32`},
	{"denied block with address bits", inWAF("deny: [8.8.8.8/24]"),
		`prod.yaml:8:21: edge.waf.deny[0] is "8.8.8.8/24", which has address bits beyond its length, ` +
			`and AWS WAF takes none; the block is 8.8.8.0/24`},
	{"whole internet denied", inWAF(`deny: [0.0.0.0/0, "::/0"]`),
		`prod.yaml:8:21: edge.waf.deny[0] is "0.0.0.0/0", the whole internet, which AWS WAF does not take; ` +
			`list the addresses that are meant` + "\n" +
			`prod.yaml:8:32: edge.waf.deny[1] is "::/0", the whole internet, which AWS WAF does not take; ` +
			`list the addresses that are meant`},
	{"private addresses allowed", inWAF("allow: [10.0.0.0/8]"),
		`prod.yaml:8:22: edge.waf.allow[0] is "10.0.0.0/8", of the reserved block 10.0.0.0/8: ` +
			`nobody calls from there over the internet; list public addresses`},
	{"IPv4 in the form of IPv6 denied", inWAF(`deny: ["::ffff:8.8.8.0/120"]`),
		`prod.yaml:8:21: edge.waf.deny[0] is "::ffff:8.8.8.0/120", IPv4 in the form of IPv6; write it as 8.8.8.0/24`},
	{"address denied and allowed", inWAF("deny: [8.8.0.0/16, 9.9.9.9/32], allow: [8.8.8.8/32, 9.9.0.0/16]"),
		`prod.yaml:8:54: edge.waf.allow[0] is "8.8.8.8/32", within 8.8.0.0/16 of deny, which is asked first; ` +
			`remove one of them`},
	{"rate limit without paths", inWAF("rate_limits: [{name: login, limit: 10}]"),
		`prod.yaml:8:28: edge.waf.rate_limits[0].paths is missing: Paths are those whose requests count together. ` +
			`* is any text, ? any character`},
	{"rate limit with a window of its own",
		inWAF("rate_limits: [{name: login, paths: [/login], limit: 10, window_seconds: 30}]"),
		`prod.yaml:8:70: edge.waf.rate_limits[0].window_seconds is 30, which is not allowed; allowed: 60, 120, 300, 600`},
	{"two rate limits of one name",
		inWAF("rate_limits: [{name: login, paths: [/a], limit: 10}, {name: login, paths: [/b], limit: 10}]"),
		`prod.yaml:8:68: edge.waf.rate_limits[1].name is "login", and another limit has that name; rename one of them`},
	{"rate limit of no path", inWAF("rate_limits: [{name: login, paths: [login], limit: 10}]"),
		`prod.yaml:8:50: edge.waf.rate_limits[0].paths[0] is "login", and a path begins with / (or with *, any text); ` +
			`write it as /api/photos/*`},
	{"more rates than a web ACL counts", inWAF("rate_limits: [" + rateLimits(10) + "]"),
		`prod.yaml:8:14: edge.waf.rate_limits comes to 11, and AWS's quota is "Maximum number of rate-based rules per web ` +
			`ACL" of wafv2, 10, which AWS raises for nobody; take 1 away`},
	{"exception of an unknown rule", inWAF("exceptions: [{rule: CrossSiteScripting_Body}]"),
		`prod.yaml:8:28: edge.waf.exceptions[0].rule is "CrossSiteScripting_Body", not a rule of the managed groups; ` +
			`did you mean "CrossSiteScripting_BODY"?; the logs name it (docs/waf.md)`},
	{"exception of a rule that only counts", inWAF("exceptions: [{rule: AnonymousIPList}, {rule: AWSManagedIPDDoSList}]"),
		`prod.yaml:8:28: edge.waf.exceptions[0].rule is "AnonymousIPList", which only counts; remove the row` + "\n" +
			`prod.yaml:8:53: edge.waf.exceptions[1].rule is "AWSManagedIPDDoSList", which only counts; remove the row`},
	{"exception of the body limit", inWAF("exceptions: [{rule: SizeRestrictions_BODY, paths: [/photos/*]}]"),
		`prod.yaml:8:28: edge.waf.exceptions[0].rule is "SizeRestrictions_BODY", which only counts, ` +
			`because body_limit_kib takes its place and uploads are its exceptions; remove the row`},
	{"exception of bot control, which is off", inWAF("exceptions: [{rule: CategoryHttpLibrary}]"),
		`prod.yaml:8:28: edge.waf.exceptions[0].rule is "CategoryHttpLibrary", a rule of bot control, which is off; ` +
			`remove the row or set bot_control`},
	{"exception of bot control by path",
		inWAF("bot_control: common, exceptions: [{rule: CategoryHttpLibrary, paths: [/api/*]}]"),
		`prod.yaml:8:49: edge.waf.exceptions[0].rule is "CategoryHttpLibrary", ` +
			`which has no label by which it could block in one place and not in another; ` +
			`remove paths and addresses, so that it only counts`},
	{"two exceptions of one rule", inWAF("exceptions: [{rule: SQLi_BODY, paths: [/a]}, {rule: SQLi_BODY, paths: [/b]}]"),
		`prod.yaml:8:60: edge.waf.exceptions[1].rule is "SQLi_BODY", and another exception is about it; ` +
			`put paths and addresses into one`},
	{"exception for an address that is none", inWAF("exceptions: [{rule: SQLi_BODY, addresses: [office]}]"),
		`prod.yaml:8:57: edge.waf.exceptions[0].addresses[0] is "office", not an address block; ` +
			`write it as 198.51.100.0/24 or 2001:db8::/48, a single address as 198.51.100.7/32`},
	{"more capacity than a web ACL has", inWAF("uploads: [" + longPaths(170) + "]"),
		`prod.yaml:8:8: edge.waf comes to 5111, and AWS's quota is "Maximum web ACL capacity units (WCUs) per web ACL" of ` +
			`wafv2, 5000, which AWS raises for nobody; take 111 away`},
	{"what only a distribution shows",
		add(
			"edge: {enabled: false, waf: {inspected_kib: 32, body_limit_kib: 32}}\nload_balancer: {allow_cidrs: [8.8.8.0/24]}"),
		`prod.yaml:8:30: edge.waf.inspected_kib is 32, and there is no distribution: ` +
			`a load balancer shows AWS WAF 8 KiB of a body, and nothing changes that; remove the line` + "\n" +
			`prod.yaml:8:49: edge.waf.body_limit_kib is 32, and AWS WAF sees the first 8 KiB of a body: ` +
			`it can't tell how large a larger one is; choose at most 8, or name the paths in uploads`},
}

// rateLimits are a number of rate limits.
func rateLimits(count int) string {
	list := make([]string, count)
	for i := range list {
		list[i] = fmt.Sprintf("{name: limit-%d, paths: [/%d], limit: 10}", i, i)
	}
	return strings.Join(list, ", ")
}

// longPaths are a number of paths that each need a regular expression of their own.
func longPaths(count int) string {
	list := make([]string, count)
	for i := range list {
		list[i] = fmt.Sprintf("/%s%d", strings.Repeat("a", 150), i)
	}
	return strings.Join(list, ", ")
}
