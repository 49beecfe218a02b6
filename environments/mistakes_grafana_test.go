package environments

// withGrafana is Grafana behind the load balancer, with a setting more.
func withGrafana(name, cidrs, more string) edit {
	return add("addons: {grafana: {name: " + name + ", allow_cidrs: [" + cidrs + "]" + more + "}}")
}

// oidc is a client of an identity provider, with settings more.
func oidc(more string) string {
	return ", oidc: {client_id: grafana, auth_url: \"https://login.example.com/auth\", " +
		"token_url: \"https://login.example.com/token\", userinfo_url: \"https://login.example.com/userinfo\"" + more + "}"
}

// grafanaMistakes are names, callers and logins by which Grafana would be the internet's, or nobody's.
var grafanaMistakes = []mistake{
	{"without a name", add("addons: {grafana: {allow_cidrs: [8.8.8.0/24]}}"),
		`prod.yaml:8:10: addons.grafana.name is missing: Name is what they call, in the zone and no public name; ` +
			`it gets a certificate of its own`},
	{"without callers", add("addons: {grafana: {name: grafana.titan.example.com}}"),
		`prod.yaml:8:10: addons.grafana.allow_cidrs is missing: AllowCIDRs are the public IPv4 blocks of one's own ` +
			`networks that may call it, each a /8 at least: never the internet. ` +
			`Without an edge they are in load_balancer.allow_cidrs, too`},
	{"name of another zone", withGrafana("grafana.example.org", "8.8.8.0/24", ""),
		`prod.yaml:8:20: addons.grafana.name is "grafana.example.org", no name in the zone "titan.example.com", ` +
			`where its record and the proof for its certificate are made; choose one, for instance grafana.titan.example.com`},
	{"name in capitals", withGrafana("Grafana.titan.example.com", "8.8.8.0/24", ""),
		`prod.yaml:8:20: addons.grafana.name is "Grafana.titan.example.com", not a domain name of at most 64 characters, ` +
			`which is what ACM makes certificates for; write it in lower case and without a final dot, ` +
			`for instance grafana.titan.example.com`},
	{"name of the zone", withGrafana("titan.example.com", "8.8.8.0/24", ""),
		`prod.yaml:8:20: addons.grafana.name is "titan.example.com", no name in the zone "titan.example.com", ` +
			`where its record and the proof for its certificate are made; choose one, for instance grafana.titan.example.com`},
	{"name of the application", withGrafana("api.titan.example.com", "8.8.8.0/24", ""),
		`prod.yaml:8:20: addons.grafana.name is "api.titan.example.com", ` +
			`and everybody may call the public name "api.titan.example.com", which has it in; choose another`},
	{"name of a region's load balancer", withGrafana("grafana.origin.titan.example.com", "8.8.8.0/24", ""),
		`prod.yaml:8:20: addons.grafana.name is "grafana.origin.titan.example.com", ` +
			`and origin.titan.example.com and what is below it are the load balancers' names behind CloudFront; ` +
			`choose another, for instance grafana.titan.example.com`},
	{"name that a wildcard takes in",
		edit{"create_zone: true}\n", "create_zone: true, names: [{name: \"*.titan.example.com\"}]}\n" +
			"addons: {grafana: {name: grafana.tools.titan.example.com, allow_cidrs: [8.8.8.0/24]}}\n"},
		`prod.yaml:8:20: addons.grafana.name is "grafana.tools.titan.example.com", ` +
			`and everybody may call the public name "*.titan.example.com", which has it in; choose another`},
	{"everybody", withGrafana("grafana.titan.example.com", "0.0.0.0/0", ""),
		`prod.yaml:8:67: addons.grafana.allow_cidrs[0] is "0.0.0.0/0", a /0, and what may call Grafana is at least a /8; ` +
			`list the addresses that your people call from`},
	{"half of everybody", withGrafana("grafana.titan.example.com", "128.0.0.0/1, 8.8.8.8, 10.0.0.0/8", ""),
		`prod.yaml:8:67: addons.grafana.allow_cidrs[0] is "128.0.0.0/1", a /1, and what may call Grafana is at least a /8; ` +
			`list the addresses that your people call from` + "\n" +
			`prod.yaml:8:80: addons.grafana.allow_cidrs[1] is "8.8.8.8", not a block of IPv4 addresses, ` +
			`which is what the load balancer has; write it as 198.51.100.0/24, a single address as 198.51.100.7/32` + "\n" +
			`prod.yaml:8:89: addons.grafana.allow_cidrs[2] is "10.0.0.0/8", of the reserved block 10.0.0.0/8: ` +
			`nobody calls from there over the internet; list the public addresses that they call from`},
	{"more callers than a rule has",
		withGrafana("grafana.titan.example.com", "8.8.8.0/24, 8.8.4.0/24, 9.9.9.0/24, 1.1.1.0/24, 1.0.0.0/24", ""),
		`prod.yaml:8:53: addons.grafana.allow_cidrs has 5 items, more than 4: ` +
			`AllowCIDRs are the public IPv4 blocks of one's own networks that may call it, each a /8 at least: ` +
			`never the internet. Without an edge they are in load_balancer.allow_cidrs, too`},
	{"caller that the load balancer does not let in", withGrafanaAlone("9.9.9.9/32"),
		`prod.yaml:10:79: addons.grafana.allow_cidrs[1] is "9.9.9.9/32", and load_balancer.allow_cidrs has no such block: ` +
			`without an edge that list alone says who may open a connection; add it there, or remove it here`},
	{"provider over HTTP",
		withGrafana("grafana.titan.example.com", "8.8.8.0/24",
			", oidc: {client_id: grafana, auth_url: \"http://login.example.com/auth\", "+
				"token_url: \"https://login.example.com:8443/token\", "+
				"userinfo_url: \"https://10.0.0.1/userinfo\", viewers: [all]}"),
		`prod.yaml:8:107: addons.grafana.oidc.auth_url is "http://login.example.com/auth", not an HTTPS URL on port 443, ` +
			`which is all that Grafana's pod may call; copy it from the provider's .well-known/openid-configuration` + "\n" +
			`prod.yaml:8:150: addons.grafana.oidc.token_url is "https://login.example.com:8443/token", ` +
			`not an HTTPS URL on port 443, which is all that Grafana's pod may call; ` +
			`copy it from the provider's .well-known/openid-configuration` + "\n" +
			`prod.yaml:8:201: addons.grafana.oidc.userinfo_url is "https://10.0.0.1/userinfo", not an HTTPS URL on port 443, ` +
			`which is all that Grafana's pod may call; copy it from the provider's .well-known/openid-configuration`},
	{"provider without a client",
		withGrafana("grafana.titan.example.com", "8.8.8.0/24", ", oidc: {viewers: [developers]}"),
		`prod.yaml:8:80: addons.grafana.oidc.client_id is missing: ClientID is Grafana's at the provider` + "\n" +
			`prod.yaml:8:80: addons.grafana.oidc.auth_url is missing: AuthURL is the provider's authorization_endpoint, ` +
			`as its .well-known/openid-configuration has it` + "\n" +
			`prod.yaml:8:80: addons.grafana.oidc.token_url is missing: TokenURL is its token_endpoint` + "\n" +
			`prod.yaml:8:80: addons.grafana.oidc.userinfo_url is missing: UserinfoURL is its userinfo_endpoint`},
	{"nobody's login", withGrafana("grafana.titan.example.com", "8.8.8.0/24", oidc("")),
		`prod.yaml:8:80: addons.grafana.oidc has no admins, editors or viewers: everybody would be refused; ` +
			`name the groups that may log in, for instance viewers: [developers]`},
	{"group that is an expression",
		withGrafana("grafana.titan.example.com", "8.8.8.0/24",
			oidc(`, admins: ["x') || contains(groups[*], 'y"], viewers: ["a;b"], scopes: ["openid email"]`)),
		`prod.yaml:8:258: addons.grafana.oidc.admins[0] is "x') || contains(groups[*], 'y", not a group's name; ` +
			`write it in letters, digits, spaces and _.:/@+-, or its id` + "\n" +
			`prod.yaml:8:302: addons.grafana.oidc.viewers[0] is "a;b", not a group's name; ` +
			`write it in letters, digits, spaces and _.:/@+-, or its id` + "\n" +
			`prod.yaml:8:319: addons.grafana.oidc.scopes[0] is "openid email", not a scope; ` +
			`write one an item, for instance groups`},
}

// withGrafanaAlone is a load balancer without an edge whose callers are not Grafana's.
func withGrafanaAlone(cidr string) edit {
	return add(
		"edge: {enabled: false}\nload_balancer: {allow_cidrs: [8.8.8.0/24]}\n" +
			"addons: {grafana: {name: grafana.titan.example.com, allow_cidrs: [8.8.8.8/32, " + cidr + "]}}")
}
