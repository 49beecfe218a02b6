package environments

import (
	"slices"
	"strings"
)

// report says what is wrong with the value at a path; the file, line and column are added to it. A message says the value, what is
// allowed and what to do, and reads on from the path: `network.cidr "10.0.0.0/8" is ...`.
type report func(path, format string, args ...any)

// validate holds one file against every rule that needs no other file.
func (f *file) validate() {
	say := report(f.report)
	f.validateWhole(say)
	f.validateRegion(say)
	f.DNS.validate(say)
	f.Edge.validate(say, f.Environment)
	f.LoadBalancer.validate(say)
	f.Network.validate(say, f.Region)
	f.Cluster.validate(say, f.Environment)
	f.Database.validate(say, f.Environment)
	f.Cache.validate(say, f.Environment)
	f.Secrets.validate(say)
	f.Observability.validate(say)
	f.Delivery.validate(say, f.Environment)
	f.Delivery.validateBuild(say, f.Environment)
	f.Backup.validate(say, f.Environment)
	f.DR.validate(say, f.Environment)
	f.Application.validate(say)
	f.Application.validateNames(say, f.Database)
}

// validateWhole holds the rules of an environment that belong to no part.
func (f *file) validateWhole(say report) {
	if f.SecondRegion == f.Region {
		say("second_region", "is %q, the region itself: replicas there would be lost with it; name another region", f.SecondRegion)
	}
	if f.IsProduction() && f.SecondRegion == "" {
		say("tier", "is production, and second_region is missing: backups, logs and secrets would have no replica; name a region, for instance %s",
			choose[Region](f.Region == "eu-west-1", "eu-central-1", "eu-west-1"))
	}
	if f.IsProduction() && !f.Protected() && !f.Acknowledges(AcknowledgeProtectionOff) {
		say("protection", "is off in production: data could be destroyed; set it to full, or add `acknowledge: [%s]` for as long as that is meant", AcknowledgeProtectionOff)
	}
	if f.IsProduction() && f.Emulator {
		say("emulator", "is true in production; an emulated environment is of tier development")
	}
	f.validateName()
	f.validateLengths()
}

// validateName refuses names by which an environment would make what another stack makes.
func (f *file) validateName() {
	for _, suffix := range []string{SecondSuffix, GlobalSuffix} {
		if strings.HasSuffix(f.Name, suffix) {
			f.whole("names an environment %q: %s ends the names in another environment's stack of another region; rename the file", f.Name, suffix)
		}
	}
	if f.Name == "access" || f.Name == "state" {
		f.whole("names an environment %q, and an account's own buckets are called %s-%s-…; rename the file", f.Name, f.Project(), f.Name)
	}
}

// validate holds the files against each other. A file with problems of its own takes no part.
func (s set) validate() {
	for i, one := range s {
		for _, other := range s[:i] {
			one.conflicts(other)
		}
		one.DR.validatePair(one.report, one.Environment, s.named(one.DR.Primary))
		if from := one.Delivery.PromotesFrom; from != "" && s.named(from) == nil {
			one.report("delivery.promotes_from", "is %q, and there is no such environment%s", from, didYouMean(from, s.names()))
		}
		one.Delivery.validatePromotion(one.report, one.Environment, s.named(one.Delivery.PromotesFrom))
		one.Delivery.validateStandby(one.report, s.named(one.DR.Primary))
	}
}

// conflicts reports what two environments may not both claim. Emulated ones live in a world of their own.
func (f *file) conflicts(other *file) {
	if f.Emulator != other.Emulator && f.Account.ID == other.Account.ID {
		f.report("account", "is %q, and that of %s, too: one of the two is emulated, and they would share the stacks of their account; give the emulated one an account of its own",
			f.AccountName, other.path)
	}
	if f.Emulator || other.Emulator {
		return
	}
	if f.Network.overlaps(other.Network) {
		f.report("network.cidr", "%q overlaps %q of %s: the two could never be peered; choose a free block", f.Network.CIDR, other.Network.CIDR, other.path)
	}
	if f.DNS.CreateZone && other.DNS.CreateZone && f.DNS.Zone == other.DNS.Zone {
		f.report("dns.create_zone", "is true here and in %s for the same zone %q; one of them makes it, the other looks it up", other.path, f.DNS.Zone)
	}
	if !f.standsInFor(other) && !other.standsInFor(f) {
		for _, name := range f.recordNames() {
			if slices.Contains(other.recordNames(), name) {
				f.report("dns.name", "and dns.domain make the name %q, which %s has too; only a secondary shares its primary's names: choose another domain", name, other.path)
			}
		}
	}
}

// standsInFor is whether an environment is the other's secondary.
func (f *file) standsInFor(other *file) bool {
	return f.DR.Role == DRSecondary && f.DR.Primary == other.Name
}

func (s set) named(name string) *Environment {
	for _, one := range s {
		if one.Name == name {
			return &one.Environment
		}
	}
	return nil
}

func (s set) names() []string {
	list := make([]string, len(s))
	for i, one := range s {
		list[i] = one.Name
	}
	return list
}
