package webacl

import (
	"fmt"
	"slices"

	"github.com/titan-platform/titan/internal/graph"
)

// managedGroup is a rule group of AWS: what begins its labels, and its rules in their order.
type managedGroup struct {
	labels string
	rules  []managedRule
}

// managedRule is one of its rules.
type managedRule struct {
	name, label string
	counts      bool // its own action is Count, not Block
	matches     func(*evaluation) bool
}

// managedGroups are those that are modelled, by name.
var managedGroups = map[string]managedGroup{
	"AWSManagedRulesCommonRuleSet":          commonRuleSet,
	"AWSManagedRulesKnownBadInputsRuleSet":  knownBadInputs,
	"AWSManagedRulesSQLiRuleSet":            sqlInjection,
	"AWSManagedRulesAdminProtectionRuleSet": adminProtection,
	"AWSManagedRulesAmazonIpReputationList": ipReputation,
	"AWSManagedRulesAnonymousIpList":        anonymousIP,
	"AWSManagedRulesBotControlRuleSet":      botControl,
}

// managedGroup asks the rules of a managed rule group. A rule that matches adds its label whatever its action. The
// rule's override_action count makes a group's block a count (AWS WAF Developer Guide, 'Action overrides in rule
// groups').
func (e *evaluation) managedGroup(rule, statement graph.Block) (bool, error) {
	group, ok := managedGroups[statement.Text("name")]
	if !ok || statement.Text("vendor_name") != "AWS" {
		return false, fmt.Errorf("%s: rule group %q of %q is not modelled",
			statement, statement.Text("name"), statement.Text("vendor_name"))
	}
	override, ok := rule.Only("override_action")
	if !ok || !slices.Contains([]string{"none", count}, override.Names()[0]) {
		return false, fmt.Errorf("%s: override_action is %v, want none or count", rule, rule.At("override_action"))
	}
	if inScope, err := e.inScope(statement); err != nil || !inScope {
		return false, err
	}
	overrides, err := overridesOf(statement, group)
	if err != nil {
		return false, err
	}
	for _, one := range group.rules {
		if !one.matches(e) {
			continue
		}
		e.verdict.Labels = append(e.verdict.Labels, group.labels+one.label)
		name := rule.Text("name") + "/" + one.name
		action := Block
		if one.counts {
			action = count
		}
		if changed, ok := overrides[one.name]; ok {
			action = changed
		}
		switch {
		case action == count:
			e.verdict.Counted = append(e.verdict.Counted, name)
			continue
		case override.Names()[0] == count:
			e.verdict.Counted = append(e.verdict.Counted, name)
			return false, nil
		case action == Allow:
			e.verdict.Action, e.verdict.Rule = Allow, name
			return true, nil
		}
		e.verdict.Action, e.verdict.Rule, e.verdict.Status = action, name, defaultStatus(action)
		return true, nil
	}
	return false, nil
}

// overridesOf are the actions that take the place of rules' own, by the rules' names. AWS refuses a name that the
// group doesn't have.
func overridesOf(statement graph.Block, group managedGroup) (map[string]string, error) {
	overrides := map[string]string{}
	for _, override := range statement.Blocks("rule_action_override") {
		name := override.Text("name")
		if !slices.ContainsFunc(group.rules, func(rule managedRule) bool { return rule.name == name }) {
			return nil, fmt.Errorf("%s: the group has no rule %q", override, name)
		}
		action, ok := override.Only("action_to_use")
		if !ok || len(action.Names()) != 1 {
			return nil, fmt.Errorf("%s: action_to_use is %v, want one action", override, override.At("action_to_use"))
		}
		overrides[name] = action.Names()[0]
	}
	return overrides, nil
}
