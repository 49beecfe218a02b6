package review

import "slices"

// A rule that is new refuses more than before, or is an allow list: these compare rules that were there.

// rateRaised: a rate limit that was there is higher.
func rateRaised(before, after node) bool {
	was, _ := number(before.value)
	is, _ := number(after.value)
	return was > 0 && is > was
}

// countsMore: a managed group that was there has another rule that does not act as AWS wrote it.
func countsMore(before, after node) bool {
	overrides := func(rule node) node {
		return rule.get("statement", "managed_rule_group_statement", "rule_action_override")
	}
	return !isEmpty(before.value) && gains(overrides(before), overrides(after))
}

// matching are the parts of a rule's statement that say which requests it is about.
var matching = [][]string{
	{"and_statement"}, {"or_statement"}, {"not_statement"}, {"regex_match_statement"}, {"size_constraint_statement"},
	{"rate_based_statement", "scope_down_statement"}, {"managed_rule_group_statement", "scope_down_statement"},
}

// isAboutOthers: a rule that was there, and that does not let requests in, matches other requests.
func isAboutOthers(before, after node) bool {
	if isEmpty(before.value) || isEmpty(after.value) || !isEmpty(after.get("action", "allow").value) {
		return false
	}
	return slices.ContainsFunc(matching, func(names []string) bool {
		path := append([]string{"statement"}, names...)
		return differs(before.get(path...), after.get(path...))
	})
}
