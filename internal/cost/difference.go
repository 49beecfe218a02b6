package cost

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Difference is what a change costs a month: what is there after it less what was there before.
type Difference struct {
	USD      float64
	Unpriced []string // items whose number changes, and that have no price
}

// Difference compares the same resources before and after a change. Volumes of nodes are left out: a plan does not say
// which launch template a node group will have.
func (p Prices) Difference(before, after []Resource) Difference {
	type key struct{ region, item string }
	was, is := map[key]Line{}, map[key]Line{}
	collect := func(resources []Resource, into map[key]Line) {
		for _, line := range p.Estimate(resources).Lines {
			k := key{line.Region, line.Item}
			line.Quantity += into[k].Quantity
			line.USD += into[k].USD
			into[k] = line
		}
	}
	collect(before, was)
	collect(after, is)
	var d Difference
	for _, lines := range []map[key]Line{was, is} {
		for k, line := range lines {
			name := k.item + " in " + k.region
			if !line.Priced && was[k].Quantity != is[k].Quantity && !slices.Contains(d.Unpriced, name) {
				d.Unpriced = append(d.Unpriced, name)
			}
		}
	}
	slices.SortFunc(d.Unpriced, cmp.Compare)
	d.USD = sum(after, p) - sum(before, p)
	return d
}

func sum(resources []Resource, p Prices) float64 { return p.Estimate(resources).USD() }

// Add is the difference of two changes together.
func (d Difference) Add(other Difference) Difference {
	d.USD += other.USD
	for _, name := range other.Unpriced {
		if !slices.Contains(d.Unpriced, name) {
			d.Unpriced = append(d.Unpriced, name)
		}
	}
	slices.SortFunc(d.Unpriced, cmp.Compare)
	return d
}

// leastTold is the difference in USD a month from which it is told of.
const leastTold = 1

// String is the difference in a line; empty where there is none to speak of.
func (d Difference) String() string {
	var parts []string
	switch {
	case d.USD >= leastTold:
		parts = append(parts, fmt.Sprintf("costs about %s USD a month more, at list prices", Rounded(d.USD)))
	case d.USD <= -leastTold:
		parts = append(parts, fmt.Sprintf("costs about %s USD a month less, at list prices", Rounded(-d.USD)))
	}
	if len(d.Unpriced) > 0 {
		parts = append(parts, "what has no price changes too: "+strings.Join(d.Unpriced, ", "))
	}
	return strings.Join(parts, "; ")
}
