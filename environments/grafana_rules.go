package environments

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// validate holds Grafana's name, callers and login to what keeps it from the internet.
func (g Grafana) validate(say report, known known, environment Environment) {
	if !g.IsServed() || !known("addons.grafana") {
		return
	}
	if known("dns") {
		g.validateName(say, environment.DNS)
	}
	for i, cidr := range g.AllowCIDRs {
		if problem := g.callerProblem(cidr, known, environment); problem != "" {
			say(fmt.Sprintf("addons.grafana.allow_cidrs.%d", i), "%s", problem)
		}
	}
	if g.OIDC.IsSet() {
		g.OIDC.validate(say)
	}
}

// validateName refuses a name that others may call. A distribution answers to whatever ends as its wildcard does, at
// any depth (CloudFront Developer Guide, 'Use the * wildcard in alternate domain names'), and would pass it on.
func (g Grafana) validateName(say report, dns DNS) {
	const path = "addons.grafana.name"
	switch {
	case !domainName.MatchString(g.Name) || len(g.Name) > certificateName:
		say(path, "is %q, not a domain name of at most %d characters, which is what ACM makes certificates for; "+
			"write it in lower case and without a final dot, for instance grafana.%s", g.Name, certificateName, dns.Domain)
		return
	case !inside(g.Name, dns.Zone) || g.Name == dns.Zone:
		say(path, "is %q, no name in the zone %q, where its record and the proof for its certificate are made; "+
			"choose one, for instance grafana.%s", g.Name, dns.Zone, dns.Domain)
		return
	case inside(g.Name, dns.Origin()):
		say(path, "is %q, and %s and what is below it are the load balancers' names behind CloudFront; "+
			"choose another, for instance grafana.%s", g.Name, dns.Origin(), dns.Domain)
	}
	for _, public := range dns.PublicNames() {
		base, isWildcard := strings.CutPrefix(public, wildcard)
		if g.Name == public || isWildcard && inside(g.Name, base) {
			say(path, "is %q, and everybody may call the public name %q, which has it in; choose another",
				g.Name, public)
		}
	}
}

// grafanaConflicts reports a name of Grafana's that another environment makes a record of, too. Each of a pair has its
// own: who fails over looks at both.
func (f *file) grafanaConflicts(other *file) {
	name := f.Addons.Grafana.Name
	if name != "" && slices.Contains(other.recordNames(), name) {
		f.report("addons.grafana.name", "is %q, which %s has too; choose another, for instance grafana-%s.%s",
			name, other.path, f.Name, f.DNS.Zone)
	}
}

// callerProblem is what is wrong with a block that may call Grafana; empty is nothing. Without an edge whoever may open
// a connection to the load balancer may also call the application, so that is the file's to say.
func (g Grafana) callerProblem(cidr string, known known, environment Environment) string {
	block, err := netip.ParsePrefix(cidr)
	if err == nil && block.Addr().Is4() && block.Bits() < largestAccess {
		return fmt.Sprintf("is %q, a /%d, and what may call Grafana is at least a /%d; list the addresses that your people "+
			"call from", cidr, block.Bits(), largestAccess)
	}
	if problem := callerProblem(cidr, environment, known); problem != "" {
		return problem
	}
	if !known("load_balancer.allow_cidrs", "edge.enabled", "dr") || environment.HasEdge() {
		return ""
	}
	holds := func(other netip.Prefix) bool {
		return other.Bits() <= block.Bits() && other.Contains(block.Addr())
	}
	if !slices.ContainsFunc(prefixes(environment.LoadBalancer.AllowCIDRs), holds) {
		return fmt.Sprintf("is %q, and load_balancer.allow_cidrs has no such block: without an edge that list alone says "+
			"who may open a connection; add it there, or remove it here", cidr)
	}
	return ""
}

// groupName and scopeName keep what a file says from being read as a part of the expression, or of the INI
// file, that it stands in.
var (
	groupName = regexp.MustCompile(`^[\p{L}\p{N}_.:/@+ -]{1,128}$`)
	scopeName = regexp.MustCompile(`^[A-Za-z0-9_.:/-]{1,128}$`)
)

func (o OIDC) validate(say report) {
	urls := map[string]string{"auth_url": o.AuthURL, "token_url": o.TokenURL, "userinfo_url": o.UserinfoURL}
	for key, value := range urls {
		parsed, err := url.Parse(value)
		isPlain := !strings.ContainsAny(value, " \"'`;#$%{}") // in an INI file
		if err != nil || parsed.Scheme != "https" || !domainName.MatchString(parsed.Host) || !isPlain {
			say(join("addons.grafana.oidc", key), "is %q, not an HTTPS URL on port 443, which is all that Grafana's pod may "+
				"call; copy it from the provider's .well-known/openid-configuration", value)
		}
	}
	for i, scope := range o.Scopes {
		if !scopeName.MatchString(scope) {
			say(fmt.Sprintf("addons.grafana.oidc.scopes.%d", i), "is %q, not a scope; write one an item, for instance groups",
				scope)
		}
	}
	for key, groups := range map[string][]string{"admins": o.Admins, "editors": o.Editors, "viewers": o.Viewers} {
		for i, group := range groups {
			if !groupName.MatchString(group) {
				say(fmt.Sprintf("addons.grafana.oidc.%s.%d", key, i), "is %q, not a group's name; write it in letters, digits, "+
					"spaces and _.:/@+-, or its id", group)
			}
		}
	}
	if len(o.groups()) == 0 {
		say("addons.grafana.oidc", "has no admins, editors or viewers: everybody would be refused; name the groups that may "+
			"log in, for instance viewers: [developers]")
	}
}
