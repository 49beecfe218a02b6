package environments

import (
	"fmt"
	"slices"
	"strings"
)

// mostCertificateNames is ACM's quota 'Domain names per ACM certificate', which is 10 until AWS raises it.
const mostCertificateNames = 10

// validatePublicNames holds the further names to what Route 53, ACM and CloudFront take.
func (d DNS) validatePublicNames(say report, known known, environment Environment) {
	if !known("dns") {
		return
	}
	d.validateCertificate(say, known, environment)
	if known("edge.enabled", "dr") && len(d.Names) > 0 && !environment.Edge.Enabled && environment.DR.Role != DRSecondary {
		say("dns.names",
			"are set, and edge.enabled is false: only a distribution answers to further names; remove them, or enable the edge")
	}
	seen := map[string]bool{d.Name: true}
	for i, public := range d.Names {
		path := item("dns.names", i, "name")
		switch base := strings.TrimPrefix(public.Name, wildcard); {
		case !domainName.MatchString(base) || len(public.Name) > 253:
			say(path,
				"is %q, neither a domain name nor one after *.; write it in lower case and without a final dot, "+
					"for instance www.%s", public.Name, d.Zone)
		case !inside(base, d.Zone):
			say(path,
				"is %q, outside the zone %q, where its record and the proof for its certificate are made; "+
					"use a name that ends in .%s, and give names of another zone an environment of their own",
				public.Name, d.Zone, d.Zone)
		case inside(base, d.Origin()):
			say(path,
				"is %q, and %s and what is below it are the load balancers' names behind CloudFront; "+
					"choose another, for instance www.%s", public.Name, d.Origin(), d.Zone)
		case seen[public.Name]:
			say(path, "is %q, which is a public name already; remove it", public.Name)
		}
		seen[public.Name] = true
		d.validateRedirect(say, i)
	}
	if n := len(d.CertifiedNames()); n > mostCertificateNames {
		say("dns.names",
			"make %d names with dns.name and the origin's, and a certificate has at most %d "+
				"(ACM's quota 'Domain names per ACM certificate'); "+
				"let a wildcard stand for names of one domain, or name a certificate of your own in certificate_arn",
			n, mostCertificateNames)
	}
}

// validateRedirect holds a name that redirects to one that is served.
func (d DNS) validateRedirect(say report, i int) {
	public := d.Names[i]
	if public.RedirectTo == "" {
		return
	}
	if public.IsWildcard() {
		say(item("dns.names", i, "redirect_to"),
			"is set for %q, and a redirect is from one name; list the names, or remove redirect_to", public.Name)
		return
	}
	targets := slices.DeleteFunc(d.ServedNames(), func(name string) bool { return strings.HasPrefix(name, wildcard) })
	if !slices.Contains(targets, public.RedirectTo) {
		say(item("dns.names", i, "redirect_to"),
			"is %q, and a redirect leads to a public name of this file that is served: %s",
			public.RedirectTo, strings.Join(targets, ", "))
	}
}

// validateCertificate holds a certificate of one's own to where CloudFront looks for it.
func (d DNS) validateCertificate(say report, known known, environment Environment) {
	if d.CertificateARN == "" {
		return
	}
	const path = "dns.certificate_arn"
	parts := strings.Split(d.CertificateARN, ":") // the form is the grammar's
	switch partition, region, account := parts[1], Region(parts[3]), parts[4]; {
	case partition != Partition:
		say(path, "is %q, of the partition %s, and everything here is in the partition %s; name one of the account",
			d.CertificateARN, partition, Partition)
	case region != GlobalRegion:
		say(path, "is %q, in %s, and CloudFront takes certificates of %s alone; import or request it there",
			d.CertificateARN, region, GlobalRegion)
	case known("account", "account.id") && account != environment.Account.ID:
		say(path,
			"is %q, of account %s, and CloudFront takes those of the distribution's account alone, %s; "+
				"import or request it there",
			d.CertificateARN, account, environment.Account.ID)
	case known("edge.enabled", "dr") && !environment.Edge.Enabled && environment.DR.Role != DRSecondary:
		say(path, "is %q, and edge.enabled is false: only a distribution uses it; remove the line", d.CertificateARN)
	}
}

// validateZoneContent holds what the stack of the zone makes to the file that makes it.
func (d DNS) validateZoneContent(say report, known known) {
	if !known("dns") {
		return
	}
	if !d.CreateZone {
		for _, part := range []struct {
			path string
			set  bool
		}{{"dns.records", len(d.Records) > 0}, {"dns.delegations", len(d.Delegations) > 0}, {"dns.dnssec", d.DNSSEC}} {
			if part.set {
				say(part.path,
					"is set, and the zone is looked up: that belongs to the file that makes the zone; "+
						"move it there, or set create_zone: true")
			}
		}
		return
	}
	d.validateDelegations(say)
	d.validateRecords(say)
}

// validateDelegations holds child zones to their place below the zone, and to name servers that can be asked.
func (d DNS) validateDelegations(say report) {
	for i, child := range d.Delegations {
		path := func(key string) string { return item("dns.delegations", i, key) }
		if !domainName.MatchString(child.Name) || len(child.Name) > 253 || child.Name == d.Zone ||
			!inside(child.Name, d.Zone) {
			say(path("name"), "is %q, not a name below the zone; write the child zone's in full, for instance dev.%s",
				child.Name, d.Zone)
			continue
		}
		for _, other := range d.Delegations[:i] {
			if inside(child.Name, other.Name) || inside(other.Name, child.Name) {
				say(path("name"),
					"is %q, beside the delegation of %q: who answers for the one answers for the other; "+
						"delegate it from there, or remove one", child.Name, other.Name)
			}
		}
		for j, server := range child.NameServers {
			if !domainName.MatchString(server) {
				say(fmt.Sprintf("%s.%d", path("name_servers"), j),
					"is %q, not the name of a server; copy the child stack's output name_servers, for instance ns-1.awsdns-01.org",
					server)
			}
		}
		if len(child.DS) > 0 && !d.DNSSEC {
			say(path("ds"),
				"is set, and dns.dnssec is off: nobody trusts the word of an unsigned zone; "+
					"sign this one first, or remove the line")
		}
		for j, ds := range child.DS {
			if !delegationSigner.MatchString(ds) {
				say(fmt.Sprintf("%s.%d", path("ds"), j),
					"is %q, not a DS record; copy the child stack's output ds_record: key tag, algorithm, digest type and digest", ds)
			}
		}
	}
}
