package environments

import (
	"slices"
	"strings"
)

// ACMIssuers are the names by which CAA records allow ACM (AWS Certificate Manager User Guide, '(Optional)
// Configure a CAA record').
var ACMIssuers = []string{"amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"}

// validateZoneFor holds what a zone's stack makes to the names of an environment, the file's own or another's: they
// need certificates of ACM, and records that nothing hides.
func (f *file) validateZoneFor(other *file) {
	d := f.DNS
	f.validateIssuers(other)
	if other.DNS.Zone != d.Zone {
		return
	}
	for _, name := range other.recordNames() {
		for i, record := range d.Records {
			if record.Type == CNAME && record.Name == name {
				f.report(item("dns.records", i, "name"),
					"is %q, which %s makes a record of: a CNAME is all that there is of its name; remove it, or choose another",
					name, other.path)
			}
		}
		for i, child := range d.Delegations {
			if child.Name != d.Zone && inside(validatedName(name), child.Name) {
				f.report(item("dns.delegations", i, "name"),
					"is %q, and %s makes the record of %s in this zone, where nobody would look for it; "+
						"give that file the child zone, or delegate another name",
					child.Name, other.path, name)
			}
		}
	}
}

// validateIssuers reports CAA records by which ACM may not issue another file's certificates. Of a name, those count
// that are the nearest on the way up from it, whichever zone they are in (RFC 8659, 3).
func (f *file) validateIssuers(other *file) {
	for i, record := range f.DNS.Records {
		var refused []string
		wanted := ""
		for _, name := range other.certifiedNames() {
			nearest, found := f.DNS.authorizationOf(name)
			if !found || nearest != i || f.DNS.Zone != other.DNS.Zone && other.DNS.authorizes(name) {
				continue
			}
			if tag, refuses := record.refusesACM(name); refuses {
				refused, wanted = append(refused, name), tag
			}
		}
		if refused != nil {
			f.report(item("dns.records", i, "values"),
				"do not let Amazon issue the certificates that ACM makes for %s (%s): add '0 %s \"%s\"'",
				strings.Join(refused, ", "), other.path, wanted, ACMIssuers[0])
		}
	}
}

// authorizes is whether the zone has CAA records for a name of its own, which come before those of its parents.
func (d DNS) authorizes(name string) bool {
	_, found := d.authorizationOf(name)
	return found
}

// authorizationOf is the CAA record that is nearest above a name, by its index; whether there is one.
func (d DNS) authorizationOf(name string) (index int, found bool) {
	for at := validatedName(name); inside(at, d.Zone); _, at, _ = strings.Cut(at, ".") {
		isIt := func(record Record) bool { return record.Type == CAA && record.Name == at }
		if i := slices.IndexFunc(d.Records, isIt); i >= 0 {
			return i, true
		}
	}
	return 0, false
}

// refusesACM is whether a CAA record forbids ACM to issue for a name, and the tag that says so. Of a wildcard,
// issuewild says it where there is one; without either, everybody may issue (RFC 8659, 4).
func (r Record) refusesACM(name string) (tag string, refuses bool) {
	issuers := map[string][]string{}
	for _, value := range r.Values {
		if parts := authorization.FindStringSubmatch(value); parts != nil {
			issuer, _, _ := strings.Cut(parts[2], ";")
			issuers[parts[1]] = append(issuers[parts[1]], strings.ToLower(strings.TrimSpace(issuer)))
		}
	}
	tag = "issue"
	if strings.HasPrefix(name, wildcard) && issuers["issuewild"] != nil {
		tag = "issuewild"
	}
	isACM := func(issuer string) bool { return slices.Contains(ACMIssuers, issuer) }
	return tag, issuers[tag] != nil && !slices.ContainsFunc(issuers[tag], isACM)
}
