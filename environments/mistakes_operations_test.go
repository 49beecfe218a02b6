package environments

import "strings"

// alarmsMistakes are settings that CloudWatch or SNS refuses.
var alarmsMistakes = []mistake{
	{"address that is none",
		edit{"region: eu-west-1\n",
			"region: eu-west-1\nobservability: {emails: [oncall], webhooks: [\"http://x.example.com\"]}\n"},
		`prod.yaml:6:26: observability.emails[0] is "oncall", not an e-mail address, for instance oncall@example.com` + "\n" +
			`prod.yaml:6:46: observability.webhooks[0] is "http://x.example.com", not an HTTPS address; ` +
			`write one, for instance https://alerts.example.com/hook`},
	{"address that is none, and one without a domain",
		edit{"region: eu-west-1\n",
			"region: eu-west-1\nobservability: {emails: [On Call <oncall@example.com>, oncall@localhost]}\n"},
		`prod.yaml:6:26: observability.emails[0] is "On Call <oncall@example.com>", not an e-mail address, ` +
			`for instance oncall@example.com` + "\n" +
			`prod.yaml:6:56: observability.emails[1] is "oncall@localhost", not an e-mail address, ` +
			`for instance oncall@example.com`},
	{"retention of log groups that CloudWatch does not take",
		edit{"region: eu-west-1\n", "region: eu-west-1\nobservability: {log_days: 31}\n"},
		"prod.yaml:6:17: observability.log_days is 31, which is not allowed; " +
			"allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653"},
	{"thresholds out of range",
		edit{"region: eu-west-1\n",
			"region: eu-west-1\nobservability: {thresholds: {cpu_percent: 101, latency_milliseconds: 0}}\n"},
		"prod.yaml:6:30: observability.thresholds.cpu_percent is 101, above the most allowed, 100: " +
			"CPUPercent is the CPU of database, cache and nodes, in percent. Default: 80" + "\n" +
			"prod.yaml:6:48: observability.thresholds.latency_milliseconds is 0, below the least allowed, 1: " +
			"LatencyMilliseconds is the 99th percentile of the response time. Default: 1000"},
	{"outage below errors",
		edit{"region: eu-west-1\n",
			"region: eu-west-1\nobservability: {thresholds: {error_percent: 10, outage_percent: 10}}\n"},
		"prod.yaml:6:49: observability.thresholds.outage_percent is 10, not above error_percent 10: " +
			"every error would be an outage; raise it, or lower error_percent"},
}

// addressesMistakes are addresses that SNS can not tell anything.
var addressesMistakes = []mistake{
	{"address in a domain that is none", add("observability: {emails: [a@ex_ample.com, a@example..com]}"),
		`prod.yaml:8:26: observability.emails[0] is "a@ex_ample.com", not an e-mail address, ` +
			`for instance oncall@example.com` + "\n" +
			`prod.yaml:8:42: observability.emails[1] is "a@example..com", not an e-mail address, ` +
			`for instance oncall@example.com`},
	{"webhook with a login", add(`observability: {webhooks: ["https://me:secret@x.example.com/hook"]}`),
		`prod.yaml:8:28: observability.webhooks[0] is "https://me:secret@x.example.com/hook", which holds a login: ` +
			`this file and Terraform's state would show it to their readers; ` +
			`let the endpoint check the signature of SNS instead, for instance https://alerts.example.com/hook`},
	{"webhook inside the network", add(`observability: {webhooks: ["https://10.30.0.5/hook"]}`),
		`prod.yaml:8:28: observability.webhooks[0] is "https://10.30.0.5/hook", ` +
			`an address that SNS can't reach over the internet; write a public one, ` +
			`for instance https://alerts.example.com/hook`},
	{"webhook of instance metadata", add(`observability: {webhooks: ["https://169.254.169.254/latest"]}`),
		`prod.yaml:8:28: observability.webhooks[0] is "https://169.254.169.254/latest", ` +
			`an address that SNS can't reach over the internet; write a public one, ` +
			`for instance https://alerts.example.com/hook`},
	{"webhook on this machine", add(`observability: {webhooks: ["https://localhost:8443/hook"]}`),
		`prod.yaml:8:28: observability.webhooks[0] is "https://localhost:8443/hook", ` +
			`whose host is no domain name that SNS could find; write a public one, ` +
			`for instance https://alerts.example.com/hook`},
	{"webhook without a host", add(`observability: {webhooks: ["https:///hook"]}`),
		`prod.yaml:8:28: observability.webhooks[0] is "https:///hook", not an HTTPS address; ` +
			`write one, for instance https://alerts.example.com/hook`},
	{"webhook on loopback of IPv6", add(`observability: {webhooks: ["https://[::1]/hook"]}`),
		`prod.yaml:8:28: observability.webhooks[0] is "https://[::1]/hook", ` +
			`an address that SNS can't reach over the internet; write a public one, ` +
			`for instance https://alerts.example.com/hook`},
	{"two addresses in one", add(`observability: {emails: ["a@example.com, b@example.com"]}`),
		`prod.yaml:8:26: observability.emails[0] is "a@example.com, b@example.com", not an e-mail address, ` +
			`for instance oncall@example.com`},
}

// deliveryMistakes are settings that CodePipeline refuses, or that deliver what nobody wants.
var deliveryMistakes = []mistake{
	{"platform applied without a person", edit{"region: eu-west-1\n", "region: eu-west-1\ndelivery: {approval: false}\n"},
		"prod.yaml:6:12: delivery.approval is false in production: a commit would reach users without a person's word; " +
			"set it to true, or add `acknowledge: [approval-off]`"},
	{"no approval in production",
		edit{"region: eu-west-1\n", "region: eu-west-1\ndelivery: {repository: a/b, approval: false}\n"},
		"prod.yaml:6:29: delivery.approval is false in production: a commit would reach users without a person's word; " +
			"set it to true, or add `acknowledge: [approval-off]`"},
	{"empty branch", edit{"region: eu-west-1\n", "region: eu-west-1\ndelivery: {branch: \"\", paths: [\"\"]}\n"},
		"prod.yaml:6:12: delivery.branch is empty: Branch whose commits start the pipeline. Default: main" + "\n" +
			`prod.yaml:6:32: delivery.paths[0] is ""; give a glob pattern below the repository's root, ` +
			`of at most 255 characters, for instance src/**`},
	{"path from the root", edit{"region: eu-west-1\n", "region: eu-west-1\ndelivery: {paths: [/src]}\n"},
		`prod.yaml:6:20: delivery.paths[0] is "/src"; give a glob pattern below the repository's root, ` +
			`of at most 255 characters, for instance src/**`},
	{"nine paths", edit{"region: eu-west-1\n", "region: eu-west-1\ndelivery: {paths: [a, b, c, d, e, f, g, h, i]}\n"},
		"prod.yaml:6:12: delivery.paths has 9 items, more than 8: Paths limit the trigger to commits that touch them (at " +
			"most eight glob patterns). Default: all"},
	{"branch that is a pattern", edit{"region: eu-west-1\n", "region: eu-west-1\ndelivery: {branch: \"release/*\"}\n"},
		`prod.yaml:6:12: delivery.branch is "release/*", not a branch name, for instance main`},
	{"image for two architectures",
		edit{"cluster:\n  version: \"1.35\"\n  node_groups:\n",
			"delivery: {repository: a/b}\ncluster:\n  version: \"1.35\"\n  node_groups:\n    - name: graviton\n" +
				"      architecture: arm64\n      instance_types: [m7g.xlarge]\n"},
		`prod.yaml:10:12: delivery.repository is "a/b", and the node groups are of arm64 and amd64: ` +
			`an image is built for one architecture, and half of the nodes could not run it; choose one for all groups`},
	{"promotion from nowhere", edit{"region: eu-west-1\n", "region: eu-west-1\ndelivery: {promotes_from: stagin}\n"},
		`prod.yaml:6:12: delivery.promotes_from is "stagin", and there is no such environment; allowed: prod`},
	{"branch of two dots", add("delivery: {branch: a..b}"),
		`prod.yaml:8:12: delivery.branch is "a..b", not a branch name, for instance main`},
	{"branch that ends in .lock", add("delivery: {branch: main.lock}"),
		`prod.yaml:8:12: delivery.branch is "main.lock", not a branch name, for instance main`},
	{"branch that ends in a slash", add("delivery: {branch: release/}"),
		`prod.yaml:8:12: delivery.branch is "release/", not a branch name, for instance main`},
	{"branch that is a choice", add(`delivery: {branch: "{main,dev}"}`),
		`prod.yaml:8:12: delivery.branch is "{main,dev}", not a branch name, for instance main`},
	{"branch that is an option", add(`delivery: {branch: "-f"}`),
		`prod.yaml:8:12: delivery.branch is "-f", not a branch name, for instance main`},
	{"path too long",
		add("delivery: {paths: [" + strings.Repeat("p", 256) + "]}"),
		`prod.yaml:8:20: delivery.paths[0] is "` + strings.Repeat("p", 256) + `"; ` +
			`give a glob pattern below the repository's root, of at most 255 characters, for instance src/**`},
	{"promotion from itself", add("delivery: {promotes_from: prod}"),
		`prod.yaml:8:12: delivery.promotes_from is "prod", this environment itself; name the one that runs before it`},
}
