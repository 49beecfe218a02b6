package environments

import "slices"

// Base is what the environments of an account share in a region: where the state of their stacks lies, and who called their buckets. It
// follows from all files together, whichever of them are selected.
type Base struct {
	Project, Owner, Repository string // the files of an account agree in these
	Account                    Account
	Region                     Region
	LogDays                    LogDays    // the longest that a file asks for
	Protection                 Protection // full where one file says so

	ReplicatesTo   []Region // where copies of this region's state lie
	ReplicatesFrom []Region // whose state is copied to this region
}

// Protected is whether what holds data refuses to be destroyed.
func (b Base) Protected() bool { return b.Protection == ProtectionFull }

// Base is what an environment shares with others in one of its regions. It panics at another region: that is a mistake of the code.
func (e Environment) Base(region Region) Base {
	for _, base := range e.Bases {
		if base.Region == region {
			return base
		}
	}
	panic("environment " + e.Name + " has nothing in region " + string(region))
}

// regions are the environment's own and its second one.
func (e Environment) regions() []Region {
	if e.SecondRegion == "" {
		return []Region{e.Region}
	}
	return []Region{e.Region, e.SecondRegion}
}

// base is what the environments of an account share in a region. The emulated ones are a world of their own.
func (s set) base(account Account, region Region) Base {
	base := Base{Account: Account{ID: account.ID, Role: account.Role}, Region: region, Protection: ProtectionOff}
	for _, one := range s {
		if one.Account.ID != account.ID || !slices.Contains(one.regions(), region) {
			continue
		}
		base.Project, base.Owner, base.Repository = one.Project, one.Owner, one.Repository
		base.LogDays = max(base.LogDays, one.Observability.LogDays)
		if one.Protected() {
			base.Protection = ProtectionFull
		}
		if second := one.SecondRegion; second != "" {
			if one.Region == region {
				base.ReplicatesTo = append(base.ReplicatesTo, second)
			} else {
				base.ReplicatesFrom = append(base.ReplicatesFrom, one.Region)
			}
		}
	}
	for _, regions := range []*[]Region{&base.ReplicatesTo, &base.ReplicatesFrom} {
		slices.Sort(*regions)
		*regions = slices.Compact(*regions)
	}
	return base
}
