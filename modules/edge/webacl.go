package edge

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/wafv2webacl"
)

// managedRules are AWS's own rule groups, in the order in which they are asked: the cheap ones that refuse most come first. Together with the
// rate limit they take 1,177 of the 1,500 capacity units that a web ACL has at its base price (AWS WAF Developer Guide, 'AWS Managed Rules
// rule groups list').
var managedRules = []struct {
	id, group string
	countOnly bool
}{
	{id: "ip-reputation", group: "AWSManagedRulesAmazonIpReputationList"},
	// People behind a VPN or in a cloud are not attackers yet: counted, for whoever writes a rule about them.
	{id: "anonymous-ip", group: "AWSManagedRulesAnonymousIpList", countOnly: true},
	{id: "common", group: "AWSManagedRulesCommonRuleSet"},
	{id: "known-bad-inputs", group: "AWSManagedRulesKnownBadInputsRuleSet"}, // Log4j's too
	{id: "sql-injection", group: "AWSManagedRulesSQLiRuleSet"},
}

func (e *edge) webACL() wafv2webacl.Wafv2WebAcl {
	rules := []wafv2webacl.Wafv2WebAclRule{e.rateLimit()}
	for _, managed := range managedRules {
		rules = append(rules, wafv2webacl.Wafv2WebAclRule{
			Name:     jsii.String(managed.id),
			Priority: jsii.Number(len(rules)),
			// The bindings leave statements to their user: these are Terraform's own names.
			Statement: map[string]any{
				"managed_rule_group_statement": map[string]any{"vendor_name": "AWS", "name": managed.group},
			},
			VisibilityConfig: e.ruleVisibility(managed.id),
		})
	}
	acl := wafv2webacl.NewWafv2WebAcl(e.scope, jsii.String("web-acl"), &wafv2webacl.Wafv2WebAclConfig{
		Name:             jsii.String(e.Name),
		Description:      jsii.String("In front of the distribution of " + e.Name),
		Scope:            jsii.String("CLOUDFRONT"),
		DefaultAction:    &wafv2webacl.Wafv2WebAclDefaultAction{Allow: &wafv2webacl.Wafv2WebAclDefaultActionAllow{}},
		Rule:             rules,
		VisibilityConfig: e.visibility(e.Name),
	})
	for i, managed := range managedRules {
		// 'none' leaves a group's rules to act as they are. Both are blocks that are empty, which the bindings drop: AWS refuses a group
		// without one.
		override := "none"
		if managed.countOnly {
			override = "count"
		}
		acl.AddOverride(jsii.String(fmt.Sprintf("rule.%d.override_action", i+1)), map[string]any{override: map[string]any{}})
	}
	return acl
}

// rateLimit refuses an address that asks too often, and tells it so.
func (e *edge) rateLimit() wafv2webacl.Wafv2WebAclRule {
	const window = 300 // seconds, what the setting counts over
	return wafv2webacl.Wafv2WebAclRule{
		Name:     jsii.String("rate-limit"),
		Priority: jsii.Number(0),
		Action: &wafv2webacl.Wafv2WebAclRuleAction{Block: &wafv2webacl.Wafv2WebAclRuleActionBlock{
			CustomResponse: &wafv2webacl.Wafv2WebAclRuleActionBlockCustomResponse{ResponseCode: jsii.Number(429)},
		}},
		Statement: map[string]any{
			"rate_based_statement": map[string]any{"limit": e.Settings.RateLimit, "aggregate_key_type": "IP", "evaluation_window_sec": window},
		},
		VisibilityConfig: e.ruleVisibility("rate-limit"),
	}
}

func (e *edge) visibility(metric string) *wafv2webacl.Wafv2WebAclVisibilityConfig {
	return &wafv2webacl.Wafv2WebAclVisibilityConfig{
		MetricName: jsii.String(metric), CloudwatchMetricsEnabled: jsii.Bool(true), SampledRequestsEnabled: jsii.Bool(true),
	}
}

func (e *edge) ruleVisibility(rule string) *wafv2webacl.Wafv2WebAclRuleVisibilityConfig {
	return &wafv2webacl.Wafv2WebAclRuleVisibilityConfig{
		MetricName: jsii.String(e.Name + "-" + rule), CloudwatchMetricsEnabled: jsii.Bool(true), SampledRequestsEnabled: jsii.Bool(true),
	}
}
