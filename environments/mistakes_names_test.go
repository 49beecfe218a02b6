package environments

// dnsMistakes are names that Route 53 or ACM refuses, or that are taken.
var dnsMistakes = []mistake{
	{"domain outside the zone", edit{"create_zone: true", "create_zone: true, domain: titan.example.org"},
		`prod.yaml:7:51: dns.domain is "titan.example.org", outside the zone "titan.example.com"; ` +
			`its records could not be made there: use the zone or a name that ends in .titan.example.com`},
	{"name that is the origin", edit{"create_zone: true", "create_zone: true, name: origin.titan.example.com"},
		`prod.yaml:7:51: dns.name is "origin.titan.example.com", and origin.titan.example.com and what is below it are the ` +
			`load balancers' names behind CloudFront; choose another, for instance api.titan.example.com`},
	{"name that is a region's origin",
		edit{"create_zone: true", "create_zone: true, name: eu-west-1.origin.titan.example.com"},
		`prod.yaml:7:51: dns.name is "eu-west-1.origin.titan.example.com", ` +
			`and origin.titan.example.com and what is below it are the load balancers' names behind CloudFront; ` +
			`choose another, for instance api.titan.example.com`},
	{"id of a zone that is made", edit{"create_zone: true", "create_zone: true, zone_id: Z0123456789ABCDEFGHIJ"},
		`prod.yaml:7:51: dns.zone_id is "Z0123456789ABCDEFGHIJ" beside create_zone: ` +
			`true, which makes a zone with an id of its own; remove one of the lines`},
	{"id that is no zone's", edit{"create_zone: true", "zone_id: z1"},
		`prod.yaml:7:32: dns.zone_id is "z1", which does not match ^Z[A-Z0-9]{1,31}$: ZoneID names the zone that is looked ` +
			`up where the account has two of its name. Default: none, it is found by its name`},
	{"zone that is no domain", edit{"zone: titan.example.com", "zone: Titan.example.com."},
		`prod.yaml:7:7: dns.zone is "Titan.example.com.", which is not a domain name; ` +
			`write it in lower case and without a final dot, for instance api.titan.example.com`},
	{"undelegated zone that is looked up", edit{"create_zone: true", "delegated: false"},
		"prod.yaml:7:32: dns.delegated is false, and the zone is looked up: " +
			"only the file that makes a zone waits for its delegation; remove the line or set create_zone: true"},
	{"name that no certificate takes",
		edit{"create_zone: true",
			"create_zone: true, name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.titan.example.com"},
		`prod.yaml:7:51: dns.name is "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.titan.example.com", ` +
			`78 characters, and ACM makes certificates for names of at most 64; choose a shorter one`},
	{"origin that no certificate takes",
		edit{"create_zone: true",
			"create_zone: true, name: x.dddddddddddddddddddddddddddddddddddddddd.titan.example.com, " +
				"domain: dddddddddddddddddddddddddddddddddddddddd.titan.example.com"},
		`prod.yaml:7:119: dns.domain makes the origin's name ` +
			`"origin.dddddddddddddddddddddddddddddddddddddddd.titan.example.com", 65 characters, ` +
			`and ACM makes certificates for names of at most 64; shorten the domain by 1`},
	{"origin and name that no certificate takes",
		edit{"create_zone: true",
			"create_zone: true, domain: dddddddddddddddddddddddddddddddddddddddddddddddddd.titan.example.com"},
		`prod.yaml:7:1: dns.name is "api.dddddddddddddddddddddddddddddddddddddddddddddddddd.titan.example.com", ` +
			`72 characters, and ACM makes certificates for names of at most 64; choose a shorter one` + "\n" +
			`prod.yaml:7:51: dns.domain makes the origin's name ` +
			`"origin.dddddddddddddddddddddddddddddddddddddddddddddddddd.titan.example.com", 75 characters, ` +
			`and ACM makes certificates for names of at most 64; shorten the domain by 11`},
	{"label too long",
		edit{"create_zone: true",
			"create_zone: true, name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.titan.example.com"},
		`prod.yaml:7:51: dns.name is "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.titan.example.com", ` +
			`which is not a domain name; write it in lower case and without a final dot, for instance api.titan.example.com`},
	{"wildcard", edit{"create_zone: true", `create_zone: true, name: "*.titan.example.com"`},
		`prod.yaml:7:51: dns.name is "*.titan.example.com", which is not a domain name; ` +
			`write it in lower case and without a final dot, for instance api.titan.example.com`},
	{"underscore", edit{"create_zone: true", "create_zone: true, name: a_b.titan.example.com"},
		`prod.yaml:7:51: dns.name is "a_b.titan.example.com", which is not a domain name; ` +
			`write it in lower case and without a final dot, for instance api.titan.example.com`},
	{"hyphen at a label's end", edit{"create_zone: true", "create_zone: true, name: a-.titan.example.com"},
		`prod.yaml:7:51: dns.name is "a-.titan.example.com", which is not a domain name; ` +
			`write it in lower case and without a final dot, for instance api.titan.example.com`},
	{"top-level domain", edit{"zone: titan.example.com", "zone: com"},
		`prod.yaml:7:7: dns.zone is "com", which is not a domain name; write it in lower case and without a final dot, ` +
			`for instance api.titan.example.com`},
	{"name outside the domain",
		edit{"create_zone: true", "create_zone: true, domain: eu.titan.example.com, name: api.titan.example.com"},
		`prod.yaml:7:81: dns.name is "api.titan.example.com", outside the domain "eu.titan.example.com"; ` +
			`use a name that ends in .eu.titan.example.com`},
	{"address", edit{"zone: titan.example.com", "zone: 10.0.0.1"},
		`prod.yaml:7:7: dns.zone is "10.0.0.1", which is not a domain name; ` +
			`write it in lower case and without a final dot, for instance api.titan.example.com`},
}

// edgeMistakes are settings that CloudFront, WAF or the load balancer refuses.
var edgeMistakes = []mistake{
	{"rate limit below AWS's minimum", edit{"region: eu-west-1\n", "region: eu-west-1\nedge: {rate_limit: 5}\n"},
		"prod.yaml:6:8: edge.rate_limit is 5, below the least allowed, 10: " +
			"RateLimit is how many requests one address may make in five minutes, static assets apart, " +
			"before the web ACL answers 429. AWS's minimum is 10. Default: 2000"},
	{"both country lists",
		edit{"region: eu-west-1\n", "region: eu-west-1\nedge: {allow_countries: [DE], deny_countries: [germany]}\n"},
		"prod.yaml:6:31: edge.deny_countries is set beside allow_countries; CloudFront takes one list: remove one of them" +
			"\n" +
			`prod.yaml:6:48: edge.deny_countries[0] is "germany", not the code of a country in two capital letters (ISO ` +
			`3166-1 alpha-2), for instance DE`},
	{"slow start too short", edit{"region: eu-west-1\n", "region: eu-west-1\nload_balancer: {slow_start: 10}\n"},
		"prod.yaml:6:17: load_balancer.slow_start is 10, and the load balancer takes 0 (at once) or 30 to 900 seconds; " +
			"choose one of them"},
	{"small letters", add("edge: {allow_countries: [de]}"),
		`prod.yaml:8:26: edge.allow_countries[0] is "de", not the code of a country in two capital letters (ISO 3166-1 ` +
			`alpha-2), for instance DE`},
	{"country that is none", add("edge: {deny_countries: [XX]}"),
		`prod.yaml:8:25: edge.deny_countries[0] is "XX", not the code of a country in two capital letters (ISO 3166-1 ` +
			`alpha-2), for instance DE`},
	{"United Kingdom by its domain", add("edge: {allow_countries: [UK]}"),
		`prod.yaml:8:26: edge.allow_countries[0] is "UK", not the code of a country in two capital letters (ISO 3166-1 ` +
			`alpha-2), for instance DE`},
	{"country that is no more", add("edge: {allow_countries: [YU, DE]}"),
		`prod.yaml:8:26: edge.allow_countries[0] is "YU", not the code of a country in two capital letters (ISO 3166-1 ` +
			`alpha-2), for instance DE`},
	{"Europe", add("edge: {allow_countries: [EU]}"),
		`prod.yaml:8:26: edge.allow_countries[0] is "EU", not the code of a country in two capital letters (ISO 3166-1 ` +
			`alpha-2), for instance DE`},
}
