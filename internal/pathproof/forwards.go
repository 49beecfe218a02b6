package pathproof

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// originHeader is who sends what only an environment's own distribution and its load balancer know.
const originHeader = "whoever knows the origin's header"

// forwards asks what listeners of load balancers send on, and of whom.
func forwards() query {
	return query{"what the load balancer forwards", func(f *Facts, s Scope) ([]Reach, bool) {
		found := f.forwarded(s.Own)
		if s.Addons.Grafana.IsServed() {
			found = append(found, f.takenIn(s.all(), s.Addons.Grafana.Name)...)
		}
		return sorted(found), len(f.resources(s.Own, "aws_lb_listener")) > 0
	}}
}

// forwarded are the names that listeners send on, each with the blocks of addresses that it is sent on from.
func (f *Facts) forwarded(stacks []string) []Reach {
	var found []Reach
	for _, node := range f.resources(stacks, "aws_lb_listener", "aws_lb_listener_rule") {
		argument := map[string]string{"aws_lb_listener": "default_action", "aws_lb_listener_rule": "action"}[node.Type]
		for i := range node.Len(argument) {
			if node.Text(fmt.Sprintf("%s.%d.type", argument, i)) != "forward" {
				continue
			}
			for _, who := range askers(node) {
				found = append(found, Reach{who, Chain{{who, "the ingress controller", by(node, argument)}}})
			}
		}
	}
	return found
}

// askers are whose requests a rule takes. What it does not ask for may be anything: without a name it is every name,
// and without a block it comes from whoever may connect. Of conditions that are not read none counts.
func askers(rule *graph.Node) []string {
	names, sources := []string{"every name"}, []string{"whoever may connect"}
	for i := range rule.Len("condition") {
		at := fmt.Sprintf("condition.%d.", i)
		if values := texts(rule.At(at + "host_header.values")); len(values) > 0 {
			names = values
		}
		if values := texts(rule.At(at + "source_ip.values")); len(values) > 0 {
			sources = values
		}
		values := texts(rule.At(at + "http_header.values"))
		isSecret := func(value string) bool { return strings.HasPrefix(value, "${data.aws_secretsmanager_secret_version.") }
		if len(values) > 0 && !slices.ContainsFunc(values, func(value string) bool { return !isSecret(value) }) {
			return []string{originHeader}
		}
	}
	var who []string
	for _, name := range names {
		for _, source := range sources {
			who = append(who, name+" from "+source)
		}
	}
	return who
}

// takenIn are the distributions that answer to a name: they would send it on with the origin's header, for everybody. A
// wildcard takes in all names below it (CloudFront Developer Guide, 'Use the * wildcard in alternate domain names').
func (f *Facts) takenIn(stacks []string, name string) []Reach {
	var found []Reach
	for _, node := range f.resources(stacks, "aws_cloudfront_distribution") {
		for _, alias := range texts(node.At("aliases")) {
			below, isWildcard := strings.CutPrefix(alias, "*")
			if alias == name || isWildcard && strings.HasSuffix(name, below) {
				who := name + " from everybody"
				found = append(found, Reach{who, Chain{{who, "the ingress controller", by(node, "its alias "+alias)}}})
			}
		}
	}
	return found
}
