package environments

// inNetwork is another setting of the network.
func inNetwork(setting string) edit {
	return edit{"  cidr: 10.30.0.0/16", "  cidr: 10.30.0.0/16\n  " + setting}
}

// accessMistakes are networks that nobody could be answered in, and what endpoints can't let through.
var accessMistakes = []mistake{
	{"no block to call from",
		inNetwork(
			"access: [{cidr: office, gateway: tgw-0123456789abcdef0, to: [api]}, " +
				"{cidr: \"fd00::/16\", gateway: pcx-01234567, to: [api]}]"),
		`prod.yaml:10:13: network.access[0].cidr is "office", not an IPv4 block; write it as 10.100.0.0/16` + "\n" +
			`prod.yaml:10:72: network.access[1].cidr is "fd00::/16", not an IPv4 block; write it as 10.100.0.0/16`},
	{"block to call from with address bits",
		inNetwork("access: [{cidr: 10.100.1.0/16, gateway: pcx-01234567, to: [api]}]"),
		`prod.yaml:10:13: network.access[0].cidr is "10.100.1.0/16", with address bits beyond its length; ` +
			`the block is 10.100.0.0/16`},
	{"everybody", inNetwork("access: [{cidr: 0.0.0.0/0, gateway: tgw-0123456789abcdef0, to: [database]}]"),
		`prod.yaml:10:13: network.access[0].cidr is "0.0.0.0/0", a /0, and a network of one's own is at least a /8; ` +
			`list the blocks that people and builds call from`},
	{"block of the VPC to call from",
		inNetwork("access: [{cidr: 10.0.0.0/8, gateway: tgw-0123456789abcdef0, to: [database]}]"),
		`prod.yaml:10:13: network.access[0].cidr is "10.0.0.0/8", which overlaps network.cidr "10.30.0.0/16": ` +
			`answers would stay in the VPC; choose another block for one of the two`},
	{"block to call from twice",
		inNetwork(
			"access: [{cidr: 10.100.0.0/16, gateway: tgw-0123456789abcdef0, to: [database]}, " +
				"{cidr: 10.100.0.0/16, gateway: pcx-01234567, to: [api]}]"),
		`prod.yaml:10:84: network.access[1].cidr is "10.100.0.0/16", which network.access[0] has, too: ` +
			`a table has one route to a block; put what may be called together`},
	{"internet gateway to call by",
		inNetwork("access: [{cidr: 10.100.0.0/16, gateway: igw-0123456789abcdef0, to: [database]}]"),
		`prod.yaml:10:34: network.access[0].gateway is "igw-0123456789abcdef0", ` +
			`which does not match ^(tgw|pcx)-[0-9a-f]{8,17}$: Gateway is the id of what leads there and exists: a transit ` +
			`gateway (tgw-…), which the VPC is attached to, or a VPC peering connection (pcx-…) of the VPC`},
	{"target that nobody may call",
		inNetwork("access: [{cidr: 10.100.0.0/16, gateway: tgw-0123456789abcdef0, to: [cache]}]"),
		`prod.yaml:10:71: network.access[0].to[0] is "cache", which is not allowed; allowed: database, api`},
	{"access without a target", inNetwork("access: [{cidr: 10.100.0.0/16, gateway: tgw-0123456789abcdef0, to: []}]"),
		"prod.yaml:10:66: network.access[0].to has 0 items, fewer than 1: To are what may be called from there: " +
			"database is Aurora on 5432, api the cluster's API on 443, and so whatever `kubectl port-forward` reaches, " +
			"Grafana among it"},
	{"accounts that endpoints can't let through", inNetwork(`endpoint_policy: {accounts: ["333333333333", "4444"]}`),
		`prod.yaml:10:32: network.endpoint_policy.accounts[0] is "333333333333", the environment's own account, ` +
			`which is let through anyway; remove it` + "\n" +
			`prod.yaml:10:48: network.endpoint_policy.accounts[1] is "4444", not the number of an account; ` +
			`write its 12 digits in quotes`},
	{"buckets that endpoints can't let through", inNetwork("endpoint_policy: {open_buckets: [\"s3://mirror\"]}"),
		`prod.yaml:10:36: network.endpoint_policy.open_buckets[0] is "s3://mirror", not a bucket's name; ` +
			`write it without s3:// and without a key, for instance company-packages`},
	{"bucket by its ARN", inNetwork("endpoint_policy: {buckets: [\"arn:aws:s3:::partner\"]}"),
		`prod.yaml:10:31: network.endpoint_policy.buckets[0] is "arn:aws:s3:::partner", not a bucket's name; ` +
			`write it without s3:// and without a key, for instance company-packages`},
	{"logs to nowhere that is known", inNetwork("flow_logs: athena"),
		`prod.yaml:10:3: network.flow_logs is "athena", which is not allowed; allowed: cloudwatch, s3, none`},
	{"access logs to nowhere that is known", add("edge: {access_logs: firehose}"),
		`prod.yaml:8:8: edge.access_logs is "firehose", which is not allowed; allowed: cloudwatch, s3, none`},
}
