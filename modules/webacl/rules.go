package webacl

import (
	"fmt"
	"strconv"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/wafv2ipset"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/wafrules"
)

// ipSets declares the IP sets and returns their ARNs by name, which is made of the set's own, so that no two meet.
func (w *webACL) ipSets(sets []wafrules.IPSet) func(name string) string {
	arns := map[string]string{}
	for _, set := range sets {
		arns[set.Name] = *wafv2ipset.NewWafv2IpSet(w.scope, jsii.String(w.id+"-"+set.Name), &wafv2ipset.Wafv2IpSetConfig{
			Name:             jsii.String(w.Name + "-" + set.Name),
			Description:      jsii.String(fmt.Sprintf("Addresses of %s, for the web ACL %s", set.Name, w.Name)),
			Scope:            jsii.String(string(w.Scope)),
			IpAddressVersion: jsii.String(set.Version),
			Addresses:        jsii.Strings(set.Addresses...),
			// AWS deletes no set that a rule still names, and Terraform would delete one that left the file before it changes
			// the web ACL (terraform-provider-aws#17601): this, which the state keeps, turns the order round.
			Lifecycle: &cdktf.TerraformResourceLifecycle{CreateBeforeDestroy: jsii.Bool(true)},
		}).Arn()
	}
	return func(name string) string { return arns[name] }
}

// rules are the rules in Terraform's own words.
func (w *webACL) rules(rules []wafrules.Rule, arn func(string) string) []any {
	list := make([]any, len(rules))
	for i, rule := range rules {
		one := map[string]any{
			"name":      rule.Name,
			"priority":  rule.Priority,
			"statement": rule.Statement.Terraform(arn),
			"visibility_config": map[string]any{
				"metric_name": w.Name + "-" + rule.Name, "cloudwatch_metrics_enabled": true, "sampled_requests_enabled": true,
			},
		}
		if rule.IsGroup() {
			one["override_action"] = override(rule.GroupCounts)
		} else {
			one["action"] = action(rule)
		}
		list[i] = one
	}
	return list
}

// override leaves the rules of a group to act as they are ('none'), or only counts what they would do.
func override(counts bool) map[string]any {
	if counts {
		return map[string]any{"count": map[string]any{}}
	}
	return map[string]any{"none": map[string]any{}}
}

func action(rule wafrules.Rule) map[string]any {
	if rule.Action != wafrules.TooMany {
		return map[string]any{string(rule.Action): map[string]any{}}
	}
	return map[string]any{"block": map[string]any{"custom_response": map[string]any{
		"response_code": 429,
		"response_header": []any{
			map[string]any{"name": "Retry-After", "value": strconv.Itoa(rule.RetryAfter)},
		},
	}}}
}
