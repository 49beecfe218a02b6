package environments

// inZone is another setting of the zone's names, in the file that makes it.
func inZone(setting string) edit { return edit{"create_zone: true", "create_zone: true, " + setting} }

// publicNamesMistakes are further names and certificates that AWS refuses, or that lead nowhere.
var publicNamesMistakes = []mistake{
	{"name of another zone", inZone("names: [{name: www.example.org}]"),
		`prod.yaml:7:60: dns.names[0].name is "www.example.org", outside the zone "titan.example.com", ` +
			`where its record and the proof for its certificate are made; use a name that ends in .titan.example.com, ` +
			`and give names of another zone an environment of their own`},
	{"no name", inZone(`names: [{name: "*.*.titan.example.com"}, {name: WWW.titan.example.com}]`),
		`prod.yaml:7:60: dns.names[0].name is "*.*.titan.example.com", neither a domain name nor one after *.; ` +
			`write it in lower case and without a final dot, for instance www.titan.example.com` + "\n" +
			`prod.yaml:7:93: dns.names[1].name is "WWW.titan.example.com", neither a domain name nor one after *.; ` +
			`write it in lower case and without a final dot, for instance www.titan.example.com`},
	{"wildcard of origins", inZone(`names: [{name: "*.origin.titan.example.com"}]`),
		`prod.yaml:7:60: dns.names[0].name is "*.origin.titan.example.com", ` +
			`and origin.titan.example.com and what is below it are the load balancers' names behind CloudFront; ` +
			`choose another, for instance www.titan.example.com`},
	{"name twice",
		inZone("names: [{name: www.titan.example.com}, {name: api.titan.example.com}, {name: www.titan.example.com}]"),
		`prod.yaml:7:91: dns.names[1].name is "api.titan.example.com", which is a public name already; remove it` + "\n" +
			`prod.yaml:7:122: dns.names[2].name is "www.titan.example.com", which is a public name already; remove it`},
	{"redirect of a wildcard", inZone(`names: [{name: "*.titan.example.com", redirect_to: api.titan.example.com}]`),
		`prod.yaml:7:89: dns.names[0].redirect_to is set for "*.titan.example.com", and a redirect is from one name; ` +
			`list the names, or remove redirect_to`},
	{"redirect to nowhere",
		inZone(`names: [{name: titan.example.com, redirect_to: www.titan.example.com}, {name: "*.titan.example.com"}]`),
		`prod.yaml:7:85: dns.names[0].redirect_to is "www.titan.example.com", ` +
			`and a redirect leads to a public name of this file that is served: api.titan.example.com`},
	{"redirect in a circle",
		inZone(
			"names: [{name: titan.example.com, redirect_to: www.titan.example.com}, " +
				"{name: www.titan.example.com, redirect_to: titan.example.com}]"),
		`prod.yaml:7:85: dns.names[0].redirect_to is "www.titan.example.com", ` +
			`and a redirect leads to a public name of this file that is served: api.titan.example.com` + "\n" +
			`prod.yaml:7:152: dns.names[1].redirect_to is "titan.example.com", ` +
			`and a redirect leads to a public name of this file that is served: api.titan.example.com`},
	{"more names than a certificate has",
		inZone("names: [{name: a.titan.example.com}, {name: b.titan.example.com}, " +
			"{name: c.titan.example.com}, {name: d.titan.example.com}, {name: e.titan.example.com}, " +
			"{name: f.titan.example.com}, {name: g.titan.example.com}, {name: h.titan.example.com}, " +
			"{name: i.titan.example.com}]"),
		`prod.yaml:7:51: dns.names make 11 names with dns.name and the origin's, ` +
			`and a certificate has at most 10 (ACM's quota 'Domain names per ACM certificate'); ` +
			`let a wildcard stand for names of one domain, or name a certificate of your own in certificate_arn`},
	{"certificate of another region", inZone("certificate_arn: arn:aws:acm:eu-west-1:333333333333:certificate/1"),
		`prod.yaml:7:51: dns.certificate_arn is "arn:aws:acm:eu-west-1:333333333333:certificate/1", in eu-west-1, ` +
			`and CloudFront takes certificates of us-east-1 alone; import or request it there`},
	{"certificate of another account", inZone("certificate_arn: arn:aws:acm:us-east-1:222222222222:certificate/1"),
		`prod.yaml:7:51: dns.certificate_arn is "arn:aws:acm:us-east-1:222222222222:certificate/1", ` +
			`of account 222222222222, and CloudFront takes those of the distribution's account alone, 333333333333; ` +
			`import or request it there`},
	{"certificate of another partition", inZone("certificate_arn: arn:aws-cn:acm:us-east-1:333333333333:certificate/1"),
		`prod.yaml:7:51: dns.certificate_arn is "arn:aws-cn:acm:us-east-1:333333333333:certificate/1", ` +
			`of the partition aws-cn, and everything here is in the partition aws; name one of the account`},
	{"certificate of IAM", inZone("certificate_arn: arn:aws:iam::333333333333:server-certificate/x"),
		`prod.yaml:7:51: dns.certificate_arn is "arn:aws:iam::333333333333:server-certificate/x", ` +
			`which does not match ^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$: CertificateARN names a ` +
			`certificate of one's own for the distribution: in us-east-1, of the account, issued for name and names. ` +
			`ACM is then asked for the origin's name alone. Default: none, ACM issues one`},
}

// zoneMistakes are records and delegations that Route 53 refuses, or by which others are not found.
var zoneMistakes = []mistake{
	{"records of a zone that is looked up",
		edit{"create_zone: true", "records: [{name: titan.example.com, type: TXT, values: [x]}], " +
			"delegations: [{name: dev.titan.example.com, name_servers: [ns-1.example.org, ns-2.example.org]}], dnssec: true"},
		`prod.yaml:7:32: dns.records is set, and the zone is looked up: that belongs to the file that makes the zone; ` +
			`move it there, or set create_zone: true` + "\n" +
			`prod.yaml:7:94: dns.delegations is set, and the zone is looked up: that belongs to the file that makes the zone; ` +
			`move it there, or set create_zone: true` + "\n" +
			`prod.yaml:7:192: dns.dnssec is set, and the zone is looked up: that belongs to the file that makes the zone; ` +
			`move it there, or set create_zone: true`},
	{"record of another zone", inZone("records: [{name: titan.example.org, type: TXT, values: [x]}]"),
		`prod.yaml:7:62: dns.records[0].name is "titan.example.org", not a name of the zone; ` +
			`write it in full, in lower case and without a final dot, for instance _dmarc.titan.example.com`},
	{"record twice",
		inZone(
			"records: [{name: titan.example.com, type: TXT, values: [x]}, {name: titan.example.com, type: TXT, values: [y]}]"),
		`prod.yaml:7:113: dns.records[1].name is "titan.example.com", and dns.records[0] has TXT values of it already; ` +
			`put them together`},
	{"unknown type", inZone("records: [{name: x.titan.example.com, type: A, values: [192.0.2.1]}]"),
		`prod.yaml:7:89: dns.records[0].type is "A", which is not allowed; allowed: TXT, MX, CAA, CNAME`},
	{"text in quotes", inZone(`records: [{name: titan.example.com, type: TXT, values: ['"v=spf1 -all"', 'a\b', 'ü']}]`),
		`prod.yaml:7:107: dns.records[0].values[0] is "\"v=spf1 -all\"", with characters that a TXT value can't have here: ` +
			`it takes ASCII without \ and "; leave the quotes out, they and the cuts at 255 characters are made` + "\n" +
			`prod.yaml:7:124: dns.records[0].values[1] is "a\\b", with characters that a TXT value can't have here: ` +
			`it takes ASCII without \ and "; leave the quotes out, they and the cuts at 255 characters are made` + "\n" +
			`prod.yaml:7:131: dns.records[0].values[2] is "ü", with characters that a TXT value can't have here: ` +
			`it takes ASCII without \ and "; leave the quotes out, they and the cuts at 255 characters are made`},
	{"mail servers",
		inZone(
			"records: [{name: titan.example.com, type: MX, values: [mail.example.org, 70000 mail.example.org, " +
				"10 mail.example.org., 10 MAIL]}]"),
		`prod.yaml:7:106: dns.records[0].values[0] is "mail.example.org", not a mail server; ` +
			`write its priority and its name, for instance 10 mail.example.org` + "\n" +
			`prod.yaml:7:124: dns.records[0].values[1] is "70000 mail.example.org", with a priority above 65535; ` +
			`choose 0 to 65535, the least is tried first` + "\n" +
			`prod.yaml:7:148: dns.records[0].values[2] is "10 mail.example.org.", not the name of a mail server; ` +
			`write it in lower case and without a final dot, for instance 10 mail.example.org` + "\n" +
			`prod.yaml:7:170: dns.records[0].values[3] is "10 MAIL", not the name of a mail server; ` +
			`write it in lower case and without a final dot, for instance 10 mail.example.org`},
	{"authorizations",
		inZone(`records: [{name: x.titan.example.com, type: CAA, values: ['issue amazon.com', '1 issue "amazon.com"']}]`),
		`prod.yaml:7:109: dns.records[0].values[0] is "issue amazon.com", not a CAA value; ` +
			`write 0 or 128, then issue, issuewild or iodef, then the value in quotes: '0 issue "amazon.com"'` + "\n" +
			`prod.yaml:7:129: dns.records[0].values[1] is "1 issue \"amazon.com\"", not a CAA value; ` +
			`write 0 or 128, then issue, issuewild or iodef, then the value in quotes: '0 issue "amazon.com"'`},
	{"authorization without Amazon",
		inZone(`records: [{name: titan.example.com, type: CAA, values: ['0 issue "letsencrypt.org"']}]`),
		`prod.yaml:7:98: dns.records[0].values do not let Amazon issue the certificates that ACM makes for ` +
			`origin.titan.example.com, api.titan.example.com (prod.yaml): add '0 issue "amazon.com"'`},
	{"authorization of nobody", inZone(`records: [{name: api.titan.example.com, type: CAA, values: ['0 issue ";"']}]`),
		`prod.yaml:7:102: dns.records[0].values do not let Amazon issue the certificates that ACM makes for ` +
			`api.titan.example.com (prod.yaml): add '0 issue "amazon.com"'`},
	{"authorization of a wildcard",
		inZone(`names: [{name: "*.titan.example.com"}], records: [{name: titan.example.com, type: CAA, ` +
			`values: ['0 issue "amazon.com"', '0 issuewild "digicert.com"']}]`),
		`prod.yaml:7:138: dns.records[0].values do not let Amazon issue the certificates that ACM makes for ` +
			`*.titan.example.com (prod.yaml): add '0 issuewild "amazon.com"'`},
	{"CNAME at the apex", inZone("records: [{name: titan.example.com, type: CNAME, values: [example.org]}]"),
		`prod.yaml:7:87: dns.records[0].type is CNAME at the zone itself, which has other records; ` +
			`make titan.example.com one of dns.names, or put the CNAME below it`},
	{"CNAME of two", inZone("records: [{name: x.titan.example.com, type: CNAME, values: [a.example.org, b.example.org]}]"),
		`prod.yaml:7:102: dns.records[0].values has 2 items, and a CNAME is one name; remove the others`},
	{"CNAME beside another record",
		inZone(
			"records: [{name: x.titan.example.com, type: CNAME, values: [a.example.org.]}, " +
				"{name: x.titan.example.com, type: TXT, values: [x]}]"),
		`prod.yaml:7:89: dns.records[0].type is CNAME, and dns.records[1] is TXT of the same name: ` +
			`a CNAME is all that there is of its name; remove one` + "\n" +
			`prod.yaml:7:111: dns.records[0].values[0] is "a.example.org.", not a name; ` +
			`write it in lower case and without a final dot, for instance target.example.org`},
	{"CNAME of the platform's",
		inZone("records: [{name: eu-west-1.origin.titan.example.com, type: CNAME, values: [a.example.org]}]"),
		`prod.yaml:7:62: dns.records[0].name is "eu-west-1.origin.titan.example.com", which prod.yaml makes a record of: ` +
			`a CNAME is all that there is of its name; remove it, or choose another`},
	{"delegation of the zone",
		inZone("delegations: [{name: titan.example.com, name_servers: [ns-1.example.org, ns-2.example.org]}]"),
		`prod.yaml:7:66: dns.delegations[0].name is "titan.example.com", not a name below the zone; ` +
			`write the child zone's in full, for instance dev.titan.example.com`},
	{"delegation of the platform's names",
		inZone("delegations: [{name: origin.titan.example.com, name_servers: [ns-1.example.org, ns-2.example.org]}]"),
		`prod.yaml:7:66: dns.delegations[0].name is "origin.titan.example.com", ` +
			`and prod.yaml makes the record of origin.titan.example.com in this zone, where nobody would look for it; ` +
			`give that file the child zone, or delegate another name` + "\n" +
			`prod.yaml:7:66: dns.delegations[0].name is "origin.titan.example.com", ` +
			`and prod.yaml makes the record of eu-west-1.origin.titan.example.com in this zone, ` +
			`where nobody would look for it; give that file the child zone, or delegate another name`},
	{"delegation in a delegation",
		inZone("delegations: [{name: dev.titan.example.com, name_servers: [ns-1.example.org, ns-2.example.org]}, " +
			"{name: x.dev.titan.example.com, name_servers: [ns-1.example.org, ns-2.example.org]}], " +
			"records: [{name: y.dev.titan.example.com, type: TXT, values: [x]}]"),
		`prod.yaml:7:149: dns.delegations[1].name is "x.dev.titan.example.com", ` +
			`beside the delegation of "dev.titan.example.com": who answers for the one answers for the other; ` +
			`delegate it from there, or remove one` + "\n" +
			`prod.yaml:7:245: dns.records[0].name is "y.dev.titan.example.com", ` +
			`and the delegation of dev.titan.example.com leaves that to another zone; make the record there`},
	{"one name server", inZone("delegations: [{name: dev.titan.example.com, name_servers: [ns-1.example.org]}]"),
		`prod.yaml:7:95: dns.delegations[0].name_servers has 1 items, fewer than 2: NameServers are the child zone's: ` +
			`the output name_servers of its stack`},
	{"name server by its address",
		inZone("delegations: [{name: dev.titan.example.com, name_servers: [192.0.2.1, ns-2.example.org.]}]"),
		`prod.yaml:7:110: dns.delegations[0].name_servers[0] is "192.0.2.1", not the name of a server; ` +
			`copy the child stack's output name_servers, for instance ns-1.awsdns-01.org` + "\n" +
			`prod.yaml:7:121: dns.delegations[0].name_servers[1] is "ns-2.example.org.", not the name of a server; ` +
			`copy the child stack's output name_servers, for instance ns-1.awsdns-01.org`},
	{"DS in an unsigned zone",
		inZone(
			"delegations: [{name: dev.titan.example.com, name_servers: [ns-1.example.org, ns-2.example.org], " +
				"ds: [12345 13 2 abc]}]"),
		`prod.yaml:7:147: dns.delegations[0].ds is set, and dns.dnssec is off: nobody trusts the word of an unsigned zone; ` +
			`sign this one first, or remove the line` + "\n" +
			`prod.yaml:7:152: dns.delegations[0].ds[0] is "12345 13 2 abc", not a DS record; ` +
			`copy the child stack's output ds_record: key tag, algorithm, digest type and digest`},
}
