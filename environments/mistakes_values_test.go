package environments

// numbersMistakes are numbers that YAML reads otherwise than people, or that AWS does not count to.
var numbersMistakes = []mistake{
	{"octal", add("load_balancer: {idle_timeout: 0755}"),
		"prod.yaml:8:17: load_balancer.idle_timeout is 0755, which YAML does not read as it is written; " +
			"write a number in plain digits, of at most 15, without a zero in front, an exponent or underscores"},
	{"octal of YAML 1.2", add("load_balancer: {idle_timeout: 0o17}"),
		"prod.yaml:8:17: load_balancer.idle_timeout is 0o17, which YAML does not read as it is written; " +
			"write a number in plain digits, of at most 15, without a zero in front, an exponent or underscores"},
	{"hexadecimal", add("load_balancer: {idle_timeout: 0x10}"),
		"prod.yaml:8:17: load_balancer.idle_timeout is 0x10, which YAML does not read as it is written; " +
			"write a number in plain digits, of at most 15, without a zero in front, an exponent or underscores"},
	{"binary", add("load_balancer: {idle_timeout: 0b11}"),
		"prod.yaml:8:17: load_balancer.idle_timeout is 0b11, which YAML does not read as it is written; " +
			"write a number in plain digits, of at most 15, without a zero in front, an exponent or underscores"},
	{"underscores", add("observability: {budget_usd: 1_000}"),
		"prod.yaml:8:17: observability.budget_usd is 1_000, which YAML does not read as it is written; " +
			"write a number in plain digits, of at most 15, without a zero in front, an exponent or underscores"},
	{"exponent", add("observability: {budget_usd: 1e3}"),
		"prod.yaml:8:17: observability.budget_usd is 1e3, which YAML does not read as it is written; " +
			"write a number in plain digits, of at most 15, without a zero in front, an exponent or underscores"},
	{"plus sign", add("observability: {budget_usd: +100}"),
		"prod.yaml:8:17: observability.budget_usd is +100, which YAML does not read as it is written; " +
			"write a number in plain digits, of at most 15, without a zero in front, an exponent or underscores"},
	{"sexagesimal", add("load_balancer: {idle_timeout: 1:30}"),
		`prod.yaml:8:17: load_balancer.idle_timeout is "1:30", a string, must be a whole number: ` +
			`IdleTimeout is how long an idle connection is kept, in seconds. Default: 60`},
	{"fraction without a digit in front", add("database: {min_capacity: .5}"),
		"prod.yaml:8:12: database.min_capacity is .5, which YAML does not read as it is written; " +
			"write a number in plain digits, of at most 15, without a zero in front, an exponent or underscores"},
	{"fraction without a digit after", add("database: {max_capacity: 2.}"),
		"prod.yaml:8:12: database.max_capacity is 2., which YAML does not read as it is written; " +
			"write a number in plain digits, of at most 15, without a zero in front, an exponent or underscores"},
	{"infinity", add("database: {max_capacity: .inf}"),
		"prod.yaml:8:12: database.max_capacity is .inf, below the least allowed, 1: " +
			"MaxCapacity of db.serverless, in Aurora capacity units. Default: 2"},
	{"not a number", add("database: {max_capacity: .nan}"),
		"prod.yaml:8:12: database.max_capacity is .nan, below the least allowed, 1: " +
			"MaxCapacity of db.serverless, in Aurora capacity units. Default: 2"},
	{"more digits than are told apart", add("observability: {budget_usd: 99999999999999999999}"),
		"prod.yaml:8:17: observability.budget_usd is 99999999999999999999, above the most allowed, 2147483647: " +
			"BudgetUSD is the month's budget, in USD; 80 % of it, spent or forecast, is an alarm. " +
			"It counts what carries the environment's tag, and AWS counts by a tag only once that is activated as a cost " +
			"allocation tag (docs/runbooks/alarms.md). 0 is none. Default: 0"},
	{"larger than AWS counts", add("secrets: {database: 3000000000}"),
		"prod.yaml:8:11: secrets.database is 3000000000, above the most allowed, 2147483647: " +
			"Database is the version of the application's password in its secret. Default: 1"},
	{"fraction of a whole number", add("load_balancer: {idle_timeout: 60.5}"),
		"prod.yaml:8:17: load_balancer.idle_timeout is 60.5, a number, must be a whole number: " +
			"IdleTimeout is how long an idle connection is kept, in seconds. Default: 60"},
	{"number in quotes", add(`load_balancer: {idle_timeout: "60"}`),
		`prod.yaml:8:17: load_balancer.idle_timeout is "60", a string, must be a whole number: ` +
			`IdleTimeout is how long an idle connection is kept, in seconds. Default: 60`},
	{"negative", add("load_balancer: {idle_timeout: -1}"),
		"prod.yaml:8:17: load_balancer.idle_timeout is -1, below the least allowed, 1: " +
			"IdleTimeout is how long an idle connection is kept, in seconds. Default: 60"},
	{"version that loses a zero", edit{`"1.35"`, "1.30"},
		"prod.yaml:11:3: cluster.version is 1.30, a number, must be a string: put it in quotes"},
	{"octal beside its maximum", add("load_balancer: {idle_timeout: 0777777}"),
		"prod.yaml:8:17: load_balancer.idle_timeout is 0777777, above the most allowed, 4000: " +
			"IdleTimeout is how long an idle connection is kept, in seconds. Default: 60"},
	{"yes for true", add("emulator: yes"),
		`prod.yaml:8:1: emulator is "yes", a string, must be true or false: ` +
			`Emulator says that the environment lives on an emulated AWS on this machine. ` +
			`It changes nothing in the synthesized JSON: the emulator is reached by environment variables alone. ` +
			`Default: false`},
}

// expressionsMistakes are texts that Terraform or CDKTF would evaluate.
var expressionsMistakes = []mistake{
	{"Terraform's interpolation", edit{"owner: platform", `owner: "${var.owner}"`},
		`prod.yaml:2:1: owner is "${var.owner}", and Terraform would evaluate what ${ begins; write the value itself`},
	{"escaped interpolation", edit{"owner: platform", `owner: "$${owner}"`},
		`prod.yaml:2:1: owner is "$${owner}", and Terraform would evaluate what ${ begins; write the value itself`},
	{"Terraform's directive", edit{"owner: platform", `owner: "%{ if true }a%{ endif }"`},
		`prod.yaml:2:1: owner is "%{ if true }a%{ endif }", and Terraform would evaluate what %{ begins; ` +
			`write the value itself`},
	{"token of CDKTF", edit{"owner: platform", `owner: "${TfToken[TOKEN.0]}"`},
		`prod.yaml:2:1: owner is "${TfToken[TOKEN.0]}", and Terraform would evaluate what ${ begins; write the value itself`},
	{"token of a list", edit{"[m7i.xlarge]", `["#{TfToken[TOKEN.1]}"]`},
		`prod.yaml:14:24: cluster.node_groups[0].instance_types[0] is "#{TfToken[TOKEN.1]}", ` +
			`and Terraform would evaluate what TfToken[ begins; write the value itself`},
	{"in a list", add(`delivery: {paths: ["src/${x}"]}`),
		`prod.yaml:8:20: delivery.paths[0] is "src/${x}", and Terraform would evaluate what ${ begins; ` +
			`write the value itself`},
	{"in an address", add(`observability: {webhooks: ["https://x.example.com/${path}"]}`),
		`prod.yaml:8:28: observability.webhooks[0] is "https://x.example.com/${path}", ` +
			`and Terraform would evaluate what ${ begins; write the value itself`},
	{"in an ARN", edit{`role/platform-admin"`, `role/${name}"`},
		`prod.yaml:15:12: cluster.admins[0] is "arn:aws:iam::333333333333:role/${name}", ` +
			`and Terraform would evaluate what ${ begins; write the value itself`},
	{"in a domain", edit{"zone: titan.example.com", `zone: "${zone}"`},
		`prod.yaml:7:7: dns.zone is "${zone}", and Terraform would evaluate what ${ begins; write the value itself`},
	{"in a snapshot's name", add(`database: {restored_from: "%{x}"}`),
		`prod.yaml:8:12: database.restored_from is "%{x}", and Terraform would evaluate what %{ begins; ` +
			`write the value itself`},
}

// formMistakes are settings that the grammar does not have, and values of another form.
var formMistakes = []mistake{
	{"misspelt key", edit{"  cidr: 10.30", "  cdir: 10.30"},
		"prod.yaml:8:1: network.cidr is missing: CIDR is the VPC's IPv4 block, /16 to /20, private, " +
			"and free in every other environment. Three quarters of it are the private subnets; " +
			"the rest holds the public and data subnets and a reserve" + "\n" +
			`prod.yaml:9:3: network.cdir is not a setting; did you mean "cidr"? allowed: ` +
			`access, availability_zones, cidr, endpoint_policy, endpoints, flow_log_days, flow_logs, nat`},
	{"unknown section", edit{"network:\n", "netwrk: {}\nnetwork:\n"},
		`prod.yaml:8:1: netwrk is not a setting; did you mean "network"? allowed: ` +
			`account, acknowledge, addons, application, backup, cache, cluster, database, delivery, dns, dr, edge, emulator, ` +
			`load_balancer, network, observability, owner, protection, region, repository, second_region, secrets, tier, ` +
			`tracing`},
	{"key nothing is like", edit{"owner: platform", "owner: platform\nzzzzzzzz: 1"},
		"prod.yaml:3:1: zzzzzzzz is not a setting; allowed: account, acknowledge, addons, application, backup, cache, " +
			"cluster, database, delivery, dns, dr, edge, emulator, load_balancer, network, observability, owner, protection, " +
			"region, repository, second_region, secrets, tier, tracing"},
	{"wrong type: number for string", edit{`version: "1.35"`, "version: 1.35"},
		"prod.yaml:11:3: cluster.version is 1.35, a number, must be a string: put it in quotes"},
	{"wrong type: string for list", edit{"[m7i.xlarge]", "m7i.xlarge"},
		"prod.yaml:14:7: cluster.node_groups[0].instance_types is a string, must be a list: put it in [brackets]"},
	{"wrong type: string for boolean", edit{"owner: platform", `emulator: "yes"`},
		`prod.yaml:2:1: emulator is "yes", a string, must be true or false: ` +
			`Emulator says that the environment lives on an emulated AWS on this machine. ` +
			`It changes nothing in the synthesized JSON: the emulator is reached by environment variables alone. ` +
			`Default: false`},
	{"no value", edit{"second_region: eu-central-1", "second_region:"},
		"prod.yaml:6:1: second_region has no value; give it one (string) or remove the line"},
	{"tier missing", edit{"tier: production\n", ""},
		"prod.yaml:1:1: tier is missing: Tier decides the defaults and the rules that only production has"},
	{"unknown tier", edit{"tier: production", "tier: prod"},
		`prod.yaml:1:1: tier is "prod", which is not allowed; did you mean "production"? allowed: ` +
			`development, staging, production`},
	{"unknown region", edit{"region: eu-west-1\n", "region: eu-west1\n"},
		`prod.yaml:5:1: region is "eu-west1", which is not allowed; did you mean "eu-west-1"? allowed: ` +
			`af-south-1, ap-east-1, ap-northeast-1, ap-northeast-2, ap-northeast-3, ap-south-1, ap-south-2, ap-southeast-1, ` +
			`ap-southeast-2, ap-southeast-3, ap-southeast-4, ca-central-1, ca-west-1, eu-central-1, eu-central-2, eu-north-1, ` +
			`eu-south-1, eu-south-2, eu-west-1, eu-west-2, eu-west-3, il-central-1, me-central-1, me-south-1, sa-east-1, ` +
			`us-east-1, us-east-2, us-west-2`},
	{"production without a second region", edit{"second_region: eu-central-1\n", ""},
		"prod.yaml:1:1: tier is production, and second_region is missing: backups, logs and secrets would have no replica; " +
			"name a region, for instance eu-central-1"},
	{"backup copy to nowhere",
		edit{"tier: production\nowner: platform\nrepository: titan-platform/titan\naccount: production\nregion: eu-west-1\n" +
			"second_region: eu-central-1\n",
			"tier: staging\nowner: platform\nrepository: titan-platform/titan\naccount: production\nregion: eu-west-1\n" +
				"backup: {copy_days: 90}\n"},
		"prod.yaml:6:10: backup.copy_days is 90, and second_region is missing: there would be no copy; " +
			"remove it, or name a region"},
	{"three mistakes at once", edit{"  cidr: 10.30.0.0/16", "  cdir: 10.30.0.0/16\n  nat: 3\n  flow_log_days: many"},
		"prod.yaml:8:1: network.cidr is missing: CIDR is the VPC's IPv4 block, /16 to /20, private, " +
			"and free in every other environment. Three quarters of it are the private subnets; " +
			"the rest holds the public and data subnets and a reserve" + "\n" +
			`prod.yaml:9:3: network.cdir is not a setting; did you mean "cidr"? allowed: ` +
			`access, availability_zones, cidr, endpoint_policy, endpoints, flow_log_days, flow_logs, nat` + "\n" +
			"prod.yaml:10:3: network.nat is 3, a number, must be a string; allowed: single, per-az" + "\n" +
			`prod.yaml:11:3: network.flow_log_days is "many", a string, must be a whole number; ` +
			`allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653`},
	{"section that is a word", add("edge: fast"),
		"prod.yaml:8:1: edge is a string, must be a mapping with the settings access_logs, allow_countries, behaviors, " +
			"deny_countries, enabled, maintenance_page, origin, price_class, rate_limit, redirects, shield_advanced, " +
			"signing_keys, viewer_protocol_policy, waf"},
	{"section that is a list", add("edge: [fast]"),
		"prod.yaml:8:1: edge is a list, must be a mapping with the settings access_logs, allow_countries, behaviors, " +
			"deny_countries, enabled, maintenance_page, origin, price_class, rate_limit, redirects, shield_advanced, " +
			"signing_keys, viewer_protocol_policy, waf"},
	{"list item that is a mapping", edit{"[m7i.xlarge]", "[{type: m7i.xlarge}]"},
		"prod.yaml:14:24: cluster.node_groups[0].instance_types[0] is a mapping, must be a string"},
	{"list without items", edit{"[m7i.xlarge]", "[]"},
		"prod.yaml:14:7: cluster.node_groups[0].instance_types has 0 items, fewer than 1: " +
			"InstanceTypes are the EC2 types, of one size and architecture. Spot wants several"},
	{"word in capitals", edit{"tier: production", "tier: Production"},
		`prod.yaml:1:1: tier is "Production", which is not allowed; did you mean "production"? allowed: ` +
			`development, staging, production`},
	{"boolean in capitals as a word", add(`emulator: "True"`),
		`prod.yaml:8:1: emulator is "True", a string, must be true or false: ` +
			`Emulator says that the environment lives on an emulated AWS on this machine. ` +
			`It changes nothing in the synthesized JSON: the emulator is reached by environment variables alone. ` +
			`Default: false`},
	{"null in a list", edit{"[m7i.xlarge]", "[m7i.xlarge, null]"},
		"prod.yaml:14:36: cluster.node_groups[0].instance_types[1] has no value; give it one (string) or remove the line"},
	{"setting of another section", add("edge: {cidr: 10.0.0.0/16}"),
		"prod.yaml:8:8: edge.cidr is not a setting; allowed: access_logs, allow_countries, behaviors, deny_countries, " +
			"enabled, maintenance_page, origin, price_class, rate_limit, redirects, shield_advanced, signing_keys, " +
			"viewer_protocol_policy, waf"},
	{"name too long for its pattern", edit{"name: system", "name: a-group-of-many-letters"},
		`prod.yaml:13:7: cluster.node_groups[0].name is "a-group-of-many-letters", ` +
			`which does not match ^[a-z][a-z0-9-]{0,19}$: Name is unique in the cluster`},
	{"maximum of groups' nodes", edit{"    - name: system", "    - name: system\n      max: 451"},
		"prod.yaml:14:7: cluster.node_groups[0].max is 451, above the most allowed, 450: " +
			"Max is the largest number of nodes. Default: 3"},
	{"owner too long", edit{"owner: platform", "owner: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
		"prod.yaml:2:1: owner is too long, 65 characters, at most 64: Owner is the team to call; " +
			"it becomes a tag on every resource, which takes letters, digits, spaces and _.:/=+@- alone. " +
			"Default: the account's"},
	{"empty owner", edit{"owner: platform", `owner: ""`},
		"prod.yaml:2:1: owner is empty: Owner is the team to call; it becomes a tag on every resource, " +
			"which takes letters, digits, spaces and _.:/=+@- alone. Default: the account's"},
	{"repository without an organisation", edit{"repository: titan-platform/titan", "repository: titan"},
		`prod.yaml:3:1: repository is "titan", which does not match ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$: ` +
			`Repository on GitHub holds the code of this platform (organisation/name). ` +
			`The pipelines run its branch main: the deployer applies it as an administrator of the cluster, ` +
			`so who may merge there is one. It becomes a tag. Default: the account's`},
	{"repository by its address",
		edit{"repository: titan-platform/titan", "repository: https://github.com/titan-platform/titan"},
		`prod.yaml:3:1: repository is "https://github.com/titan-platform/titan", ` +
			`which does not match ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$: Repository on GitHub holds the code of this platform ` +
			`(organisation/name). The pipelines run its branch main: the deployer applies it as an administrator of the ` +
			`cluster, so who may merge there is one. It becomes a tag. Default: the account's`},
}
