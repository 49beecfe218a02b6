package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
)

// optionWebACL is the web ACL with everything on, and its stack.
func optionWebACL(t *testing.T) (Stack, Block) {
	t.Helper()
	for _, one := range optionStacks(t) {
		if one.Name == "production.global" {
			return one, one.Resource(t, "aws_wafv2_web_acl", "edge/web-acl")
		}
	}
	t.Fatal("there is no production.global")
	return Stack{}, Block{}
}

// ruleOf is a rule of a web ACL by its name; nil where there is none.
func ruleOf(acl Block, name string) *Block {
	for _, one := range synth.List(acl.At("rule")) {
		body, _ := one.(map[string]any)
		if body["name"] == name {
			return &Block{Address: acl.Address + " rule " + name, Body: body}
		}
	}
	return nil
}

// A new environment refuses nobody; one whose counts are understood does. What it lets through untouched, and what it
// refuses a client for asking too often, is said in the words that clients know.
func TestTheWebACLCountsFirst(t *testing.T) {
	eachEdge(t, func(t *testing.T, environment environments.Environment, stack Stack, _ Block) {
		acl := stack.Resource(t, "aws_wafv2_web_acl", "edge/web-acl")
		group, own := "count", "count"
		if environment.Edge.WAF.Mode == environments.WAFBlock {
			group, own = "none", "block"
		}
		for _, name := range []string{"ip-reputation", "common", "known-bad-inputs", "sql-injection"} {
			rule := ruleOf(acl, name)
			if rule == nil || rule.At("override_action."+group) == nil || rule.At("action") != nil {
				t.Errorf("%s: %v, want override_action %s", name, rule, group)
			}
		}
		for _, name := range []string{"rate-limit", "body-limit"} {
			if rule := ruleOf(acl, name); rule == nil || rule.At("action."+own) == nil {
				t.Errorf("%s: %v, want action %s", name, rule, own)
			}
		}
		if own == "block" {
			answer := ruleOf(acl, "rate-limit").At("action.block.custom_response")
			if got := fmt.Sprint(answer); got != "map[response_code:429 response_header:[map[name:Retry-After value:300]]]" {
				t.Errorf("the answer to who asks too often is %s", got)
			}
		}
		fixed := synth.List(ruleOf(acl, "common").At("statement.managed_rule_group_statement.rule_action_override"))
		if len(fixed) != 1 || fmt.Sprint(fixed[0]) != "map[action_to_use:map[count:map[]] name:SizeRestrictions_BODY]" {
			t.Errorf("AWS's own limit of 8 KiB is %v, want counted alone", fixed)
		}
	})
}

// AWS deletes no IP set that a rule names, and Terraform deletes one that left the file before it changes the web ACL,
// unless it is made before it is destroyed (terraform-provider-aws#17601).
func TestIPSetsOutliveTheRulesThatNameThem(t *testing.T) {
	stack, acl := optionWebACL(t)
	sets := stack.Resources("aws_wafv2_ip_set")
	want := map[string]string{
		"deny-ipv4": "[52.95.110.0/24]", "deny-ipv6": "[2600:9000::/28]",
		"allow-ipv4": "[8.8.4.4/32]", "allow-ipv6": "[2a02:8100::/32]",
		"except-CrossSiteScripting_BODY-ipv4": "[8.8.4.4/32]", "except-CrossSiteScripting_BODY-ipv6": "[2a02:8100::/32]",
		"except-Host_localhost_HEADER-ipv4": "[8.8.4.4/32]",
	}
	if len(sets) != len(want) {
		t.Errorf("%d IP sets, want %d", len(sets), len(want))
	}
	for _, set := range sets {
		set.WantValue(t, "lifecycle.create_before_destroy", true)
		set.WantValue(t, "scope", "CLOUDFRONT")
		name, _ := set.At("name").(string)
		name = strings.TrimPrefix(name, acl.At("name").(string)+"-")
		if got := fmt.Sprint(set.At("addresses")); got != want[name] {
			t.Errorf("%s has %s, want %s", name, got, want[name])
		}
		if !strings.HasSuffix(strings.ToLower(fmt.Sprint(set.At("ip_address_version"))), name[len(name)-4:]) {
			t.Errorf("%s is of version %v", name, set.At("ip_address_version"))
		}
		if !strings.Contains(acl.String(), set.Reference("arn")) {
			t.Errorf("no rule names %s", name)
		}
	}
	acl.WantValue(t, "association_config.request_body.0.cloudfront.default_size_inspection_limit", "KB_64")
}

// The queries are of the web ACL's own log, and the dashboard shows one of them.
func TestRefusalsAreShown(t *testing.T) {
	eachEdge(t, func(t *testing.T, environment environments.Environment, stack Stack, _ Block) {
		group := stack.Resource(t, "aws_cloudwatch_log_group", "edge/web-acl-logs")
		var texts []string
		for _, id := range []string{"refused-by-rule", "refused-requests"} {
			query := stack.Resource(t, "aws_cloudwatch_query_definition", "edge/web-acl-"+id)
			query.WantValue(t, "name", environment.GlobalPrefix()+"/web-acl/"+id)
			query.WantReference(t, "log_group_names.0", group)
			texts = append(texts, fmt.Sprint(query.At("query_string")))
		}
		shown := slices.ContainsFunc(dashboardOf(t, stack), func(widget Block) bool {
			return widget.At("properties.query") == "SOURCE '"+group.Reference("name")+"' | "+texts[0]
		})
		if !shown {
			t.Errorf("the dashboard does not show %s", texts[0])
		}
	})
}
