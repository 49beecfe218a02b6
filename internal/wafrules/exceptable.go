package wafrules

import "slices"

// ManagedRules are the names of the rules that an exception may be about, with bot control's where that is on.
func ManagedRules(withBotControl bool) []string {
	all := groups
	if withBotControl {
		all = append(slices.Clone(groups), botControl)
	}
	var names []string
	for _, one := range all {
		for _, rule := range one.rules {
			if WhyNot(rule.name) == "" {
				names = append(names, rule.name)
			}
		}
	}
	return names
}

// WhyNot is why a managed rule needs no exception; empty for one that may.
func WhyNot(rule string) string {
	for _, one := range groups {
		switch {
		case one.position(rule) < 0:
		case one.countOnly || slices.Contains(countingRules, rule):
			return "only counts"
		case rule == bodyRule:
			return "only counts, because body_limit_kib takes its place and uploads are its exceptions"
		}
	}
	return ""
}

// HasLabel is whether what a rule matches can be told afterwards, so that it can block here and not there.
func HasLabel(rule string) bool {
	return slices.ContainsFunc(groups, func(one group) bool { return one.position(rule) >= 0 })
}
