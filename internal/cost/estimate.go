package cost

import (
	"cmp"
	"maps"
	"slices"
)

// Line is what an item costs in a group of resources.
type Line struct {
	Group, Region string
	Item, Unit    string  // Unit is empty where no region has a price
	Quantity      float64 // units a month
	USD           float64 // a month; 0 where it is not priced
	Priced        bool
	Source        string
}

// Estimate is what resources cost a month.
type Estimate struct {
	Lines   []Line   // by group, then the dearest first
	ByUse   []string // what is paid for by use, of which nothing is assumed
	Unknown []string // types that the tables don't know
	Sources []Source // of the prices that were used
}

// Estimate sums what resources cost.
func (p Prices) Estimate(resources []Resource) Estimate {
	type key struct{ group, region, item string }
	quantities := map[key]float64{}
	used, unknown, sources := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range resources {
		amounts, isCharged := charged[r.Type]
		use, isByUse := byUse[r.Type]
		switch {
		case isCharged:
			for _, a := range amounts(r, resources) {
				quantities[key{r.Group(), r.Region, a.item}] += a.quantity
			}
		case isByUse:
			used[use] = true
		case !isFree(r.Type):
			unknown[r.Type] = true
		}
	}
	var e Estimate
	for k, quantity := range quantities {
		if quantity == 0 {
			continue
		}
		line := Line{Group: k.group, Region: k.region, Item: k.item, Unit: p.units[k.item], Quantity: quantity}
		if found, ok := p.prices[k.item][k.region]; ok {
			line.USD, line.Priced, line.Source = quantity*found.usd, true, found.source
			sources[found.source] = true
		}
		e.Lines = append(e.Lines, line)
	}
	slices.SortFunc(e.Lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(b.USD, a.USD), cmp.Compare(a.Item, b.Item),
			cmp.Compare(a.Region, b.Region))
	})
	e.ByUse, e.Unknown = slices.Sorted(maps.Keys(used)), slices.Sorted(maps.Keys(unknown))
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		e.Sources = append(e.Sources, p.sources[name])
	}
	return e
}

// USD is the sum of what has a price.
func (e Estimate) USD() float64 {
	sum := 0.0
	for _, line := range e.Lines {
		sum += line.USD
	}
	return sum
}

// Unpriced are the lines that have no price.
func (e Estimate) Unpriced() []Line {
	return slices.DeleteFunc(slices.Clone(e.Lines), func(line Line) bool { return line.Priced })
}

// Group is a group's part of an estimate.
type Group struct {
	Name  string
	USD   float64
	Lines []Line
}

// Groups are the groups, the dearest first.
func (e Estimate) Groups() []Group {
	var groups []Group
	for _, line := range e.Lines {
		if len(groups) == 0 || groups[len(groups)-1].Name != line.Group {
			groups = append(groups, Group{Name: line.Group})
		}
		last := &groups[len(groups)-1]
		last.USD += line.USD
		last.Lines = append(last.Lines, line)
	}
	slices.SortStableFunc(groups, func(a, b Group) int { return cmp.Compare(b.USD, a.USD) })
	return groups
}
