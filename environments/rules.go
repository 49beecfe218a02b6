package environments

import (
	"path/filepath"
	"strings"
)

// report says what is wrong with the value at a path; the file, line and column are added to it. A message says the
// value, what is allowed and what to do, and reads on from the path: `network.cidr "10.0.0.0/8" is ...`.
type report func(path, format string, args ...any)

// known is whether settings are right in their form. A rule that goes by another setting than the one it reports asks
// first: what that would be nobody knows, and its default may be nothing like it.
type known func(settings ...string) bool

// validate holds one file against every rule that needs no other file.
func (f *file) validate() {
	say := report(f.report)
	f.validateWhole(say)
	f.validateRegion(say, f.known)
	validateTag(say, "owner", f.Owner)
	validateRepository(say, "repository", f.Repository)
	f.DNS.validate(say, f.known)
	f.DNS.validatePublicNames(say, f.known, f.Environment)
	f.DNS.validateZoneContent(say, f.known)
	if f.known("dns", "region") {
		f.validateZoneFor(f)
	}
	f.Edge.validate(say, f.known, f.Environment)
	f.Edge.WAF.validate(say, f.known, f.Edge)
	f.LoadBalancer.validate(say)
	if f.known("load_balancer.idle_timeout", "edge", "dr.role") && f.Edge.Enabled {
		f.LoadBalancer.validateTimeouts(say, f.Edge.Origin)
	}
	f.LoadBalancer.validateCallers(say, f.known, f.Environment)
	f.Network.validate(say, f.known, f.Region)
	f.Network.EndpointPolicy.validate(say, f.known, f.Account)
	f.Cluster.validate(say, f.known, f.Environment)
	f.Database.validate(say, f.known, f.Environment)
	f.Cache.validate(say, f.known, f.Environment)
	f.Secrets.validate(say)
	f.Observability.validate(say, f.known)
	f.Delivery.validate(say, f.known, f.Environment)
	f.Delivery.validateBuild(say, f.known, f.Environment)
	f.Backup.validate(say, f.known, f.Environment)
	f.DR.validate(say, f.known, f.Environment)
	f.Addons.Grafana.validate(say, f.known, f.Environment)
	f.Application.validate(say, f.known)
	if f.known("application", "database") {
		f.Application.validateNames(say, f.Database)
	}
}

// validateWhole holds the rules of an environment that belong to no part.
func (f *file) validateWhole(say report) {
	if f.known("region") && f.SecondRegion == f.Region {
		say("second_region", "is %q, the region itself: replicas there would be lost with it; name another region",
			f.SecondRegion)
	}
	if f.known("second_region") && f.IsProduction() && f.SecondRegion == "" {
		say("tier",
			"is production, and second_region is missing: backups, logs and secrets would have no replica; "+
				"name a region, for instance %s",
			choose[Region](f.Region == "eu-west-1", "eu-central-1", "eu-west-1"))
	}
	if f.known("tier", "acknowledge") && f.IsProduction() && !f.Protected() && !f.Acknowledges(AcknowledgeProtectionOff) {
		say("protection",
			"is off in production: data could be destroyed; set it to full, or add "+
				"`acknowledge: [%s]` for as long as that is meant", AcknowledgeProtectionOff)
	}
	if f.IsProduction() && f.Emulator {
		say("emulator", "is true in production; an emulated environment is of tier development")
	}
	if !fileName.MatchString(f.Name) || filepath.Ext(f.path) != ".yaml" {
		return // which has been said
	}
	f.validateHoldings(say)
	f.validateName()
	if f.known("account.project") {
		f.validateReserved()
	}
	if f.known("account", "account.id", "account.project", "region", "second_region", "application.name") {
		f.validateLengths()
	}
}

// validateName refuses names by which an environment would make what another stack makes.
func (f *file) validateName() {
	for _, suffix := range []string{SecondSuffix, GlobalSuffix} {
		if strings.HasSuffix(f.Name, suffix) {
			f.whole(
				"names an environment %q: %s ends the names in another environment's stack of another region; rename the file",
				f.Name, suffix)
		}
	}
	if f.Name == "access" || f.Name == "state" {
		f.whole("names an environment %q, and an account's own buckets are called %s-%s-…; rename the file",
			f.Name, f.Project(), f.Name)
	}
}
