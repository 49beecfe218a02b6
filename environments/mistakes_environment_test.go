package environments

import "strings"

// environmentMistakes are of the environment as a whole.
var environmentMistakes = []mistake{
	{"second region is the region", edit{"eu-central-1", "eu-west-1"},
		`prod.yaml:6:1: second_region is "eu-west-1", the region itself: replicas there would be lost with it; ` +
			`name another region`},
	{"protection off in production", edit{"owner: platform", "owner: platform\nprotection: off"},
		"prod.yaml:3:1: protection is off in production: data could be destroyed; " +
			"set it to full, or add `acknowledge: [protection-off]` for as long as that is meant"},
	{"emulator in production", edit{"owner: platform", "owner: platform\nemulator: true"},
		"prod.yaml:3:1: emulator is true in production; an emulated environment is of tier development"},
	{"acknowledgement twice", edit{"owner: platform", "owner: platform\nacknowledge: [approval-off, approval-off]"},
		"prod.yaml:3:29: acknowledge[1] repeats item 0 of the list; remove one of them"},
	{"owner that no tag takes", edit{"owner: platform", "owner: R&D"},
		`prod.yaml:2:1: owner is "R&D", which does not match ^[\p{L}\p{Z}\p{N}_.:/=+@-]+$: Owner is the team to call; ` +
			`it becomes a tag on every resource, which takes letters, digits, spaces and _.:/=+@- alone. ` +
			`Default: the account's`},
	{"backup copy to the same region", edit{"second_region: eu-central-1", "second_region: eu-west-1"},
		`prod.yaml:6:1: second_region is "eu-west-1", the region itself: replicas there would be lost with it; ` +
			`name another region`},
}

// tagsMistakes are values that no tag or repository can have.
var tagsMistakes = []mistake{
	{"owner that is AWS's", edit{"owner: platform", "owner: aws:platform"},
		`prod.yaml:2:1: owner is "aws:platform", and what begins with aws: is AWS's own in tags; choose another`},
	{"owner with a comma", edit{"owner: platform", `owner: "a, b"`},
		`prod.yaml:2:1: owner is "a, b", which does not match ^[\p{L}\p{Z}\p{N}_.:/=+@-]+$: Owner is the team to call; ` +
			`it becomes a tag on every resource, which takes letters, digits, spaces and _.:/=+@- alone. ` +
			`Default: the account's`},
	{"owner of emoji", edit{"owner: platform", "owner: \"\U0001F680\""},
		`prod.yaml:2:1: owner is "🚀", which does not match ^[\p{L}\p{Z}\p{N}_.:/=+@-]+$: Owner is the team to call; ` +
			`it becomes a tag on every resource, which takes letters, digits, spaces and _.:/=+@- alone. ` +
			`Default: the account's`},
	{"repository with .git", edit{"titan-platform/titan", "titan-platform/titan.git"},
		`prod.yaml:3:1: repository is "titan-platform/titan.git", not a repository of GitHub by its short name, ` +
			`for instance acme/platform`},
	{"repository that is a folder", edit{"titan-platform/titan", "titan-platform/.."},
		`prod.yaml:3:1: repository is "titan-platform/..", not a repository of GitHub by its short name, ` +
			`for instance acme/platform`},
	{"organisation too long", edit{"titan-platform/titan", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/titan"},
		`prod.yaml:3:1: repository is "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/titan", ` +
			`not a repository of GitHub by its short name, for instance acme/platform`},
	{"repository too long",
		add("delivery: {repository: a/" + strings.Repeat("b", 101) + "}"),
		`prod.yaml:8:12: delivery.repository is "a/` + strings.Repeat("b", 101) + `", ` +
			`not a repository of GitHub by its short name, for instance acme/platform`},
}

// severalMistakes are files with more than one mistake: none hides another, and none makes one up.
var severalMistakes = []mistake{
	{"form, rules and a clash of two sections",
		edit{"  cidr: 10.30.0.0/16\n",
			"  cidr: 10.30.0.0/16\n  nat: 3\ncache: {mode: single}\ndatabase: {readers: 0, retention_days: 36}\n" +
				"backup: {vault_lock: compliance}\n"},
		"prod.yaml:10:3: network.nat is 3, a number, must be a string; allowed: single, per-az" + "\n" +
			`prod.yaml:11:9: cache.mode is "single" in production: one node has no failover, no TLS and no login; ` +
			`set it to replicated` + "\n" +
			"prod.yaml:12:1: database.max_readers is 2, and readers is 0: autoscaling goes by the readers' CPU and would " +
			"never begin; set readers to 1 or more, or max_readers to 0" + "\n" +
			"prod.yaml:12:12: database.readers is 0 in production, which needs at least 2: " +
			"with the writer, one instance in each of three zones" + "\n" +
			"prod.yaml:12:24: database.retention_days is 36, above the most allowed, 35: " +
			"RetentionDays is how far back point-in-time recovery reaches, in days. Default: 35 in production, else 7" + "\n" +
			"prod.yaml:13:10: backup.vault_lock is \"compliance\": after its grace time nobody can delete a recovery point, " +
			"AWS included; add `acknowledge: [compliance-vault-lock]` if it is meant"},
	{"a tier that nobody knows, and what holds in every tier",
		edit{"tier: production",
			"tier: prod\nload_balancer: {slow_start: 5}\nprotection: off\nemulator: true\ndatabase: {readers: 0}"},
		`prod.yaml:1:1: tier is "prod", which is not allowed; did you mean "production"? allowed: ` +
			`development, staging, production` + "\n" +
			"prod.yaml:2:17: load_balancer.slow_start is 5, and the load balancer takes 0 (at once) or 30 to 900 seconds; " +
			"choose one of them"},
	{"an unreadable list, and what reads it", inCluster("deployer: public-cidrs\n  public_cidrs: office"),
		"prod.yaml:13:3: cluster.public_cidrs is a string, must be a list: put it in [brackets]"},
	{"acknowledgements that nobody knows, and what needs one", add("protection: off\nacknowledge: [protection-of]"),
		`prod.yaml:9:15: acknowledge[0] is "protection-of", which is not allowed; ` +
			`did you mean "protection-off"? allowed: protection-off, approval-off, reserved-instances, compliance-vault-lock, ` +
			`global-primary, foreign-admins`},
	{"no network, and its neighbours", edit{"network:\n  cidr: 10.30.0.0/16\n", "application: {min_replicas: 20}\n"},
		"prod.yaml:1:1: network is missing: Network is the VPC" + "\n" +
			"prod.yaml:8:15: application.min_replicas is 20, above max_replicas 12; raise one or lower the other"},
}
