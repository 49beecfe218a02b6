package environments

// valid is a small production file that every case below breaks in one way.
const valid = `tier: production
owner: platform
repository: titan-platform/titan
account: production
region: eu-west-1
second_region: eu-central-1
dns: {zone: titan.example.com, create_zone: true}
network:
  cidr: 10.30.0.0/16
cluster:
  version: "1.35"
  node_groups:
    - name: system
      instance_types: [m7i.xlarge]
  admins: ["arn:aws:iam::333333333333:role/platform-admin"]
`

// cases are bad files: what is changed in the valid one, and everything the loader says of it.
var cases = []struct {
	name     string
	old, new string
	want     []string
}{
	{"misspelt key", "  cidr: 10.30", "  cdir: 10.30", []string{
		`prod.yaml:8:1: network.cidr is missing: CIDR is the VPC's IPv4 block, /16 to /20, private, and free in every other environment. Three quarters of it are the private subnets; the rest holds the public and data subnets and a reserve`,
		`prod.yaml:9:3: network.cdir is not a setting; did you mean "cidr"? allowed: availability_zones, cidr, endpoints, flow_log_days, nat`,
	}},
	{"unknown section", "network:\n", "netwrk: {}\nnetwork:\n", []string{
		`prod.yaml:8:1: netwrk is not a setting; did you mean "network"? allowed: account, acknowledge, addons, application, backup, cache, cluster, database, delivery, dns, dr, edge, emulator, load_balancer, network, observability, owner, protection, region, repository, second_region, secrets, tier, tracing`,
	}},
	{"key nothing is like", "owner: platform", "owner: platform\nzzzzzzzz: 1", []string{
		`prod.yaml:3:1: zzzzzzzz is not a setting; allowed: account, acknowledge, addons, application, backup, cache, cluster, database, delivery, dns, dr, edge, emulator, load_balancer, network, observability, owner, protection, region, repository, second_region, secrets, tier, tracing`,
	}},
	{"wrong type: number for string", "version: \"1.35\"", "version: 1.35", []string{
		`prod.yaml:11:3: cluster.version is 1.35, a number, must be a string: put it in quotes`,
	}},
	{"wrong type: string for list", "[m7i.xlarge]", "m7i.xlarge", []string{
		`prod.yaml:14:7: cluster.node_groups[0].instance_types is a string, must be a list: put it in [brackets]`,
	}},
	{"wrong type: string for boolean", "owner: platform", "emulator: \"yes\"", []string{
		`prod.yaml:2:1: emulator is "yes", a string, must be true or false: Emulator says that the environment lives on an emulated AWS on this machine. It changes nothing in the synthesized JSON: the emulator is reached by environment variables alone. Default: false`,
	}},
	{"no value", "second_region: eu-central-1", "second_region:", []string{
		`prod.yaml:6:1: second_region has no value; give it one (string) or remove the line`,
	}},
	{"duplicate key", "owner: platform", "owner: platform\nowner: other", []string{
		`prod.yaml:3:1: owner is set twice, first on line 2; remove one of them`,
	}},
	{"alias", "owner: platform\n", "owner: &o platform\nproject: *o\n", []string{
		`prod.yaml:3:10: project is an alias (*o): aliases are not taken here, so that a file says what it means; write the value out`,
	}},
	{"merge key", "network:\n", "network:\n  <<: {nat: single}\n", []string{
		`prod.yaml:9:3: a key of network is not a plain word: merges (<<) and keys made of lists or mappings are not taken here; write the settings out`,
	}},
	{"not yaml", "owner: platform", "owner: [platform", []string{
		`prod.yaml:1:1: is not YAML: did not find expected ',' or ']'; check quotes, colons and the indentation (spaces, no tabs)`,
	}},
	{"tab indentation", "  cidr:", "\tcidr:", []string{
		`prod.yaml:9:1: is not YAML: found character that cannot start any token; check quotes, colons and the indentation (spaces, no tabs)`,
	}},
	{"two documents", "tier: production", "tier: production\n---\ntier: production", []string{
		`prod.yaml: holds more than one YAML document: one file is one environment; remove what follows the second ---`,
	}},
	{"tier missing", "tier: production\n", "", []string{
		`prod.yaml:1:1: tier is missing: Tier decides the defaults and the rules that only production has`,
	}},
	{"unknown tier", "tier: production", "tier: prod", []string{
		`prod.yaml:1:1: tier is "prod", which is not allowed; did you mean "production"? allowed: development, staging, production`,
	}},
	{"unknown region", "region: eu-west-1\n", "region: eu-west1\n", []string{
		`prod.yaml:5:1: region is "eu-west1", which is not allowed; did you mean "eu-west-1"? allowed: af-south-1, ap-east-1, ap-northeast-1, ap-northeast-2, ap-northeast-3, ap-south-1, ap-south-2, ap-southeast-1, ap-southeast-2, ap-southeast-3, ap-southeast-4, ca-central-1, ca-west-1, eu-central-1, eu-central-2, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2, eu-west-3, il-central-1, me-central-1, me-south-1, sa-east-1, us-east-1, us-east-2, us-west-2`,
	}},
	{"second region is the region", "eu-central-1", "eu-west-1", []string{
		`prod.yaml:6:1: second_region is "eu-west-1", the region itself: replicas there would be lost with it; name another region`,
	}},
	{"production without a second region", "second_region: eu-central-1\n", "", []string{
		`prod.yaml:1:1: tier is production, and second_region is missing: backups, logs and secrets would have no replica; name a region, for instance eu-central-1`,
	}},
	{"protection off in production", "owner: platform", "owner: platform\nprotection: off", []string{
		"prod.yaml:3:1: protection is off in production: data could be destroyed; set it to full, or add `acknowledge: [protection-off]` for as long as that is meant",
	}},
	{"emulator in production", "owner: platform", "owner: platform\nemulator: true", []string{
		`prod.yaml:3:1: emulator is true in production; an emulated environment is of tier development`,
	}},
	{"acknowledgement twice", "owner: platform", "owner: platform\nacknowledge: [approval-off, approval-off]", []string{
		`prod.yaml:3:29: acknowledge[1] repeats item 0 of the list; remove one of them`,
	}},
	{"block too large", "10.30.0.0/16", "10.0.0.0/8", []string{
		`prod.yaml:9:3: network.cidr "10.0.0.0/8" is a /8; /16 to /20 are allowed`,
	}},
	{"block too small", "10.30.0.0/16", "10.30.0.0/24", []string{
		`prod.yaml:9:3: network.cidr "10.30.0.0/24" is a /24; /16 to /20 are allowed`,
	}},
	{"block with address bits", "10.30.0.0/16", "10.30.1.0/16", []string{
		`prod.yaml:9:3: network.cidr "10.30.1.0/16" has address bits beyond its length; the block is 10.30.0.0/16`,
	}},
	{"public block", "10.30.0.0/16", "52.0.0.0/16", []string{
		`prod.yaml:9:3: network.cidr "52.0.0.0/16" is not private; take a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`,
	}},
	{"no block", "10.30.0.0/16", "ten", []string{
		`prod.yaml:9:3: network.cidr "ten" is not an IPv4 block; write it as 10.20.0.0/16`,
	}},
	{"zones of another region", "  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  availability_zones: [eu-central-1c, eu-west-1a, eu-west-1b]", []string{
		`prod.yaml:10:24: network.availability_zones[0] is "eu-central-1c", not a zone of eu-west-1; for instance eu-west-1a, eu-west-1b, eu-west-1c`,
	}},
	{"two zones", "  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  availability_zones: [eu-west-1a, eu-west-1b]", []string{
		`prod.yaml:10:3: network.availability_zones has 2 items, fewer than 3: AvailabilityZones are the three zones by name, in any order. Default: the region's first three that take new subnets`,
	}},
	{"unknown nat", "  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  nat: one", []string{
		`prod.yaml:10:3: network.nat is "one", which is not allowed; allowed: single, per-az`,
	}},
	{"s3 interface endpoint", "  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  endpoints: [s3, com.amazonaws.eu-west-1.sts]", []string{
		`prod.yaml:10:15: network.endpoints[0] is "s3", which has a gateway endpoint already, at no cost; remove it`,
		`prod.yaml:10:19: network.endpoints[1] is "com.amazonaws.eu-west-1.sts"; give the service as it stands after com.amazonaws.<region>., for instance ecr.api, sts, secretsmanager`,
	}},
	{"retention that CloudWatch does not take", "  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  flow_log_days: 100", []string{
		`prod.yaml:10:3: network.flow_log_days is 100, which is not allowed; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653`,
	}},
	{"services overlap the network", "  version: \"1.35\"", "  version: \"1.35\"\n  service_cidr: 10.30.16.0/20", []string{
		`prod.yaml:12:3: cluster.service_cidr "10.30.16.0/20" overlaps network.cidr "10.30.0.0/16": Services could not be told from nodes; choose another block`,
	}},
	{"endpoint open to the world", "  version: \"1.35\"", "  version: \"1.35\"\n  public_cidrs: [0.0.0.0/0]", []string{
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"0.0.0.0/0\", the whole internet, in production; list your own addresses, or none and `deployer: codebuild`",
	}},
	{"endpoint open to addresses that call from nowhere", "  version: \"1.35\"", "  version: \"1.35\"\n  public_cidrs: [10.0.0.0/16, 100.64.3.0/24, \"2001:db8::/32\", 8.0.0.0/5]", []string{
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"10.0.0.0/16\", of the reserved block 10.0.0.0/8, which EKS refuses: nobody calls from there over the internet; list the public addresses that you call from, or none and `deployer: codebuild`",
		"prod.yaml:12:31: cluster.public_cidrs[1] is \"100.64.3.0/24\", of the reserved block 100.64.0.0/10, which EKS refuses: nobody calls from there over the internet; list the public addresses that you call from, or none and `deployer: codebuild`",
		`prod.yaml:12:46: cluster.public_cidrs[2] is "2001:db8::/32", of IPv6, which EKS refuses for a cluster of IPv4; list the IPv4 addresses that you call from`,
		"prod.yaml:12:63: cluster.public_cidrs[3] is \"8.0.0.0/5\", of the reserved block 10.0.0.0/8, which EKS refuses: nobody calls from there over the internet; list the public addresses that you call from, or none and `deployer: codebuild`",
	}},
	{"owner that no tag takes", "owner: platform", "owner: R&D", []string{
		`prod.yaml:2:1: owner is "R&D", which does not match ^[\p{L}\p{Z}\p{N}_.:/=+@-]+$: Owner is the team to call; it becomes a tag on every resource, which takes letters, digits, spaces and _.:/=+@- alone. Default: the account's`,
	}},
	{"platform applied without a person", "region: eu-west-1\n", "region: eu-west-1\ndelivery: {approval: false}\n", []string{
		"prod.yaml:6:12: delivery.approval is false in production: a commit would reach users without a person's word; set it to true, or add `acknowledge: [approval-off]`",
	}},
	{"deployer without addresses", "  version: \"1.35\"", "  version: \"1.35\"\n  deployer: public-cidrs", []string{
		`prod.yaml:12:3: cluster.deployer is "public-cidrs", and public_cidrs is empty: nobody could reach the cluster's API; list your addresses there, or set deployer: codebuild`,
	}},
	{"nobody who deploys", "  admins: [\"arn:aws:iam::333333333333:role/platform-admin\"]\n", "", []string{
		`prod.yaml:10:1: cluster.admins is empty, and its account has no role: nobody could get into the cluster, or renew its secrets; name those who deploy, for instance [arn:aws:iam::333333333333:role/platform-admin]`,
	}},
	{"admin that is no principal", "\"arn:aws:iam::333333333333:role/platform-admin\"", "platform-admin", []string{
		`prod.yaml:15:12: cluster.admins[0] is "platform-admin", not the ARN of an IAM role or user, for instance arn:aws:iam::333333333333:role/platform-admin`,
	}},
	{"instance type of another architecture", "[m7i.xlarge]", "[m7i.xlarge, m7g.xlarge]", []string{
		`prod.yaml:14:36: cluster.node_groups[0].instance_types[1] is "m7g.xlarge", of arm64, and the group's architecture is amd64; choose types of one architecture or set architecture: arm64`,
	}},
	{"instance types of two sizes", "[m7i.xlarge]", "[m7i.xlarge, m7i.large]", []string{
		`prod.yaml:14:36: cluster.node_groups[0].instance_types[1] is "m7i.large", and the group's first type is of size xlarge; the autoscaler counts on nodes of one size: choose .xlarge types`,
	}},
	{"spot with one type", "    - name: system", "    - name: system\n      capacity: spot", []string{
		`prod.yaml:15:7: cluster.node_groups[0].instance_types has 1 types; a Spot group needs at least 3, so that one pool running dry does not empty it`,
	}},
	{"node group twice", "    - name: system\n", "    - name: system\n      instance_types: [m7i.large]\n    - name: system\n", []string{
		`prod.yaml:15:7: cluster.node_groups[1].name is "system", the name of a group before it; names are unique in a cluster`,
	}},
	{"more nodes at least than at most", "    - name: system\n", "    - name: system\n      min: 5\n", []string{
		`prod.yaml:14:7: cluster.node_groups[0].min is 5, above max 3; raise max or lower min`,
	}},
	{"domain outside the zone", "create_zone: true", "create_zone: true, domain: titan.example.org", []string{
		`prod.yaml:7:51: dns.domain is "titan.example.org", outside the zone "titan.example.com"; its records could not be made there: use the zone or a name that ends in .titan.example.com`,
	}},
	{"name that is the origin", "create_zone: true", "create_zone: true, name: origin.titan.example.com", []string{
		`prod.yaml:7:51: dns.name is "origin.titan.example.com", and origin.titan.example.com and what is below it are the load balancers' names behind CloudFront; choose another, for instance api.titan.example.com`,
	}},
	{"name that is a region's origin", "create_zone: true", "create_zone: true, name: eu-west-1.origin.titan.example.com", []string{
		`prod.yaml:7:51: dns.name is "eu-west-1.origin.titan.example.com", and origin.titan.example.com and what is below it are the load balancers' names behind CloudFront; choose another, for instance api.titan.example.com`,
	}},
	{"id of a zone that is made", "create_zone: true", "create_zone: true, zone_id: Z0123456789ABCDEFGHIJ", []string{
		`prod.yaml:7:51: dns.zone_id is "Z0123456789ABCDEFGHIJ" beside create_zone: true, which makes a zone with an id of its own; remove one of the lines`,
	}},
	{"id that is no zone's", "create_zone: true", "zone_id: z1", []string{
		`prod.yaml:7:32: dns.zone_id is "z1", which does not match ^Z[A-Z0-9]{1,31}$: ZoneID names the zone that is looked up where the account has two of its name. Default: none, it is found by its name`,
	}},
	{"zone that is no domain", "zone: titan.example.com", "zone: Titan.example.com.", []string{
		`prod.yaml:7:7: dns.zone is "Titan.example.com.", which is not a domain name; write it in lower case and without a final dot, for instance api.titan.example.com`,
	}},
	{"undelegated zone that is looked up", "create_zone: true", "delegated: false", []string{
		`prod.yaml:7:32: dns.delegated is false, and the zone is looked up: only the file that makes a zone waits for its delegation; remove the line or set create_zone: true`,
	}},
	{"rate limit below AWS's minimum", "region: eu-west-1\n", "region: eu-west-1\nedge: {rate_limit: 5}\n", []string{
		`prod.yaml:6:8: edge.rate_limit is 5, below the least allowed, 10: RateLimit is how many requests one address may make in five minutes before the web ACL blocks it. AWS's minimum is 10. Default: 2000`,
	}},
	{"both country lists", "region: eu-west-1\n", "region: eu-west-1\nedge: {allow_countries: [DE], deny_countries: [germany]}\n", []string{
		`prod.yaml:6:31: edge.deny_countries is set beside allow_countries; CloudFront takes one list: remove one of them`,
		`prod.yaml:6:48: edge.deny_countries[0] is "germany", not a country code of two capital letters (ISO 3166-1 alpha-2), for instance DE`,
	}},
	{"slow start too short", "region: eu-west-1\n", "region: eu-west-1\nload_balancer: {slow_start: 10}\n", []string{
		"prod.yaml:6:17: load_balancer.slow_start is 10, and the load balancer takes 0 (at once) or 30 to 900 seconds; choose one of them",
	}},
	{"recovery window too short", "region: eu-west-1\n", "region: eu-west-1\nsecrets: {recovery_days: 3}\n", []string{
		"prod.yaml:6:11: secrets.recovery_days is 3, and Secrets Manager takes 0 (deleted at once) or 7 to 30 days; choose one of them",
	}},
	{"retention of no day", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {retention_days: 0}\n", []string{
		`prod.yaml:6:12: database.retention_days is 0, below the least allowed, 1: RetentionDays is how far back point-in-time recovery reaches, in days. Default: 35 in production, else 7`,
	}},
	{"retention of 36 days", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {retention_days: 36}\n", []string{
		`prod.yaml:6:12: database.retention_days is 36, above the most allowed, 35: RetentionDays is how far back point-in-time recovery reaches, in days. Default: 35 in production, else 7`,
	}},
	{"16 readers", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {readers: 16}\n", []string{
		`prod.yaml:6:12: database.readers is 16, above the most allowed, 15: Readers is how many readers stand beside the writer, each in another zone while there are zones. Production needs two. Default: 2 in production, 1 in staging, 0 in development`,
	}},
	{"one reader in production", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {readers: 1}\n", []string{
		`prod.yaml:6:12: database.readers is 1 in production, which needs at least 2: with the writer, one instance in each of three zones`,
	}},
	{"capacity in thirds", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {max_capacity: 1.3}\n", []string{
		`prod.yaml:6:12: database.max_capacity is 1.3, not a multiple of 0.5: MaxCapacity of db.serverless, in Aurora capacity units. Default: 2`,
	}},
	{"reserved without acknowledgement", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {reserved_instances: true}\n", []string{
		"prod.yaml:6:12: database.reserved_instances is true: buying cannot be undone; add `acknowledge: [reserved-instances]` if it is meant",
	}},
	{"reserved serverless", "region: eu-west-1\n", "region: eu-west-1\nacknowledge: [reserved-instances]\ndatabase: {instance_class: db.serverless, reserved_instances: true}\n", []string{
		`prod.yaml:7:43: database.reserved_instances is true for db.serverless, which cannot be reserved; remove it or name an instance class`,
	}},
	{"more readers than autoscaling may reach", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {readers: 4, max_readers: 3}\n", []string{
		`prod.yaml:6:24: database.max_readers is 3, below readers 4; raise it, or set it to 4 to switch autoscaling off`,
	}},
	{"autoscaling without a reader to measure", "tier: production", "tier: staging\ndatabase: {readers: 0, max_readers: 2}", []string{
		`prod.yaml:2:24: database.max_readers is 2, and readers is 0: autoscaling goes by the readers' CPU and would never begin; set readers to 1 or more, or max_readers to 0`,
	}},
	{"more capacity at least than at most", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {instance_class: db.serverless, min_capacity: 8, max_capacity: 4}\n", []string{
		`prod.yaml:6:43: database.min_capacity is 8, above max_capacity 4; raise one or lower the other`,
	}},
	{"instance class that Aurora does not have", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {instance_class: db.m7g.large}\n", []string{
		`prod.yaml:6:12: database.instance_class is "db.m7g.large", which Aurora does not take; choose a class of db.r, db.x or db.t, for instance db.r8g.large, or db.serverless`,
	}},
	{"snapshot names that RDS refuses", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {snapshots: [before--upgrade, Release]}\n", []string{
		`prod.yaml:6:24: database.snapshots[0] is "before--upgrade"; use lower case letters, digits and single hyphens, beginning with a letter, at most 46`,
		`prod.yaml:6:41: database.snapshots[1] is "Release"; use lower case letters, digits and single hyphens, beginning with a letter, at most 46`,
	}},
	{"one node with replicas", "tier: production", "tier: staging\ncache: {mode: single, replicas: 2}", []string{
		`prod.yaml:2:23: cache.replicas is 2 beside mode: single, which is one node; remove it or set mode: replicated`,
	}},
	{"replication group in two zones", "region: eu-west-1\n", "region: eu-west-1\ncache: {replicas: 1}\n", []string{
		`prod.yaml:6:9: cache.replicas is 1; a replication group here has at least 2, so that with the primary it spans three zones`,
	}},
	{"cache for data tiering", "region: eu-west-1\n", "region: eu-west-1\ncache: {node_type: cache.r6gd.xlarge}\n", []string{
		`prod.yaml:6:9: cache.node_type is "cache.r6gd.xlarge", a type for data tiering, which a cache of this size has no use for; choose another, for instance cache.r7g.large`,
	}},
	{"single-node cache in production", "region: eu-west-1\n", "region: eu-west-1\ncache: {mode: single}\n", []string{
		`prod.yaml:6:9: cache.mode is "single" in production: one node has no failover, no TLS and no login; set it to replicated`,
	}},
	{"cache without encryption", "region: eu-west-1\n", "region: eu-west-1\ncache: {node_type: cache.t2.micro}\n", []string{
		`prod.yaml:6:9: cache.node_type is "cache.t2.micro", a type without encryption at rest; choose a current one, for instance cache.t4g.small`,
	}},
	{"Glacier days out of order", "region: eu-west-1\n", "region: eu-west-1\nbackup: {instant_days: 200, expire_days: 250}\n", []string{
		`prod.yaml:6:1: backup.flexible_days is 180, and instant_days is 200: Glacier Instant Retrieval is billed for 90 days at least; set it to 290 or more`,
		`prod.yaml:6:29: backup.expire_days is 250, and flexible_days is 180: Glacier Flexible Retrieval is billed for 90 days at least; set it to 270 or more`,
	}},
	{"backup copy to the same region", "second_region: eu-central-1", "second_region: eu-west-1", []string{
		`prod.yaml:6:1: second_region is "eu-west-1", the region itself: replicas there would be lost with it; name another region`,
	}},
	{"backup copy to nowhere", "tier: production\nowner: platform\nrepository: titan-platform/titan\naccount: production\nregion: eu-west-1\nsecond_region: eu-central-1\n",
		"tier: staging\nowner: platform\nrepository: titan-platform/titan\naccount: production\nregion: eu-west-1\nbackup: {copy_days: 90}\n", []string{
			`prod.yaml:6:10: backup.copy_days is 90, and second_region is missing: there would be no copy; remove it, or name a region`,
		}},
	{"backups kept for no day", "region: eu-west-1\n", "region: eu-west-1\nbackup: {retention_days: 0, copy_days: 36501}\n", []string{
		`prod.yaml:6:10: backup.retention_days is 0, below the least allowed, 1: RetentionDays is how long a daily backup is kept, in days. Default: 35 in production, else 7`,
		`prod.yaml:6:29: backup.copy_days is 36501, above the most allowed, 36500: CopyDays is how long its copy in the second region is kept, in days. Default: retention_days`,
	}},
	{"snapshot with a name that is too long", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {snapshots: [before-the-migration-of-the-customers-table-again]}\n", []string{
		`prod.yaml:6:24: database.snapshots[0] is "before-the-migration-of-the-customers-table-again"; use lower case letters, digits and single hyphens, beginning with a letter, at most 46`,
	}},
	{"database restored from what is no snapshot", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {restored_from: arn:aws:backup:eu-west-1:333333333333:recovery-point:x}\n", []string{
		`prod.yaml:6:12: database.restored_from is "arn:aws:backup:eu-west-1:333333333333:recovery-point:x"; write the name of a cluster snapshot of this region, or its ARN, arn:aws:rds:eu-west-1:<account>:cluster-snapshot:<name>`,
	}},
	{"database restored from another region's snapshot", "region: eu-west-1\n", "region: eu-west-1\ndatabase: {restored_from: arn:aws:rds:eu-central-1:333333333333:cluster-snapshot:awsbackup:copyjob-1}\n", []string{
		`prod.yaml:6:12: database.restored_from is a snapshot in "eu-central-1", and a database is restored where its snapshot is; name the copy in eu-west-1`,
	}},
	{"compliance lock without acknowledgement", "region: eu-west-1\n", "region: eu-west-1\nbackup: {vault_lock: compliance}\n", []string{
		"prod.yaml:6:10: backup.vault_lock is \"compliance\": after its grace time nobody can delete a recovery point, AWS included; add `acknowledge: [compliance-vault-lock]` if it is meant",
	}},
	{"automatic failover onto a snapshot", "region: eu-west-1\n", "region: eu-west-1\ndr: {role: primary, failover: automatic}\n", []string{
		`prod.yaml:6:21: dr.failover is automatic, and the second region's database is a restored snapshot: stale data would take writes; set it to manual`,
	}},
	{"secondary of nobody", "region: eu-west-1\n", "region: eu-west-1\ndr: {primary: prd}\ndatabase: {restored_from: a}\n", []string{
		`prod.yaml:6:6: dr.primary is "prd", and there is no such environment (or its file has problems); name one of this folder`,
	}},
	{"active primary", "region: eu-west-1\n", "region: eu-west-1\ndr: {role: primary, active: true}\n", []string{
		`prod.yaml:6:21: dr.active is true, and dr.role is primary; it is the secondary that is activated: set it in that file`,
	}},
	{"fenced without a secondary", "region: eu-west-1\n", "region: eu-west-1\ndr: {fenced: true}\n", []string{
		`prod.yaml:6:6: dr.fenced is true, and dr.role is none; only a primary is fenced, while its secondary serves: remove the line`,
	}},
	{"fenced without saying what is outdated", "region: eu-west-1\n", "region: eu-west-1\ndr: {role: primary, fenced: true}\n", []string{
		`prod.yaml:6:1: dr.outdated is missing beside dr.fenced: it says what the data is made from that must not be served again; write outdated: none`,
	}},
	{"fence taken from data that is old", "region: eu-west-1\n", "region: eu-west-1\ndr: {role: primary, outdated: birthday-db-prod-dr-failback}\ndatabase: {restored_from: birthday-db-prod-dr-failback}\n", []string{
		`prod.yaml:6:21: dr.outdated is "birthday-db-prod-dr-failback", and the database is still made from that: what was written in the second region since the fence is not in it. ` +
			"Keep dr.fenced: true until database.restored_from names a snapshot of the secondary (docs/runbooks/failover.md)",
	}},
	{"fence taken from data that was never restored", "region: eu-west-1\n", "region: eu-west-1\ndr: {role: primary, outdated: none}\n", []string{
		`prod.yaml:6:21: dr.outdated is "none", and the database is still made from that: what was written in the second region since the fence is not in it. ` +
			"Keep dr.fenced: true until database.restored_from names a snapshot of the secondary (docs/runbooks/failover.md)",
	}},
	{"address that is none", "region: eu-west-1\n", "region: eu-west-1\nobservability: {emails: [oncall], webhooks: [\"http://x.example.com\"]}\n", []string{
		`prod.yaml:6:26: observability.emails[0] is "oncall", not an e-mail address, for instance oncall@example.com`,
		`prod.yaml:6:46: observability.webhooks[0] is "http://x.example.com", not an HTTPS address, for instance https://alerts.example.com/hook`,
	}},
	{"address that is none, and one without a domain", "region: eu-west-1\n", "region: eu-west-1\nobservability: {emails: [On Call <oncall@example.com>, oncall@localhost]}\n", []string{
		`prod.yaml:6:26: observability.emails[0] is "On Call <oncall@example.com>", not an e-mail address, for instance oncall@example.com`,
		`prod.yaml:6:56: observability.emails[1] is "oncall@localhost", not an e-mail address, for instance oncall@example.com`,
	}},
	{"retention of log groups that CloudWatch does not take", "region: eu-west-1\n", "region: eu-west-1\nobservability: {log_days: 31}\n", []string{
		`prod.yaml:6:17: observability.log_days is 31, which is not allowed; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653`,
	}},
	{"thresholds out of range", "region: eu-west-1\n", "region: eu-west-1\nobservability: {thresholds: {cpu_percent: 101, latency_milliseconds: 0}}\n", []string{
		`prod.yaml:6:30: observability.thresholds.cpu_percent is 101, above the most allowed, 100: CPUPercent is the CPU of database, cache and nodes, in percent. Default: 80`,
		`prod.yaml:6:48: observability.thresholds.latency_milliseconds is 0, below the least allowed, 1: LatencyMilliseconds is the 99th percentile of the response time. Default: 1000`,
	}},
	{"outage below errors", "region: eu-west-1\n", "region: eu-west-1\nobservability: {thresholds: {error_percent: 10, outage_percent: 10}}\n", []string{
		`prod.yaml:6:49: observability.thresholds.outage_percent is 10, not above error_percent 10: every error would be an outage; raise it, or lower error_percent`,
	}},
	{"no approval in production", "region: eu-west-1\n", "region: eu-west-1\ndelivery: {repository: a/b, approval: false}\n", []string{
		"prod.yaml:6:29: delivery.approval is false in production: a commit would reach users without a person's word; set it to true, or add `acknowledge: [approval-off]`",
	}},
	{"empty branch", "region: eu-west-1\n", "region: eu-west-1\ndelivery: {branch: \"\", paths: [\"\"]}\n", []string{
		`prod.yaml:6:12: delivery.branch is empty: Branch whose commits start the pipeline. Default: main`,
	}},
	{"path from the root", "region: eu-west-1\n", "region: eu-west-1\ndelivery: {paths: [/src]}\n", []string{
		`prod.yaml:6:20: delivery.paths[0] is "/src"; give a glob pattern below the repository's root, for instance src/**`,
	}},
	{"nine paths", "region: eu-west-1\n", "region: eu-west-1\ndelivery: {paths: [a, b, c, d, e, f, g, h, i]}\n", []string{
		`prod.yaml:6:12: delivery.paths has 9 items, more than 8: Paths limit the trigger to commits that touch them (at most eight glob patterns). Default: all`,
	}},
	{"branch that is a pattern", "region: eu-west-1\n", "region: eu-west-1\ndelivery: {branch: \"release/*\"}\n", []string{
		`prod.yaml:6:12: delivery.branch is "release/*", not a branch name, for instance main`,
	}},
	{"image for two architectures", "cluster:\n  version: \"1.35\"\n  node_groups:\n", "delivery: {repository: a/b}\ncluster:\n  version: \"1.35\"\n  node_groups:\n    - name: graviton\n      architecture: arm64\n      instance_types: [m7g.xlarge]\n", []string{
		`prod.yaml:10:12: delivery.repository is "a/b", and the node groups are of arm64 and amd64: an image is built for one architecture, and half of the nodes could not run it; choose one for all groups`,
	}},
	{"promotion from nowhere", "region: eu-west-1\n", "region: eu-west-1\ndelivery: {promotes_from: stagin}\n", []string{
		`prod.yaml:6:12: delivery.promotes_from is "stagin", and there is no such environment; allowed: prod`,
	}},
	{"more pods at least than at most", "region: eu-west-1\n", "region: eu-west-1\napplication: {min_replicas: 20}\n", []string{
		`prod.yaml:6:15: application.min_replicas is 20, above max_replicas 12; raise one or lower the other`,
	}},
	{"three mistakes at once", "  cidr: 10.30.0.0/16", "  cdir: 10.30.0.0/16\n  nat: 3\n  flow_log_days: many", []string{
		`prod.yaml:8:1: network.cidr is missing: CIDR is the VPC's IPv4 block, /16 to /20, private, and free in every other environment. Three quarters of it are the private subnets; the rest holds the public and data subnets and a reserve`,
		`prod.yaml:9:3: network.cdir is not a setting; did you mean "cidr"? allowed: availability_zones, cidr, endpoints, flow_log_days, nat`,
		`prod.yaml:10:3: network.nat is 3, a number, must be a string; allowed: single, per-az`,
		`prod.yaml:11:3: network.flow_log_days is "many", a string, must be a whole number; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653`,
	}},
}
