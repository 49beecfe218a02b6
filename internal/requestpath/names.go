package requestpath

import (
	"slices"

	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/stacks/order"
)

// stations are what a request passes from the distribution to the target group.
var stations = []string{
	"aws_cloudfront_distribution", "aws_route53_record", "aws_route53_record",
	"aws_lb", "aws_lb_listener", "aws_lb_listener_rule", "aws_lb_target_group",
}

// names checks the names between distribution and load balancer: the origin's, which us-east-1's stack makes, leads
// to the region's, which the environment's stack makes, and that to its load balancer. Nothing else leads there.
func (w *walk) names() {
	origin := w.record(w.DNS.Origin(), order.Name(w.Environment, order.Global))
	regional := w.record(w.DNS.RegionalOrigin(w.Region), order.Name(w.Environment, order.Environment))
	if origin != nil && !sameName(origin.Text("alias.name"), w.DNS.RegionalOrigin(w.Region)) {
		w.say(origin, "does not lead to %s", w.DNS.RegionalOrigin(w.Region))
	}
	if regional != nil && !regional.Refers("alias.name", w.balancer) {
		w.say(regional, "does not lead to the load balancer")
	}
	for _, record := range []*graph.Node{origin, regional} {
		if record != nil && record.At("alias.evaluate_target_health") != true {
			w.say(record, "is healthy whatever it leads to")
		}
	}
	if _, err := (dns{w.graph, allHealthy}).answer(w.DNS.Origin()); err != nil {
		w.say(nil, "%v", err)
	}
	expected := []*graph.Node{origin, regional}
	if !w.HasEdge() {
		expected = append(expected, w.record(w.DNS.Name, order.Name(w.Environment, order.Global)))
	}
	if name := w.Addons.Grafana.Name; name != "" {
		grafana := w.record(name, order.Name(w.Environment, order.Environment))
		if grafana != nil && !grafana.Refers("alias.name", w.balancer) {
			w.say(grafana, "does not lead to the load balancer")
		}
		expected = append(expected, grafana)
	}
	w.shortcuts(expected...)
	w.wholeWay()
}

// record is the one record of a name in a stack, nil where there is none.
func (w *walk) record(name, stack string) *graph.Node {
	found := inStack(recordsOf(w.graph, name, "A"), stack)
	if len(found) != 1 {
		w.say(nil, "%s: %d records of %s, want one", stack, len(found), name)
	}
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

// shortcuts finds the records that lead to the load balancer past the distribution.
func (w *walk) shortcuts(expected ...*graph.Node) {
	if w.Peers.Secondary != nil || w.Peers.Primary != nil {
		expected = append(expected, recordsOf(w.graph, w.DNS.Origin(), "A")...) // one name for both of a pair
	}
	leads := leadsOn(w.graph)
	past := func(node *graph.Node) []graph.Edge {
		if node.Type == "aws_cloudfront_distribution" {
			return nil
		}
		return leads(node)
	}
	for _, record := range w.graph.Resources("aws_route53_record") {
		if slices.Contains(expected, record) {
			continue
		}
		if way, ok := graph.Reach(record, past)[w.balancer]; ok {
			w.say(record, "leads to the load balancer past the distribution: %s", way)
		}
	}
}

// wholeWay checks that what the distribution sends can get to the target group, by every station.
func (w *walk) wholeWay() {
	if w.distribution == nil || w.targets == nil {
		return
	}
	way, ok := graph.Reach(w.distribution.Node, leadsOn(w.graph))[w.targets]
	if !ok {
		w.say(w.distribution.Node, "does not lead to %s", w.targets)
		return
	}
	var passed []string
	for _, node := range way.Nodes() {
		passed = append(passed, node.Type)
	}
	if !slices.Equal(passed, stations) {
		w.say(w.distribution.Node, "leads to the nodes another way: %s", way)
	}
}
