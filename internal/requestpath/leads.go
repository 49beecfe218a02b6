package requestpath

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// onward begins the arguments of a resource that say where a request goes on.
var onward = map[string][]string{
	"aws_route53_record":          {"alias.name", "records."},
	"aws_cloudfront_distribution": {"origin."},
	"aws_lb_listener":             {"default_action."},
	"aws_lb_listener_rule":        {"action."},
}

// upstream is the argument of a resource that says where a request comes from: a listener names its load balancer.
var upstream = map[string]string{"aws_lb_listener": "load_balancer_arn", "aws_lb_listener_rule": "listener_arn"}

// leadsOn are the edges that a request can take from a resource: by reference within a stack, and by a domain name
// from one stack to another.
func leadsOn(g *graph.Graph) func(*graph.Node) []graph.Edge {
	records := g.Resources("aws_route53_record")
	return func(node *graph.Node) []graph.Edge {
		var edges []graph.Edge
		for _, edge := range node.References() {
			if startsWithOne(edge.Argument, onward[node.Type]) {
				edges = append(edges, edge)
			}
		}
		for _, edge := range node.Referrers() {
			if argument := upstream[edge.From.Type]; argument != "" && edge.Argument == argument {
				edges = append(edges, edge)
			}
		}
		for _, argument := range nameArguments(node) {
			for _, record := range records {
				if record != node && sameName(record.Text("name"), node.Text(argument)) {
					edges = append(edges, graph.Edge{From: node, To: record, Argument: argument, Attribute: "name"})
				}
			}
		}
		return edges
	}
}

// nameArguments are the arguments of a resource that hold the domain name of where a request goes on.
func nameArguments(node *graph.Node) []string {
	var arguments []string
	switch node.Type {
	case "aws_route53_record":
		arguments = append(arguments, "alias.name")
		for i := range node.Len("records") {
			arguments = append(arguments, fmt.Sprintf("records.%d", i))
		}
	case "aws_cloudfront_distribution":
		for i := range node.Len("origin") {
			arguments = append(arguments, fmt.Sprintf("origin.%d.domain_name", i))
		}
	}
	return arguments
}

func startsWithOne(text string, beginnings []string) bool {
	return slices.ContainsFunc(beginnings, func(beginning string) bool { return strings.HasPrefix(text, beginning) })
}
