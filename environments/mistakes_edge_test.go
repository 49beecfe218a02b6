package environments

import (
	"fmt"
	"strings"
)

// behavior is a file with one behaviour.
func behavior(text string) edit { return add("edge:\n  behaviors:\n    - {" + text + "}") }

// redirect is a file with one redirect.
func redirect(text string) edit { return add("edge:\n  redirects:\n    - {" + text + "}") }

// many is a list of n rows.
func many(section, row string, n int) edit {
	var lines strings.Builder
	fmt.Fprintf(&lines, "edge:\n  %s:", section)
	for i := range n {
		fmt.Fprintf(&lines, "\n    - {"+row+"}", i)
	}
	return add(lines.String())
}

// timeoutMistakes are waits before and behind the load balancer that don't fit.
var timeoutMistakes = []mistake{
	{"the load balancer waits longer than CloudFront", add("load_balancer: {idle_timeout: 61}"),
		"prod.yaml:8:17: load_balancer.idle_timeout is 61 seconds, longer than the 60 that CloudFront waits for an answer: " +
			"the client has its 504 while the application goes on; lower it, or raise edge.origin.read_timeout, to 120 at most"},
	{"CloudFront waits longer for a connection that is closed", add("edge: {origin: {keepalive_timeout: 60}}"),
		"prod.yaml:1:1: load_balancer.idle_timeout is 60 seconds, and CloudFront keeps idle connections for 60 " +
			"(edge.origin.keepalive_timeout): it would send requests into closed ones, and answer 502; raise it, or lower that"},
	{"more than CloudFront waits", add("edge: {origin: {read_timeout: 121}}"),
		"prod.yaml:8:17: edge.origin.read_timeout is 121, above the most allowed, 120: " +
			"ReadTimeout is how long CloudFront waits for the first byte of an answer, and between two of its packets, " +
			"in seconds; then the client gets 504. Above 60 the account's quota 'Response timeout per origin' may have to be " +
			"raised first. Default: 60"},
	{"no attempt", add("edge: {origin: {connection_attempts: 0}}"),
		"prod.yaml:8:17: edge.origin.connection_attempts is 0, below the least allowed, 1: " +
			"ConnectionAttempts is how often CloudFront tries to connect before the client gets 502 or 504. Default: 3"},
}

// callersMistakes are environments that nobody reaches, or that are reached past the edge.
var callersMistakes = []mistake{
	{"nobody reaches it", add("edge: {enabled: false}"),
		"prod.yaml:8:8: edge.enabled is false, and load_balancer.allow_cidrs is empty: " +
			"nobody could reach the load balancer; list the addresses there that may call it, as 198.51.100.0/24, " +
			"or remove the line"},
	{"past the edge", add("load_balancer: {allow_cidrs: [8.8.8.0/24]}"),
		"prod.yaml:8:17: load_balancer.allow_cidrs is set beside an edge, which would be a way past its web ACL; " +
			"remove the lines, or set edge.enabled: false"},
	{"a primary without an edge",
		add("edge: {enabled: false}\ndr: {role: primary}\nload_balancer: {allow_cidrs: [8.8.8.0/24]}"),
		"prod.yaml:8:8: edge.enabled is false in a primary: there would be no distribution in front of the two regions; " +
			"set it to true"},
	{"addresses that call from nowhere",
		add("edge: {enabled: false}\nload_balancer: {allow_cidrs: [0.0.0.0/0, 10.0.0.0/8, \"2001:db8::/32\", 8.8.8.8]}"),
		`prod.yaml:9:31: load_balancer.allow_cidrs[0] is "0.0.0.0/0", the whole internet, in production; ` +
			`list your own addresses, or remove edge.enabled: false` + "\n" +
			`prod.yaml:9:42: load_balancer.allow_cidrs[1] is "10.0.0.0/8", of the reserved block 10.0.0.0/8: ` +
			`nobody calls from there over the internet; list the public addresses that they call from` + "\n" +
			`prod.yaml:9:54: load_balancer.allow_cidrs[2] is "2001:db8::/32", not a block of IPv4 addresses, ` +
			`which is what the load balancer has; write it as 198.51.100.0/24, a single address as 198.51.100.7/32` + "\n" +
			`prod.yaml:9:71: load_balancer.allow_cidrs[3] is "8.8.8.8", not a block of IPv4 addresses, ` +
			`which is what the load balancer has; write it as 198.51.100.0/24, a single address as 198.51.100.7/32`},
}

// behaviorMistakes are behaviours that CloudFront refuses, or that do something else than they say.
var behaviorMistakes = []mistake{
	{"no path", behavior("target: static"),
		"prod.yaml:10:7: edge.behaviors[0].path is missing: Path is the pattern: " +
			"* stands for any characters, ? for one, `/*` is everything"},
	{"a path of another form", behavior("path: \"app/*\", target: application"),
		`prod.yaml:10:8: edge.behaviors[0].path is "app/*"; write a path that begins with / and has letters, ` +
			`digits and _-.*$/~"'@:+&? alone, for instance /app/*`},
	{"another target", behavior("path: /app/*, target: bucket"),
		`prod.yaml:10:22: edge.behaviors[0].target is "bucket", which is not allowed; allowed: application, static, origin`},
	{"another origin without a name", behavior("path: /app/*, target: origin"),
		"prod.yaml:10:7: edge.behaviors[0].origin is missing: the target is another origin; give its domain name"},
	{"a name without another origin", behavior("path: /app/*, target: static, origin: films.example.net"),
		`prod.yaml:10:38: edge.behaviors[0].origin is "films.example.net", and the target is "static"; ` +
			`remove the line, or set target: origin`},
	{"a URL for a name", behavior("path: /app/*, target: origin, origin: \"https://films.example.net/\""),
		`prod.yaml:10:38: edge.behaviors[0].origin is "https://films.example.net/", which is not a domain name; ` +
			`write it in lower case, without https:// and path`},
	{"its own load balancer past its headers",
		behavior("path: /app/*, target: origin, origin: eu-west-1.origin.titan.example.com"),
		`prod.yaml:10:38: edge.behaviors[0].origin is "eu-west-1.origin.titan.example.com", ` +
			`a name of this environment's own; set target: application`},
	{"the application's fallback", behavior("path: /app/*, target: application, fallback: /app/index.html"),
		`prod.yaml:10:43: edge.behaviors[0].fallback is "/app/index.html", and the target is "application", ` +
			`which answers all its paths itself; remove the line, or set target: static`},
	{"a fallback to what falls back", behavior("path: /app/*, target: static, fallback: /app/"),
		`prod.yaml:10:38: edge.behaviors[0].fallback is "/app/", not the path of a file; ` +
			`write it with its ending, for instance /app/index.html`},
	{"a list of the bucket", behavior("path: /*, target: static"),
		`prod.yaml:10:8: edge.behaviors[0].path is "/*", with / among its paths, which would list the bucket; ` +
			`set fallback to the page for it, for instance /index.html`},
	{"nobody who signs", behavior("path: /films/*, target: static, signed: true"),
		"prod.yaml:10:40: edge.behaviors[0].signed is true, and edge.signing_keys is empty: nobody could sign; " +
			"add a public key there"},
	{"what never applies",
		add("edge:\n  behaviors:\n    - {path: /app/*, target: application}\n    - {path: /app/x, target: application}"),
		`prod.yaml:11:8: edge.behaviors[1].path is "/app/x", which the earlier behaviour "/app/*" takes: ` +
			`it would never apply; put it before that one, or remove it`},
	{"too many behaviours", many("behaviors", "path: /app/%d, target: application", 73),
		"prod.yaml:9:3: edge.behaviors make 74 behaviours, and a distribution has room for 73 (quota 'Cache behaviors per " +
			"distribution', 75, less the default one and the maintenance page's); join some"},
	{"too many caches", many("behaviors", "path: /app/%[1]d, target: application, cache: {seconds: 1%[1]d}", 19),
		"prod.yaml:9:3: edge.behaviors take 21 different cache policies, " +
			"and an account has 20 (quota 'Custom cache policies per AWS account'); let some be the same"},
	{"a cache without time", behavior("path: /app/*, target: application, cache: {headers: [Accept]}"),
		"prod.yaml:10:43: edge.behaviors[0].cache says what tells answers apart, and not how long they are kept; " +
			"add seconds"},
	{"less than the least", behavior("path: /app/*, target: application, cache: {seconds: 9, max_seconds: 8}"),
		"prod.yaml:10:63: edge.behaviors[0].cache.max_seconds is 8, less than the 9 of seconds; " +
			"raise it, or remove the line"},
	{"all and one", behavior("path: /app/*, target: application, cache: {seconds: 9, query_strings: [\"*\", page]}"),
		`prod.yaml:10:63: edge.behaviors[0].cache.query_strings has "*" beside others; "*" is all: let it stand alone`},
	{"all headers", behavior("path: /app/*, target: application, cache: {seconds: 9, headers: [Accept, \"*\", Cookie]}"),
		`prod.yaml:10:81: edge.behaviors[0].cache.headers[1] is "*", which can't tell answers apart; remove it` + "\n" +
			`prod.yaml:10:86: edge.behaviors[0].cache.headers[2] is "Cookie", which can't tell answers apart; remove it`},
	{"cookies for a bucket", behavior("path: /app/*, target: static, cache: {seconds: 9, cookies: [session]}"),
		"prod.yaml:10:38: edge.behaviors[0].cache tells static assets apart by headers or cookies, which S3 does not; " +
			"remove headers and cookies"},
	{"CORS from nowhere", behavior("path: /app/*, target: application, cors: {credentials: true}"),
		"prod.yaml:10:43: edge.behaviors[0].cors says what may be done, and not from where; add origins"},
	{"a page for an origin",
		behavior("path: /app/*, target: application, cors: {origins: [\"https://app.example.com/\"]}"),
		`prod.yaml:10:60: edge.behaviors[0].cors.origins[0] is "https://app.example.com/", not a page's origin; ` +
			`write it as https://app.example.com, without a path, or "*" for all`},
	{"everybody's logins",
		behavior("path: /app/*, target: application, cors: {origins: [\"*\"], headers: [\"*\"], credentials: true}"),
		`prod.yaml:10:50: edge.behaviors[0].cors.origins has "*" beside credentials: true, which browsers refuse; list them` +
			"\n" +
			`prod.yaml:10:66: edge.behaviors[0].cors.headers has "*" beside credentials: true, which browsers refuse; ` +
			`list them`},
	{"a private key", add("edge: {signing_keys: [\"-----BEGIN PRIVATE KEY-----\"]}"),
		"prod.yaml:8:23: edge.signing_keys[0] is no public key of RSA with 2048 bits or ECDSA P-256 in PEM; " +
			"make one by `openssl genrsa -out private.pem 2048 && openssl rsa -in private.pem -pubout`, " +
			"and keep the private one out of this file"},
	{"a page that is written in nothing", add("edge: {maintenance_page: {body: Back soon}}"),
		"prod.yaml:8:8: edge.maintenance_page.format is missing beside body; " +
			"set it to what the page is written in, html or json"},
}

// redirectMistakes are redirects that lead nowhere, or round in a circle.
var redirectMistakes = []mistake{
	{"a query string", redirect("from: \"/old?a=1\", to: /new"),
		`prod.yaml:10:8: edge.redirects[0].from is "/old?a=1"; write a path that begins with /, without a query string, ` +
			`and with a * at its end alone, after a /: /old, /old/*`},
	{"a star in the middle", redirect("from: /old/*/x, to: /new"),
		`prod.yaml:10:8: edge.redirects[0].from is "/old/*/x"; write a path that begins with /, without a query string, ` +
			`and with a * at its end alone, after a /: /old, /old/*`},
	{"another host by accident", redirect("from: /old, to: //new.example.com"),
		`prod.yaml:10:20: edge.redirects[0].to is "//new.example.com"; write a path that begins with one /, ` +
			`or a URL as https://www.example.com/path, without #, and with a * at its end alone`},
	{"plain HTTP", redirect("from: /old, to: \"http://new.example.com/\""),
		`prod.yaml:10:20: edge.redirects[0].to is "http://new.example.com/"; ` +
			`write a path that begins with one /, or a URL as https://www.example.com/path, without #, ` +
			`and with a * at its end alone`},
	{"a host without a path", redirect("from: /old/*, to: \"https://new.example.com*\""),
		`prod.yaml:10:22: edge.redirects[0].to is "https://new.example.com*"; ` +
			`write a path that begins with one /, or a URL as https://www.example.com/path, without #, ` +
			`and with a * at its end alone`},
	{"nothing for the star", redirect("from: /old, to: /new/*"),
		`prod.yaml:10:20: edge.redirects[0].to is "/new/*", and from is "/old": nothing is left for the * to stand for; ` +
			`remove it, or end from in /*`},
	{"a star after a word", redirect("from: /old/*, to: /new*"),
		`prod.yaml:10:22: edge.redirects[0].to is "/new*"; the * stands for what follows a /: put a / before it`},
	{"another status", redirect("from: /old, to: /new, status: 303"),
		"prod.yaml:10:30: edge.redirects[0].status is 303, which is not allowed; allowed: 301, 302, 307, 308"},
	{"itself", redirect("from: /old/*, to: /old/new/*"),
		`prod.yaml:10:22: edge.redirects[0].to is "/old/new/*", which leads round in a circle (/old/* → /old/*); ` +
			`choose another target`},
	{"a redirect that never applies",
		add("edge:\n  redirects:\n    - {from: /old/*, to: /new}\n    - {from: /old/x, to: /x}"),
		`prod.yaml:11:8: edge.redirects[1].from is "/old/x", which the earlier redirect of "/old/*" takes: ` +
			`it would never apply; put it before that one, or remove it`},
	{"a circle of two", add("edge:\n  redirects:\n    - {from: /a, to: /b}\n    - {from: /b, to: \"/a?x=1\"}"),
		`prod.yaml:10:18: edge.redirects[0].to is "/b", which leads round in a circle (/a → /b → /a); ` +
			`choose another target` + "\n" +
			`prod.yaml:11:18: edge.redirects[1].to is "/a?x=1", which leads round in a circle (/b → /a → /b); ` +
			`choose another target`},
	{"more than a function holds",
		many("redirects", "from: /an-old-path-of-the-site/%[1]d, to: /a-new-path-of-the-site/%[1]d", 150),
		"prod.yaml:9:3: edge.redirects with the fallbacks of edge.behaviors and the redirects of dns.names make a " +
			"CloudFront Function of 11481 bytes, and CloudFront takes 10240 (quota 'Maximum function size', " +
			"which can't be raised); join some by a * at their end, or let the application redirect"},
}
