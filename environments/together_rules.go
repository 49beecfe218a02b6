package environments

import "slices"

// validate holds the files against each other, as far as what is right in their form goes.
func (s set) validate() {
	for i, one := range s {
		if one.root == nil {
			continue
		}
		for _, other := range s[:i] {
			if other.root != nil {
				one.conflicts(other)
			}
		}
		if from := one.Delivery.PromotesFrom; from != "" && s.file(from) == nil {
			one.report("delivery.promotes_from", "is %q, and there is no such environment%s", from, didYouMean(from, s.names()))
		}
		if one.known("dr.role", "dr.primary") {
			one.validatePair(s)
		}
		from := s.file(one.Delivery.PromotesFrom)
		if from.knownTogether(one, "delivery", "dr", "cluster.node_groups", "account.project") {
			one.Delivery.validatePromotion(one.report, one.Environment, &from.Environment)
		}
	}
}

// validatePair holds a secondary and its primary against each other.
func (f *file) validatePair(all set) {
	primary := all.file(f.DR.Primary)
	if f.DR.Role == DRSecondary && f.DR.Primary != "" && primary == nil {
		f.report("dr.primary", "is %q, and there is no such environment%s",
			f.DR.Primary, didYouMean(f.DR.Primary, all.names()))
	}
	if primary == nil || f.DR.Role != DRSecondary {
		return
	}
	f.DR.validatePair(f.report, func(settings ...string) bool { return primary.knownTogether(f, settings...) },
		f.Environment, primary.Environment)
	if primary.knownTogether(f, "edge", "load_balancer.idle_timeout") && primary.Edge.Enabled {
		f.LoadBalancer.validateTimeouts(f.report, primary.Edge.Origin)
	}
	if primary.knownTogether(f, "delivery.repository") {
		f.Delivery.validateStandby(f.report, &primary.Environment)
	}
}

// knownTogether is whether settings are right in their form in both of two files; false without the first.
func (f *file) knownTogether(other *file, settings ...string) bool {
	return f != nil && f.known(settings...) && other.known(settings...)
}

// conflicts reports what two environments may not both claim. Emulated ones live in a world of their own.
func (f *file) conflicts(other *file) {
	if !f.knownTogether(other, "emulator") {
		return
	}
	if f.Emulator != other.Emulator && f.knownTogether(other, "account.id") && f.Account.ID == other.Account.ID {
		f.report("account",
			"is %q, and that of %s, too: one of the two is emulated, and they would share the stacks of their account; "+
				"give the emulated one an account of its own",
			f.AccountName, other.path)
	}
	if f.Emulator || other.Emulator {
		return
	}
	if f.knownTogether(other, "network.cidr") && f.Network.overlaps(other.Network) {
		f.report("network.cidr", "%q overlaps %q of %s: the two could never be peered; choose a free block",
			f.Network.CIDR, other.Network.CIDR, other.path)
	}
	if f.knownTogether(other, "dns", "addons.grafana") {
		f.namesConflict(other)
		f.grafanaConflicts(other)
		other.grafanaConflicts(f)
	}
	if f.knownTogether(other, "dns", "region") {
		f.validateZoneFor(other)
		other.validateZoneFor(f)
	}
}

// namesConflict reports zones that two environments both make, and names that both make records for.
func (f *file) namesConflict(other *file) {
	if f.DNS.CreateZone && other.DNS.CreateZone && f.DNS.Zone == other.DNS.Zone {
		f.report("dns.create_zone",
			"is true here and in %s for the same zone %q; one of them makes it, the other looks it up", other.path, f.DNS.Zone)
	}
	if !f.knownTogether(other, "dr", "region") || f.standsInFor(other) || other.standsInFor(f) {
		return
	}
	for _, name := range f.recordNames() {
		if !slices.Contains(other.recordNames(), name) || name == f.Addons.Grafana.Name || name == other.Addons.Grafana.Name {
			continue // Grafana's are no pair's to share
		}
		if i := slices.IndexFunc(f.DNS.Names, func(public PublicName) bool { return public.Name == name }); i >= 0 {
			f.report(item("dns.names", i, "name"),
				"is %q, which %s has too; only a secondary shares its primary's names: choose another", name, other.path)
		} else {
			f.report("dns.name",
				"and dns.domain make the name %q, which %s has too; only a secondary shares its primary's names: "+
					"choose another domain", name, other.path)
		}
	}
}

// standsInFor is whether an environment is the other's secondary.
func (f *file) standsInFor(other *file) bool {
	return f.DR.Role == DRSecondary && f.DR.Primary == other.Name
}

// file is that of an environment, nil where there is none of the name.
func (s set) file(name string) *file {
	for _, one := range s {
		if one.Name == name {
			return one
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
