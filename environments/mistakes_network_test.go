package environments

// networkMistakes are blocks and zones that a VPC or EKS refuses.
var networkMistakes = []mistake{
	{"block too large", edit{"10.30.0.0/16", "10.0.0.0/8"},
		`prod.yaml:9:3: network.cidr "10.0.0.0/8" is a /8; /16 to /20 are allowed`},
	{"block too small", edit{"10.30.0.0/16", "10.30.0.0/24"},
		`prod.yaml:9:3: network.cidr "10.30.0.0/24" is a /24; /16 to /20 are allowed`},
	{"block with address bits", edit{"10.30.0.0/16", "10.30.1.0/16"},
		`prod.yaml:9:3: network.cidr "10.30.1.0/16" has address bits beyond its length; the block is 10.30.0.0/16`},
	{"public block", edit{"10.30.0.0/16", "52.0.0.0/16"},
		`prod.yaml:9:3: network.cidr "52.0.0.0/16" is not private; take a part of 10.0.0.0/8, 172.16.0.0/12, ` +
			`192.168.0.0/16, 100.64.0.0/10`},
	{"no block", edit{"10.30.0.0/16", "ten"},
		`prod.yaml:9:3: network.cidr "ten" is not an IPv4 block; write it as 10.20.0.0/16`},
	{"zones of another region",
		edit{"  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  availability_zones: [eu-central-1c, eu-west-1a, eu-west-1b]"},
		`prod.yaml:10:24: network.availability_zones[0] is "eu-central-1c", not a zone of eu-west-1; ` +
			`for instance eu-west-1a, eu-west-1b, eu-west-1c`},
	{"two zones", edit{"  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  availability_zones: [eu-west-1a, eu-west-1b]"},
		"prod.yaml:10:3: network.availability_zones has 2 items, fewer than 3: " +
			"AvailabilityZones are the three zones by name, in any order. Default: " +
			"the region's first three that take new subnets"},
	{"unknown nat", edit{"  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  nat: one"},
		`prod.yaml:10:3: network.nat is "one", which is not allowed; allowed: single, per-az`},
	{"s3 interface endpoint",
		edit{"  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  endpoints: [s3, com.amazonaws.eu-west-1.sts]"},
		`prod.yaml:10:15: network.endpoints[0] is "s3", which has a gateway endpoint already, at no cost; remove it` + "\n" +
			`prod.yaml:10:19: network.endpoints[1] is "com.amazonaws.eu-west-1.sts"; ` +
			`give the service as it stands after com.amazonaws.<region>., for instance ecr.api, sts, secretsmanager`},
	{"retention that CloudWatch does not take", edit{"  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  flow_log_days: 100"},
		"prod.yaml:10:3: network.flow_log_days is 100, which is not allowed; " +
			"allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653"},
	{"services overlap the network", edit{`  version: "1.35"`, "  version: \"1.35\"\n  service_cidr: 10.30.16.0/20"},
		`prod.yaml:12:3: cluster.service_cidr "10.30.16.0/20" overlaps network.cidr "10.30.0.0/16": ` +
			`Services could not be told from nodes; choose another block`},
	{"IPv6", edit{"10.30.0.0/16", "fd00::/16"},
		`prod.yaml:9:3: network.cidr "fd00::/16" is not an IPv4 block; write it as 10.20.0.0/16`},
	{"carrier-grade block for Services", inCluster("service_cidr: 100.64.0.0/16"),
		`prod.yaml:12:3: cluster.service_cidr "100.64.0.0/16" is not private; ` +
			`take a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16`},
	{"public block for Services", inCluster("service_cidr: 8.8.0.0/16"),
		`prod.yaml:12:3: cluster.service_cidr "8.8.0.0/16" is not private; ` +
			`take a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16`},
	{"Services too large", inCluster("service_cidr: 10.0.0.0/11"),
		`prod.yaml:12:3: cluster.service_cidr "10.0.0.0/11" is a /11; /12 to /24 are allowed` + "\n" +
			`prod.yaml:12:3: cluster.service_cidr "10.0.0.0/11" overlaps network.cidr "10.30.0.0/16": ` +
			`Services could not be told from nodes; choose another block`},
	{"Services too small", inCluster("service_cidr: 192.168.0.0/25"),
		`prod.yaml:12:3: cluster.service_cidr "192.168.0.0/25" is a /25; /12 to /24 are allowed`},
	{"network over the Services' default", edit{"10.30.0.0/16", "172.20.0.0/16"},
		`prod.yaml:10:1: cluster.service_cidr "172.20.0.0/16" overlaps network.cidr "172.20.0.0/16": ` +
			`Services could not be told from nodes; choose another block`},
	{"link-local network", edit{"10.30.0.0/16", "169.254.0.0/16"},
		`prod.yaml:9:3: network.cidr "169.254.0.0/16" is not private; take a part of 10.0.0.0/8, 172.16.0.0/12, ` +
			`192.168.0.0/16, 100.64.0.0/10`},
	{"zone that is no letter",
		edit{"  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  availability_zones: [eu-west-11, eu-west-1a, eu-west-1b]"},
		`prod.yaml:10:24: network.availability_zones[0] is "eu-west-11", not a zone of eu-west-1; ` +
			`for instance eu-west-1a, eu-west-1b, eu-west-1c`},
	{"zone by its id",
		edit{"  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  availability_zones: [euw1-az1, eu-west-1a, eu-west-1b]"},
		`prod.yaml:10:24: network.availability_zones[0] is "euw1-az1", not a zone of eu-west-1; ` +
			`for instance eu-west-1a, eu-west-1b, eu-west-1c`},
	{"Local Zone",
		edit{"  cidr: 10.30.0.0/16",
			"  cidr: 10.30.0.0/16\n  availability_zones: [eu-west-1-dub-1a, eu-west-1a, eu-west-1b]"},
		`prod.yaml:10:24: network.availability_zones[0] is "eu-west-1-dub-1a", not a zone of eu-west-1; ` +
			`for instance eu-west-1a, eu-west-1b, eu-west-1c`},
}

// endpointMistakes are ways to the cluster's API that EKS refuses, or that are too wide.
var endpointMistakes = []mistake{
	{"endpoint open to the world", edit{`  version: "1.35"`, "  version: \"1.35\"\n  public_cidrs: [0.0.0.0/0]"},
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"0.0.0.0/0\", the whole internet, in production; " +
			"list your own addresses, or none and `deployer: codebuild`"},
	{"endpoint open to addresses that call from nowhere",
		edit{`  version: "1.35"`,
			"  version: \"1.35\"\n  public_cidrs: [10.0.0.0/16, 100.64.3.0/24, \"2001:db8::/32\", 8.0.0.0/5]"},
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"10.0.0.0/16\", of the reserved block 10.0.0.0/8, which EKS refuses: " +
			"nobody calls from there over the internet; list the public addresses that you call from, or none and " +
			"`deployer: codebuild`" + "\n" +
			"prod.yaml:12:31: cluster.public_cidrs[1] is \"100.64.3.0/24\", of the reserved block 100.64.0.0/10, " +
			"which EKS refuses: nobody calls from there over the internet; " +
			"list the public addresses that you call from, or none and `deployer: codebuild`" + "\n" +
			`prod.yaml:12:46: cluster.public_cidrs[2] is "2001:db8::/32", of IPv6, which EKS refuses for a cluster of IPv4; ` +
			`list the IPv4 addresses that you call from` + "\n" +
			"prod.yaml:12:63: cluster.public_cidrs[3] is \"8.0.0.0/5\", of the reserved block 10.0.0.0/8, which EKS refuses: " +
			"nobody calls from there over the internet; list the public addresses that you call from, or none and " +
			"`deployer: codebuild`"},
	{"deployer without addresses", edit{`  version: "1.35"`, "  version: \"1.35\"\n  deployer: public-cidrs"},
		`prod.yaml:12:3: cluster.deployer is "public-cidrs", and public_cidrs is empty: ` +
			`nobody could reach the cluster's API; list your addresses there, or set deployer: codebuild`},
	{"two halves of the internet", inCluster("public_cidrs: [0.0.0.0/1, 128.0.0.0/1]"),
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"0.0.0.0/1\", of the reserved block 0.0.0.0/8, which EKS refuses: " +
			"nobody calls from there over the internet; list the public addresses that you call from, or none and " +
			"`deployer: codebuild`" + "\n" +
			"prod.yaml:12:29: cluster.public_cidrs[1] is \"128.0.0.0/1\", of the reserved block 169.254.0.0/16, " +
			"which EKS refuses: nobody calls from there over the internet; " +
			"list the public addresses that you call from, or none and `deployer: codebuild`"},
	{"the internet in pieces", inCluster("public_cidrs: [16.0.0.0/4, 32.0.0.0/3, 64.0.0.0/3]"),
		"prod.yaml:12:3: cluster.public_cidrs are 1342177280 addresses together, and in production at most 1048576, a /12, " +
			"may reach the cluster's API; list your own addresses, or none and `deployer: codebuild`"},
	{"three blocks that are each taken", inCluster("public_cidrs: [11.0.0.0/13, 12.0.0.0/13, 13.0.0.0/13]"),
		"prod.yaml:12:3: cluster.public_cidrs are 1572864 addresses together, and in production at most 1048576, a /12, " +
			"may reach the cluster's API; list your own addresses, or none and `deployer: codebuild`"},
	{"many blocks, one inside another", inCluster("public_cidrs: [11.0.0.0/12, 11.1.0.0/16, 12.0.0.0/32]"),
		"prod.yaml:12:3: cluster.public_cidrs are 1048577 addresses together, and in production at most 1048576, a /12, " +
			"may reach the cluster's API; list your own addresses, or none and `deployer: codebuild`"},
	{"41 blocks",
		inCluster(
			"public_cidrs: [52.1.0.0/24, 52.1.2.0/24, 52.1.4.0/24, 52.1.6.0/24, 52.1.8.0/24, 52.1.10.0/24, 52.1.12.0/24, " +
				"52.1.14.0/24, 52.1.16.0/24, 52.1.18.0/24, 52.1.20.0/24, 52.1.22.0/24, 52.1.24.0/24, 52.1.26.0/24, 52.1.28.0/24, " +
				"52.1.30.0/24, 52.1.32.0/24, 52.1.34.0/24, 52.1.36.0/24, 52.1.38.0/24, 52.1.40.0/24, 52.1.42.0/24, 52.1.44.0/24, " +
				"52.1.46.0/24, 52.1.48.0/24, 52.1.50.0/24, 52.1.52.0/24, 52.1.54.0/24, 52.1.56.0/24, 52.1.58.0/24, 52.1.60.0/24, " +
				"52.1.62.0/24, 52.1.64.0/24, 52.1.66.0/24, 52.1.68.0/24, 52.1.70.0/24, 52.1.72.0/24, 52.1.74.0/24, 52.1.76.0/24, " +
				"52.1.78.0/24, 52.1.80.0/24]"),
		"prod.yaml:12:3: cluster.public_cidrs has 41 items, more than 40: PublicCIDRs may reach the API's public endpoint: " +
			"public IPv4 blocks, of which EKS takes 40. With none there is no public endpoint. Default: none"},
	{"IPv6 internet", inCluster(`public_cidrs: ["::/0"]`),
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"::/0\", the whole internet, in production; " +
			"list your own addresses, or none and `deployer: codebuild`"},
	{"IPv4 in the form of IPv6", inCluster(`public_cidrs: ["::ffff:52.0.0.0/104"]`),
		`prod.yaml:12:18: cluster.public_cidrs[0] is "::ffff:52.0.0.0/104", IPv4 in the form of IPv6; ` +
			`write it as 52.0.0.0/8`},
	{"RFC 1918", inCluster("public_cidrs: [192.168.1.0/24, 172.16.0.0/12]"),
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"192.168.1.0/24\", of the reserved block 192.168.0.0/16, " +
			"which EKS refuses: nobody calls from there over the internet; list the public addresses that you call from, " +
			"or none and `deployer: codebuild`" + "\n" +
			"prod.yaml:12:34: cluster.public_cidrs[1] is \"172.16.0.0/12\", of the reserved block 172.16.0.0/12, " +
			"which EKS refuses: nobody calls from there over the internet; " +
			"list the public addresses that you call from, or none and `deployer: codebuild`"},
	{"link-local", inCluster("public_cidrs: [169.254.169.254/32]"),
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"169.254.169.254/32\", of the reserved block 169.254.0.0/16, " +
			"which EKS refuses: nobody calls from there over the internet; list the public addresses that you call from, " +
			"or none and `deployer: codebuild`"},
	{"loopback", inCluster("public_cidrs: [127.0.0.1/32]"),
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"127.0.0.1/32\", of the reserved block 127.0.0.0/8, " +
			"which EKS refuses: nobody calls from there over the internet; list the public addresses that you call from, " +
			"or none and `deployer: codebuild`"},
	{"multicast", inCluster("public_cidrs: [224.0.0.0/24]"),
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"224.0.0.0/24\", of the reserved block 224.0.0.0/4, " +
			"which EKS refuses: nobody calls from there over the internet; list the public addresses that you call from, " +
			"or none and `deployer: codebuild`"},
	{"reserved for later", inCluster("public_cidrs: [250.0.0.0/8]"),
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"250.0.0.0/8\", of the reserved block 240.0.0.0/4, " +
			"which EKS refuses: nobody calls from there over the internet; list the public addresses that you call from, " +
			"or none and `deployer: codebuild`"},
	{"for benchmarks", inCluster("public_cidrs: [198.18.0.0/16]"),
		"prod.yaml:12:18: cluster.public_cidrs[0] is \"198.18.0.0/16\", of the reserved block 198.18.0.0/15, " +
			"which EKS refuses: nobody calls from there over the internet; list the public addresses that you call from, " +
			"or none and `deployer: codebuild`"},
	{"address without a length", inCluster("public_cidrs: [52.1.2.3]"),
		`prod.yaml:12:18: cluster.public_cidrs[0] is "52.1.2.3", not an address block; ` +
			`write it as 198.51.100.0/24, a single address as 198.51.100.7/32`},
	{"address bits beyond its length", inCluster("public_cidrs: [52.1.2.3/24]"),
		`prod.yaml:12:18: cluster.public_cidrs[0] is "52.1.2.3/24", not an address block; ` +
			`write it as 198.51.100.0/24, a single address as 198.51.100.7/32`},
	{"leading zeros", inCluster("public_cidrs: [052.1.2.0/24]"),
		`prod.yaml:12:18: cluster.public_cidrs[0] is "052.1.2.0/24", not an address block; ` +
			`write it as 198.51.100.0/24, a single address as 198.51.100.7/32`},
	{"the same block twice", inCluster("public_cidrs: [52.1.2.0/24, 52.1.2.0/24]"),
		"prod.yaml:12:31: cluster.public_cidrs[1] repeats item 0 of the list; remove one of them"},
}
