package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/quotas"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/internal/wire/limits"
	"github.com/titan-platform/titan/stacks/order"
)

// The loader refuses by what it counts in the file. A module that declares more than that makes it blind, so each
// count is held to what is synthesized.
func TestWhatTheLoaderCountsIsWhatIsDeclared(t *testing.T) {
	everything, err := environments.Load("fixtures/options", "")
	if err != nil {
		t.Fatal(err)
	}
	stacks := synth.ByName(optionStacks(t))
	compared := map[string]bool{}
	for _, environment := range append(everything, loaded...) {
		if !environment.DNS.Delegated {
			continue
		}
		from := stacks
		if from[order.Name(environment, order.Environment)].Name == "" {
			from = synthesized
		}
		own, global := from[order.Name(environment, order.Environment)], from[order.Name(environment, order.Global)]
		declared := declaredOf(t, own, global)
		for _, holding := range environment.Holdings() {
			want, known := declared[holding.Name]
			if !known {
				continue
			}
			compared[holding.Name] = true
			if holding.Count != want {
				t.Errorf("%s: %s is counted as %d, and %d are declared", environment.Name, holding.Quota, holding.Count, want)
			}
		}
	}
	if len(compared) < 11 {
		t.Errorf("%d quotas were compared: %v", len(compared), compared)
	}
}

// declaredOf counts what stacks declare, by the quota's name.
func declaredOf(t *testing.T, own, global Stack) map[string]int {
	t.Helper()
	declared := map[string]int{
		quotas.ListenerRules.Name:        len(own.Resources("aws_lb_listener_rule")),
		quotas.ListenerCertificates.Name: len(own.Resources("aws_lb_listener_certificate")),
		quotas.ConditionValues.Name:      mostConditionValues(own),
		quotas.SecurityGroupRules.Name:   loadBalancerRules(t, own),
	}
	for _, quota := range []quotas.Quota{
		quotas.Aliases, quotas.Origins, quotas.OriginGroups, quotas.Behaviors,
		quotas.Capacity, quotas.RateBasedRules, quotas.References, quotas.IPSetAddresses,
	} {
		declared[quota.Name] = 0
	}
	for _, cdn := range global.Resources("aws_cloudfront_distribution") {
		declared[quotas.Aliases.Name] = len(synth.List(cdn.At("aliases")))
		declared[quotas.Origins.Name] = len(synth.List(cdn.At("origin")))
		declared[quotas.OriginGroups.Name] = len(synth.List(cdn.At("origin_group")))
		declared[quotas.Behaviors.Name] = len(synth.List(cdn.At("ordered_cache_behavior")))
	}
	for _, set := range slices.Concat(own.Resources("aws_wafv2_ip_set"), global.Resources("aws_wafv2_ip_set")) {
		addresses := len(synth.List(set.At("addresses")))
		declared[quotas.IPSetAddresses.Name] = max(declared[quotas.IPSetAddresses.Name], addresses)
	}
	for _, acl := range slices.Concat(own.Resources("aws_wafv2_web_acl"), global.Resources("aws_wafv2_web_acl")) {
		for _, rule := range synth.List(acl.At("rule")) {
			statement, _ := inAPI(rule.(map[string]any)["statement"]).(map[string]any)
			capacity, err := limits.Capacity(statement)
			if err != nil {
				t.Fatal(err)
			}
			text := fmt.Sprint(statement)
			declared[quotas.Capacity.Name] += capacity
			declared[quotas.RateBasedRules.Name] += strings.Count(text, "RateBasedStatement:")
			for _, kind := range []string{"IPSetReferenceStatement:", "ManagedRuleGroupStatement:"} {
				declared[quotas.References.Name] += strings.Count(text, kind)
			}
		}
	}
	return declared
}

// mostConditionValues are the values of all conditions of the listener rule that has most.
func mostConditionValues(own Stack) int {
	most := 0
	for _, rule := range own.Resources("aws_lb_listener_rule") {
		values := 0
		for _, condition := range synth.List(rule.At("condition")) {
			for _, kind := range condition.(map[string]any) {
				values += len(synth.List(Block{Body: map[string]any{"kind": kind}}.At("kind.values")))
			}
		}
		most = max(most, values)
	}
	return most
}

// loadBalancerRules is what the inbound rules of the load balancer's group count as.
func loadBalancerRules(t *testing.T, own Stack) int {
	t.Helper()
	group, count := own.Resource(t, "aws_security_group", "loadbalancer/security-group"), 0
	for _, rule := range own.Resources("aws_vpc_security_group_ingress_rule") {
		switch {
		case rule.At("security_group_id") != group.Reference("id"):
		case rule.At("prefix_list_id") != nil:
			count += quotas.CloudFrontPrefixList
		default:
			count++
		}
	}
	return count
}

// apiNames are members of the WAF API whose names differ from Terraform's by more than their case.
var apiNames = map[string]string{
	"text_transformation": "TextTransformations", "ip_set_reference_statement": "IPSetReferenceStatement",
	"and_statement": "AndStatement", "or_statement": "OrStatement",
}

// inAPI is a statement of aws_wafv2_web_acl in the form of the API. A list of statements is one in AND and OR alone.
func inAPI(value any) any {
	switch v := value.(type) {
	case []any:
		list := make([]any, len(v))
		for i, one := range v {
			list[i] = inAPI(one)
		}
		return list
	case map[string]any:
		object := map[string]any{}
		for key, inner := range v {
			name := apiNames[key]
			if name == "" {
				for part := range strings.SplitSeq(key, "_") {
					name += strings.ToUpper(part[:1]) + part[1:]
				}
			}
			converted := inAPI(inner)
			if list, isList := converted.([]any); isList && key == "statement" && len(list) > 1 {
				name = "Statements"
			} else if isList && key == "statement" {
				converted = list[0]
			}
			object[name] = converted
		}
		return object
	}
	return value
}
