package environments

import "slices"

// Base is an account in one of its regions: where the state of its environments' stacks lies, who called their
// buckets, and what an account has once a region. What depends on environments follows from all files together,
// whichever of them are selected.
type Base struct {
	Account Account
	Region  Region

	ReplicatesTo   []Region           // where copies of this region's state lie
	ReplicatesFrom []Region           // whose state is copied to this region
	Images         []ImageReplication // what the region's registry copies
	Environments   []string           // those of the account, in any region
	StateRegions   []Region           // where their stacks' state lies
}

// ImageReplication is a region that the repositories of an environment are copied to: those whose
// names begin with a prefix.
type ImageReplication struct {
	Prefix string // titan-prod/
	To     Region
}

// First is whether the region is the account's first, which has what there is once for all regions.
func (b Base) First() bool { return b.Region == b.Account.Region }

// Protected is whether what holds data refuses to be destroyed.
func (b Base) Protected() bool { return b.Account.Protected() }

// Base is the environment's account in one of its regions. It panics at another region: that is a mistake of the code.
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

// bases are an account in each region that an environment uses, in its first region, and where the state of these is
// copied to, which may be for another environment's sake.
func (s set) bases(e Environment) []Base {
	var bases []Base
	regions := append(e.regions(), e.Account.Region)
	for len(regions) > 0 {
		region := regions[0]
		regions = regions[1:]
		if slices.ContainsFunc(bases, func(known Base) bool { return known.Region == region }) {
			continue
		}
		base := s.base(e.Account, region)
		bases, regions = append(bases, base), append(regions, base.ReplicatesTo...)
	}
	return bases
}

func (s set) base(account Account, region Region) Base {
	base := Base{Account: account, Region: region}
	for _, one := range s {
		if one.Account.ID != account.ID {
			continue
		}
		base.Environments = append(base.Environments, one.Name)
		base.StateRegions = append(base.StateRegions, one.regions()...)
		second := one.SecondRegion
		if second == "" {
			continue
		}
		switch region {
		case one.Region:
			base.ReplicatesTo = append(base.ReplicatesTo, second)
			if one.DR.Role != DRSecondary { // whose images come from its primary
				base.Images = append(base.Images, ImageReplication{Prefix: one.Prefix() + "/", To: second})
			}
		case second:
			base.ReplicatesFrom = append(base.ReplicatesFrom, one.Region)
		}
	}
	for _, regions := range []*[]Region{&base.ReplicatesTo, &base.ReplicatesFrom, &base.StateRegions} {
		slices.Sort(*regions)
		*regions = slices.Compact(*regions)
	}
	return base
}
