package environments

import "slices"

func (r DR) validate(say report, known known, environment Environment) {
	if !known("dr.role", "dr.primary") {
		return // nobody knows what its part is
	}
	if r.Role == DRSecondary && r.Primary == "" {
		say("dr.primary", "is missing, and dr.role is secondary: name the environment that this one stands in for")
	}
	if r.Role != DRSecondary && r.Primary != "" {
		say("dr.primary", "is %q, and dr.role is %s; only a secondary has a primary: remove one of the lines",
			r.Primary, r.Role)
	}
	if r.Role == DRSecondary && environment.Database.RestoredFrom == "" {
		say("database.restored_from",
			"is missing in a secondary: an empty database knows none of its primary's roles or data; "+
				"name the copy of a snapshot that the primary's database.snapshots keeps in this region")
	}
	if r.Active && r.Role != DRSecondary {
		say("dr.active", "is true, and dr.role is %s; it is the secondary that is activated: set it in that file", r.Role)
	}
	if known("dr", "database.restored_from") {
		r.validateFence(say, environment)
	}
	if r.Failover == FailoverAutomatic {
		say("dr.failover",
			"is automatic, and the second region's database is a restored snapshot: stale data would take writes; "+
				"set it to manual")
	}
	if r.Role == DRPrimary && !environment.Edge.Enabled {
		say("edge.enabled",
			"is false in a primary: there would be no distribution in front of the two regions; set it to true")
	}
}

// NoSource is what dr.outdated says of a database that was made empty.
const NoSource = "none"

// validateFence holds a primary to its fence: data that is older than its secondary's must not be served again.
func (r DR) validateFence(say report, environment Environment) {
	source := environment.Database.RestoredFrom
	if source == "" {
		source = NoSource
	}
	switch {
	case r.Fenced && r.Role != DRPrimary:
		say("dr.fenced", "is true, and dr.role is %s; only a primary is fenced, while its secondary serves: remove the line",
			r.Role)
	case r.Outdated != "" && r.Outdated != NoSource && !clusterSnapshot.MatchString(r.Outdated):
		say("dr.outdated", "is %q, not what database.restored_from can be; write it as it was at the fence, or %s",
			r.Outdated, NoSource)
	case r.Fenced && r.Outdated == "":
		say("dr.outdated",
			"is missing beside dr.fenced: it says what the data is made from that must not be served again; write outdated: %s",
			source)
	case !r.Fenced && r.Outdated == source:
		say("dr.outdated",
			"is %q, and the database is still made from that: "+
				"what was written in the second region since the fence is not in it. "+
				"Keep dr.fenced: true until database.restored_from names a snapshot of the secondary (docs/runbooks/failover.md)",
			r.Outdated)
	}
}

// validatePair holds a secondary against its primary. known is whether settings are right in both files.
func (r DR) validatePair(say report, known known, secondary, primary Environment) {
	if !known("dr") {
		return
	}
	if primary.DR.Role != DRPrimary {
		say("dr.primary", "is %q, whose dr.role is %s; set it to primary there", r.Primary, primary.DR.Role)
	}
	if r.Active && !primary.DR.Fenced {
		say("dr.active",
			"is true, and %s is not fenced: it would take the traffic back as soon as it is healthy, "+
				"without what was written here; set dr.fenced: true there", primary.Name)
	}
	if known("account", "account.id") && primary.Account.ID != secondary.Account.ID {
		say("account", "is %q, and %s lives in %q; a secondary reads its primary's replicas, in the same account",
			secondary.AccountName, primary.Name, primary.AccountName)
	}
	if known("application.name") && primary.Application.Name != secondary.Application.Name {
		say("application.name", "is %q, and that of %s is %q: a secondary has its primary's images and secrets; "+
			"make them the same", secondary.Application.Name, primary.Name, primary.Application.Name)
	}
	if known("database.name") && primary.Database.Name != secondary.Database.Name {
		say("database.name", "is %q, and that of %s is %q: a secondary's database is a copy of its primary's; "+
			"make them the same", secondary.Database.Name, primary.Name, primary.Database.Name)
	}
	if known("dns") {
		r.validateNames(say, secondary.DNS, primary)
	}
	if known("region", "second_region", "acknowledge") {
		validateRegions(say, secondary, primary)
	}
}

// validateNames holds a secondary to the names of its primary.
func (r DR) validateNames(say report, names DNS, primary Environment) {
	if primary.DNS.Zone != names.Zone || primary.DNS.Name != names.Name || primary.DNS.Domain != names.Domain {
		say("dns", "is %s behind %s in %s, and %s has %s behind %s in %s; a secondary answers to the same names",
			names.Name, names.Origin(), names.Zone, primary.Name, primary.DNS.Name, primary.DNS.Origin(), primary.DNS.Zone)
	}
	if !slices.Equal(primary.DNS.Names, names.Names) || primary.DNS.CertificateARN != names.CertificateARN {
		say("dns",
			"has other names or another certificate_arn than %s: its certificate would wait for proof that nobody makes; "+
				"repeat the lines of %s",
			primary.Name, primary.Name)
	}
	if names.CreateZone && !primary.DNS.CreateZone {
		say("dns.create_zone",
			"is true in a secondary; destroying it would take the zone from its primary: make the zone in %s", primary.Name)
	}
}

// validateRegions holds a secondary to where its primary's replicas are.
func validateRegions(say report, secondary, primary Environment) {
	if primary.SecondRegion != secondary.Region {
		say("region", "is %q, and %s keeps its replicas in %q; a secondary lives where they are",
			secondary.Region, primary.Name, primary.SecondRegion)
	}
	if primary.Region == GlobalRegion && !primary.Acknowledges(AcknowledgeGlobalPrimary) {
		say("dr.primary",
			"is %q, at home in %s: who serves, DNS and IAM are controlled from there, "+
				"so nobody can fail over while that region is lost; "+
				"choose another region for it, or add `acknowledge: [%s]` to its file",
			primary.Name, GlobalRegion, AcknowledgeGlobalPrimary)
	}
	if secondary.SecondRegion != "" && secondary.SecondRegion != primary.Region {
		say("second_region",
			"is %q, and %s lives in %q: once this one serves, its replicas are what the way back is made from; set it to %s",
			secondary.SecondRegion, primary.Name, primary.Region, primary.Region)
	}
}
