package environments

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var domainName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$`)

func (d DNS) validate(say report, known known) {
	if !known("dns.zone", "dns.domain", "dns.name") {
		return // the three make each other's defaults
	}
	for _, name := range []struct{ path, value string }{
		{"dns.zone", d.Zone},
		{"dns.domain", d.Domain},
		{"dns.name", d.Name},
	} {
		if !domainName.MatchString(name.value) || len(name.value) > 253 {
			say(name.path,
				"is %q, which is not a domain name; write it in lower case and without a final dot, "+
					"for instance api.titan.example.com", name.value)
			return
		}
	}
	if !inside(d.Domain, d.Zone) {
		say("dns.domain",
			"is %q, outside the zone %q; its records could not be made there: use the zone or a name that ends in .%s",
			d.Domain, d.Zone, d.Zone)
	}
	if !inside(d.Name, d.Domain) {
		say("dns.name", "is %q, outside the domain %q; use a name that ends in .%s", d.Name, d.Domain, d.Domain)
	}
	if inside(d.Name, d.Origin()) {
		say("dns.name",
			"is %q, and %s and what is below it are the load balancers' names behind CloudFront; "+
				"choose another, for instance api.%s", d.Name, d.Origin(), d.Domain)
	}
	d.validateLength(say)
	if known("dns.create_zone") && d.CreateZone && d.ZoneID != "" {
		say("dns.zone_id",
			"is %q beside create_zone: true, which makes a zone with an id of its own; remove one of the lines", d.ZoneID)
	}
	if known("dns.create_zone") && !d.Delegated && !d.CreateZone {
		say("dns.delegated",
			"is false, and the zone is looked up: only the file that makes a zone waits for its delegation; "+
				"remove the line or set create_zone: true")
	}
}

// certificateName is the longest subject of a certificate, in octets. A certificate of ours has the public name or the
// origin's for its subject (ACM API Reference, RequestCertificate, DomainName).
const certificateName = 64

func (d DNS) validateLength(say report) {
	if n := len(d.Name); n > certificateName {
		say("dns.name", "is %q, %d characters, and ACM makes certificates for names of at most %d; choose a shorter one",
			d.Name, n, certificateName)
	}
	if n := len(d.Origin()); n > certificateName {
		say("dns.domain",
			"makes the origin's name %q, %d characters, and ACM makes certificates for names of at most %d; "+
				"shorten the domain by %d",
			d.Origin(), n, certificateName, n-certificateName)
	}
}

// Origin is the name that CloudFront calls: the failover record between regions.
func (d DNS) Origin() string { return "origin." + d.Domain }

// RegionalOrigin is the name of a region's load balancer, which Origin leads to.
func (d DNS) RegionalOrigin(region Region) string { return string(region) + "." + d.Origin() }

// names are those that an environment makes records for.
func (e Environment) recordNames() []string {
	names := append(e.DNS.PublicNames(), e.DNS.Origin(), e.DNS.RegionalOrigin(e.Region))
	if e.Addons.Grafana.IsServed() {
		names = append(names, e.Addons.Grafana.Name)
	}
	return names
}

func inside(name, zone string) bool { return name == zone || strings.HasSuffix(name, "."+zone) }

func (e Edge) validate(say report, known known, environment Environment) {
	if known("edge.allow_countries") && len(e.AllowCountries) > 0 && len(e.DenyCountries) > 0 {
		say("edge.deny_countries", "is set beside allow_countries; CloudFront takes one list: remove one of them")
	}
	for path, codes := range map[string][]string{
		"edge.allow_countries": e.AllowCountries,
		"edge.deny_countries":  e.DenyCountries,
	} {
		for i, code := range codes {
			if !slices.Contains(countries, code) {
				say(fmt.Sprintf("%s.%d", path, i),
					"is %q, not the code of a country in two capital letters (ISO 3166-1 alpha-2), for instance DE", code)
			}
		}
	}
	if account := environment.Account; known("account.shield_advanced", "account.organization_provides") &&
		e.ShieldAdvanced && !account.ShieldAdvanced && account.Makes(ServiceShield) {
		say("edge.shield_advanced",
			"is true, and its account is not subscribed; set shield_advanced in %s/%s.yaml, or name shield-advanced in its "+
				"organization_provides where the payer is subscribed", accountsDir, environment.AccountName)
	}
	if known("dr") && e.Enabled && environment.DR.Role == DRSecondary {
		say("edge.enabled", "is true in a secondary, which stands behind its primary's distribution; remove the line")
	}
	e.MaintenancePage.validate(say)
	e.validateBehaviors(say, known, environment.DNS)
	e.validateRedirects(say, known, environment.DNS.HostRedirects())
	e.validateSigningKeys(say)
}

// shortestSlowStart is the least of ELBv2's target group attribute slow_start.duration_seconds, beside 0.
const shortestSlowStart = 30

func (l LoadBalancer) validate(say report) {
	if l.SlowStart > 0 && l.SlowStart < shortestSlowStart {
		say("load_balancer.slow_start",
			"is %d, and the load balancer takes 0 (at once) or %d to 900 seconds; choose one of them",
			l.SlowStart, shortestSlowStart)
	}
}
