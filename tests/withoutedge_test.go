package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/requestpath"
	"github.com/titan-platform/titan/internal/synth"
)

// withoutEdge is the environment of the options that has no distribution, with the stacks that a request to it passes.
func withoutEdge(t *testing.T) (environments.Environment, map[string]Stack) {
	t.Helper()
	all, err := environments.Load("fixtures/options", "")
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(all, func(e environments.Environment) bool { return e.Name == "singlenode" })
	return all[at], map[string]Stack{
		"singlenode": optionStack(t, "singlenode"), "singlenode.global": optionStack(t, "singlenode.global"),
	}
}

// Its load balancer took CloudFront's requests alone, and there was no CloudFront: nobody reached it.
func TestWithoutAnEdgePeopleReachTheLoadBalancer(t *testing.T) {
	environment, stacks := withoutEdge(t)
	home := stacks["singlenode"]
	var open []string
	for _, rule := range home.Resources("aws_vpc_security_group_ingress_rule") {
		if cidr := rule.At("cidr_ipv4"); cidr != nil && rule.At("from_port") == 443.0 {
			open = append(open, fmt.Sprint(cidr))
		}
	}
	if !slices.Equal(open, environment.LoadBalancer.AllowCIDRs) {
		t.Errorf("open to %v, want %v", open, environment.LoadBalancer.AllowCIDRs)
	}
	if lists := home.Blocks("data", "aws_ec2_managed_prefix_list"); len(lists) > 0 {
		t.Errorf("CloudFront's addresses are let in for nothing: %v", lists)
	}
	rule := home.Resource(t, "aws_lb_listener_rule", "loadbalancer/from-callers")
	rule.WantValue(t, "condition.0.host_header.values", []string{environment.DNS.Name})
	name := stacks["singlenode.global"].Resource(t, "aws_route53_record", "public-name/dns")
	name.WantValue(t, "alias.name", environment.DNS.Origin())
	name.WantValue(t, "alias.evaluate_target_health", true)
	// Route 53 refuses an alias of a name that does not exist yet.
	origin := stacks["singlenode.global"].Resource(t, "aws_route53_record", "origin/record")
	if depends := synth.List(name.At("depends_on")); !contains(depends, origin.Address) {
		t.Errorf("the public name waits for %v, want %s", depends, origin.Address)
	}
}

func TestTheWalkFollowsARequestWithoutAnEdge(t *testing.T) {
	environment, stacks := withoutEdge(t)
	for _, problem := range requestpath.Check(environment, graphOf(t, stacks)) {
		t.Error(problem)
	}
	for name, mistake := range map[string]mistake{
		"everybody may call": {func(t *testing.T, home, _ Stack) {
			home.Find("aws_vpc_security_group_ingress_rule", "loadbalancer_https").Put(t, "cidr_ipv4", "0.0.0.0/0")
		}, "lets in more than load_balancer.allow_cidrs on 443"},
		"one may not": {func(_ *testing.T, home, _ Stack) {
			home.Remove("aws_vpc_security_group_ingress_rule", "loadbalancer_https")
		}, "is opened to load_balancer.allow_cidrs by 1 rules, want 2"},
		"any name is answered": {func(t *testing.T, home, _ Stack) {
			home.Find("aws_lb_listener_rule", "loadbalancer_from-callers").Put(t, "condition.0.host_header.values", []any{"*"})
		}, "forwards without the header host"},
		"another name is": {func(t *testing.T, home, _ Stack) {
			home.Find("aws_lb_listener_rule", "loadbalancer_from-callers").
				Put(t, "condition.0.host_header.values", []any{"www.example.com"})
		}, "answers a request with the public name by fixed-response 403"},
		"no public name": {func(_ *testing.T, _, global Stack) { global.Remove("aws_route53_record", "public-name") },
			"0 records of " + environment.DNS.Name},
	} {
		t.Run(name, func(t *testing.T) {
			planted := copies(stacks)
			mistake.plant(t, planted["singlenode"], planted["singlenode.global"])
			said := requestpath.Check(environment, graphOf(t, planted))
			if !slices.ContainsFunc(said, func(p requestpath.Problem) bool {
				return strings.Contains(p.String(), mistake.want)
			}) {
				t.Errorf("the walk says %v, want %q", said, mistake.want)
			}
		})
	}
}
