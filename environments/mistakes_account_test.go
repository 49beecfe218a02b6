package environments

// accountMistakes are mistakes in an account's file.
var accountMistakes = []mistake{
	{"login of a cache that is off", addToAccount("image_cache: {docker_hub_secret: ecr-pullthroughcache/docker-hub}"),
		`accounts/production.yaml:5:15: image_cache.docker_hub_secret is "ecr-pullthroughcache/docker-hub", ` +
			`and the cache is off: nothing would log in with it; set enabled to true, or remove the line`},
	{"login under a name that ECR does not read", addToAccount("image_cache: {enabled: true, github_secret: github}"),
		`accounts/production.yaml:5:30: image_cache.github_secret is "github", ` +
			`which does not match ^ecr-pullthroughcache/[A-Za-z0-9/_+=.@-]+$: GitHubSecret is the same for GitHub's ghcr.io. ` +
			`Default: none, and its images come from there`},
	{"unquoted number with a zero in front", edit{`"333333333333"`, "012345678901"},
		"accounts/production.yaml:1:1: id is 012345678901, a number, must be a string: put it in quotes"},
	{"unquoted number that is octal", edit{`"333333333333"`, "000000000017"},
		"accounts/production.yaml:1:1: id is 000000000017, a number, must be a string: put it in quotes"},
	{"number with underscores", edit{`"333333333333"`, "3333_3333_3333"},
		"accounts/production.yaml:1:1: id is 3333_3333_3333, a number, must be a string: put it in quotes"},
	{"number with hyphens", edit{`"333333333333"`, `"3333-3333-3333"`},
		`accounts/production.yaml:1:1: id is "3333-3333-3333", which does not match ^[0-9]{12}$: ID is the account's ` +
			`number, 12 digits in quotes (unquoted, YAML reads a number and drops leading zeros)`},
	{"role of another partition", addToAccount("role: arn:aws-cn:iam::333333333333:role/deploy"),
		`accounts/production.yaml:5:1: role is "arn:aws-cn:iam::333333333333:role/deploy", of the partition aws-cn, ` +
			`and everything here is in the partition aws; name one of the account`},
	{"role by a pattern", addToAccount(`role: "arn:aws:iam::333333333333:role/*"`),
		`accounts/production.yaml:5:1: role is "arn:aws:iam::333333333333:role/*", not the ARN of an IAM role or user, ` +
			`for instance arn:aws:iam::333333333333:role/platform-admin`},
	{"role that is a user", addToAccount("role: arn:aws:iam::333333333333:user/me"),
		`accounts/production.yaml:5:1: role is "arn:aws:iam::333333333333:user/me", ` +
			`which does not match ^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$: Role is the ARN of a role that Terraform assumes ` +
			`for everything it does, state included, but for a platform that the deployer applies by its own roles. ` +
			`Default: none, the caller's own credentials`},
	{"role that AWS alone assumes",
		addToAccount("role: arn:aws:iam::333333333333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"),
		`accounts/production.yaml:5:1: role is ` +
			`"arn:aws:iam::333333333333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX", a service-linked role, ` +
			`which only a service of AWS assumes; name a role that people or pipelines assume`},
	{"connection of another partition",
		addToAccount("connection: arn:aws-cn:codeconnections:eu-west-1:333333333333:connection/a-b"),
		`accounts/production.yaml:5:1: connection is "arn:aws-cn:codeconnections:eu-west-1:333333333333:connection/a-b", ` +
			`of the partition aws-cn, and everything here is in the partition aws; ` +
			`write this account's, the output connection_arn of the stack in eu-west-1`},
	{"connection of another region",
		addToAccount("connection: arn:aws:codeconnections:us-east-2:333333333333:connection/a-b"),
		`accounts/production.yaml:5:1: connection is "arn:aws:codeconnections:us-east-2:333333333333:connection/a-b", ` +
			`in us-east-2, and the account's stack makes its connection in its first region; ` +
			`write this account's, the output connection_arn of the stack in eu-west-1, ` +
			`or name github-connection in organization_provides for one that was there before`},
	{"owner that no tag takes", edit{"owner: platform", "owner: R&D"},
		`accounts/production.yaml:2:1: owner is "R&D", which does not match ^[\p{L}\p{Z}\p{N}_.:/=+@-]+$: ` +
			`Owner is the team to call about the account; it becomes a tag, which takes letters, digits, ` +
			`spaces and _.:/=+@- alone, and is the default of its environments`},
	{"owner that is AWS's", edit{"owner: platform", "owner: AWS:root"},
		`accounts/production.yaml:2:1: owner is "AWS:root", and what begins with aws: is AWS's own in tags; choose another`},
	{"repository that is a folder", edit{"titan-platform/titan", "titan-platform/."},
		`accounts/production.yaml:3:1: repository is "titan-platform/.", not a repository of GitHub by its short name, ` +
			`for instance acme/platform`},
	{"project that SSM keeps", addToAccount("project: ssmtools"),
		`prod.yaml: makes the name of the SSM parameter "ssmtools-prod/birthday-app/image", ` +
			`and AWS takes none that begins with "ssm" (SSM PutParameter): choose another project in accounts/production.yaml`},
	{"project that AWS keeps", addToAccount("project: awsome"),
		`prod.yaml: makes the name of the SSM parameter "awsome-prod/birthday-app/image", ` +
			`and AWS takes none that begins with "aws" (SSM PutParameter): choose another project in accounts/production.yaml`},
	{"project that a load balancer can't have", addToAccount("project: internal"),
		`prod.yaml: makes the name of the load balancer "internal-prod-alb", ` +
			`and AWS takes none that begins with "internal-" (ELBv2 CreateLoadBalancer): ` +
			`choose another project in accounts/production.yaml`},
	{"project that S3 keeps", addToAccount("project: sthree"),
		`prod.yaml: makes the name of the bucket "sthree-prod-backups-333333333333-eu-west-1", ` +
			`and AWS takes none that begins with "sthree-" (S3 bucket naming rules): ` +
			`choose another project in accounts/production.yaml`},
	{"project of Terraform", addToAccount(`project: "${p}"`),
		`accounts/production.yaml:5:1: project is "${p}", and Terraform would evaluate what ${ begins; ` +
			`write the value itself`},
	{"webhook with a login", addToAccount(`webhooks: ["https://a:b@x.example.com"]`),
		`accounts/production.yaml:5:12: webhooks[0] is "https://a:b@x.example.com", which holds a login: ` +
			`this file and Terraform's state would show it to their readers; ` +
			`let the endpoint check the signature of SNS instead, for instance https://alerts.example.com/hook`},
	{"log days that CloudWatch does not take", addToAccount("log_days: 366"),
		"accounts/production.yaml:5:1: log_days is 366, which is not allowed; " +
			"allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653"},
	{"form here, rules in the environment", addToAccount("log_days: 366\nproject: Titan"),
		"accounts/production.yaml:5:1: log_days is 366, which is not allowed; " +
			"allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, " +
			"3288, 3653" + "\n" +
			`accounts/production.yaml:6:1: project is "Titan", which does not match ^[a-z][a-z0-9]*(-[a-z0-9]+)*$: ` +
			`Project begins the name of everything in the account, and of its environments: ` +
			`2 to 20 lower case letters, digits and single hyphens. With an environment's name it may have 24 characters ` +
			`together, up to 27 where regions have short names (docs/account.md). Default: titan`},
}
