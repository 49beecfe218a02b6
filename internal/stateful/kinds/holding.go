package kinds

import (
	"path"
	"slices"
)

// Holding is whether a type of resource holds data, as far as it is known.
type Holding int

// The answers. What is unknown counts as holding data wherever a plan is judged.
const (
	Unknown Holding = iota
	Holds
	HoldsNothing
)

// MayHoldData is whether the end of a resource of a type may lose data: of any type of any provider that is not known
// to hold none. It is wider than HoldData, which is what has to be protected, by log groups: to destroy one loses logs.
func MayHoldData(kind string) bool { return Of(kind) != HoldsNothing }

// Of is what is known of a type. A name comes before a pattern, and a pattern for data before one for settings.
func Of(kind string) Holding {
	switch {
	case types[kind] || slices.Contains(dataTypes, kind):
		return Holds
	case slices.Contains(settingTypes, kind):
		return HoldsNothing
	case matches(dataPatterns, kind):
		return Holds
	case matches(settingPatterns, kind):
		return HoldsNothing
	}
	return Unknown
}

func matches(patterns []string, kind string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		matched, err := path.Match(pattern, kind)
		return matched && err == nil
	})
}
