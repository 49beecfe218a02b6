package environments

// DNS is the hosted zone and the names in it.
type DNS struct {
	// Zone is the hosted zone's domain name. Required.
	Zone string `yaml:"zone" jsonschema:"required,format=hostname"`
	// CreateZone makes the zone; otherwise it is looked up. One file a zone makes it. Default: false.
	CreateZone bool `yaml:"create_zone"`
	// ZoneID names the zone that is looked up where the account has two of its name. Default: none,
	// it is found by its name.
	ZoneID string `yaml:"zone_id" jsonschema:"pattern=^Z[A-Z0-9]{1\\,31}$"`
	// Delegated is whether the parent domain's name servers point at the zone. Until they do, no certificate can be
	// validated, so `false` leaves out every stack but the zone's, untouched. Default: true.
	Delegated bool `yaml:"delegated"`
	// Domain is the environment's own domain, the zone or inside it: the origin is `origin.<domain>`. Default: the zone.
	Domain string `yaml:"domain" jsonschema:"format=hostname"`
	// Name is what users call, in the domain. Default: api.<domain>.
	Name string `yaml:"name" jsonschema:"format=hostname"`
	// Names are further names that users call, in the zone: its apex, www, a wildcard. One certificate has them all, for
	// 10 names with name and the origin's. A secondary repeats its primary's. Default: none.
	Names []PublicName `yaml:"names" jsonschema:"maxItems=99"`
	// CertificateARN names a certificate of one's own for the distribution: in us-east-1, of the account, issued for name
	// and names. ACM is then asked for the origin's name alone. Default: none, ACM issues one.
	CertificateARN string `yaml:"certificate_arn" jsonschema:"pattern=^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$"`
	// Records are the zone's other records, of whoever makes the zone. Default: none.
	Records []Record `yaml:"records"`
	// Delegations are child zones, such as those of other environments; of whoever makes the zone. Default: none.
	Delegations []Delegation `yaml:"delegations"`
	// DNSSEC signs the zone, of whoever makes it, with a key in us-east-1 (about 1 USD a month). Turning it off has an
	// order: docs/runbooks/dnssec.md. Default: false.
	DNSSEC bool `yaml:"dnssec"`
}

// Edge is CloudFront and its web ACL.
type Edge struct {
	// Enabled is whether the environment has a distribution of its own. Default: true; a secondary never has one.
	Enabled bool `yaml:"enabled"`
	// PriceClass is the set of edge locations. Default: PriceClass_100, in production PriceClass_All.
	PriceClass PriceClass `yaml:"price_class"`
	// AllowCountries are the only countries served (ISO 3166-1 alpha-2). Default: all. Not together with DenyCountries.
	AllowCountries []string `yaml:"allow_countries" jsonschema:"uniqueItems=true"`
	// DenyCountries are the countries not served (ISO 3166-1 alpha-2). Default: none.
	DenyCountries []string `yaml:"deny_countries" jsonschema:"uniqueItems=true"`
	// RateLimit is how many requests one address may make in five minutes, static assets apart, before the web ACL answers
	// 429. AWS's minimum is 10. Default: 2000.
	RateLimit int `yaml:"rate_limit" jsonschema:"minimum=10,maximum=2000000000"`
	// WAF is what the web ACL refuses, and for whom it makes an exception.
	WAF WAF `yaml:"waf"`
	// AccessLogs is where the distribution records each request; what the web ACL refuses is recorded either way.
	// Default: cloudwatch, in development none.
	AccessLogs LogDestination `yaml:"access_logs"`
	// ShieldAdvanced has AWS Shield Advanced protect the distribution, the load balancer and the zone. Needs the
	// subscription of the account: shield_advanced in its file. Default: false (Shield Standard is always on).
	ShieldAdvanced bool `yaml:"shield_advanced"`
	// ViewerProtocolPolicy is what a request by plain HTTP gets of the application. `https-only` refuses it, because a
	// redirect comes after a token went in clear; a site for browsers, and names that redirect, take
	// redirect-to-https. Default: https-only.
	ViewerProtocolPolicy ViewerProtocolPolicy `yaml:"viewer_protocol_policy"`
	// Origin is how long CloudFront waits for the load balancer.
	Origin EdgeOrigin `yaml:"origin"`
	// MaintenancePage stands in for errors 502 and 504. Default: none, errors reach clients as they are.
	MaintenancePage MaintenancePage `yaml:"maintenance_page"`
	// Behaviors are paths with a target, a cache or headers of their own, the first that matches decides. Default: none,
	// /static/* is static assets and all else the application.
	Behaviors []Behavior `yaml:"behaviors"`
	// Redirects send paths elsewhere, the first that matches decides. They all fit into one CloudFront Function
	// of 10 KB. Default: none.
	Redirects []Redirect `yaml:"redirects"`
	// SigningKeys are the public keys (PEM, RSA of 2048 bits or ECDSA P-256) whose private ones sign URLs and cookies for
	// behaviours that are signed. Default: none.
	SigningKeys []string `yaml:"signing_keys" jsonschema:"uniqueItems=true,maxItems=5"`
}

// LoadBalancer is the ALB between CloudFront and the cluster.
type LoadBalancer struct {
	// IdleTimeout is how long an idle connection is kept, in seconds. Default: 60.
	IdleTimeout int `yaml:"idle_timeout" jsonschema:"minimum=1,maximum=4000"`
	// DeregistrationDelay is how long a leaving pod may finish its requests, in seconds. Default: 30.
	DeregistrationDelay int `yaml:"deregistration_delay" jsonschema:"minimum=0,maximum=3600"`
	// SlowStart is over how many seconds a new pod's share of requests grows, 30 to 900; 0 is at once. Default: 30.
	SlowStart int `yaml:"slow_start" jsonschema:"minimum=0,maximum=900"`
	// OriginSecret is which of the two origin header values CloudFront sends; the load balancer takes both. Default: a.
	OriginSecret OriginSecret `yaml:"origin_secret"`
	// AllowCIDRs may call the load balancer: public IPv4 blocks, for an environment without an edge, which nobody reaches
	// otherwise. Default: none.
	AllowCIDRs []string `yaml:"allow_cidrs" jsonschema:"uniqueItems=true,maxItems=50"`
}
