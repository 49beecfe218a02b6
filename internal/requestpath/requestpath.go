// Package requestpath follows a request through what stacks synthesize: the name that users call, the distribution
// with its web ACL, the origin's name and its failover, the load balancer with its rules, the target group, the
// nodes' security group. It says what is missing on the way and what else leads there (Check), and where a request
// ends while some regions are healthy and others are not (Distribution).
package requestpath

import (
	"fmt"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/stacks/order"
)

// Problem is something that is wrong on the way.
type Problem struct {
	Node *graph.Node // where; nil for what is missing
	Text string      // goes on after the node's name: "has no web ACL"
}

// String is the problem in a line.
func (p Problem) String() string {
	if p.Node == nil {
		return p.Text
	}
	return p.Node.String() + " " + p.Text
}

// walk is a check of one environment's way.
type walk struct {
	environments.Environment
	graph    *graph.Graph
	problems []Problem

	distribution *Distribution // nil without one
	balancer     *graph.Node
	targets      *graph.Node
}

// Check follows the way of a request to an environment. The graph has the environment's stack and that of us-east-1,
// and of a pair also those of the other one: a secondary is behind its primary's distribution.
func Check(environment environments.Environment, g *graph.Graph) []Problem {
	w := &walk{Environment: environment, graph: g}
	if w.balancer = w.only("aws_lb"); w.balancer == nil {
		return w.problems
	}
	w.targets = w.only("aws_lb_target_group")
	w.edge()
	w.names()
	w.listeners()
	w.securityGroups()
	w.nodes()
	return w.problems
}

func (w *walk) say(node *graph.Node, format string, args ...any) {
	w.problems = append(w.problems, Problem{node, fmt.Sprintf(format, args...)})
}

// here are the resources of a type in the environment's own stack.
func (w *walk) here(kind string) []*graph.Node {
	return inStack(w.graph.Resources(kind), order.Name(w.Environment, order.Environment))
}

// only is the one resource of a type in the environment's own stack, nil where there is none. Another one would be
// another way in.
func (w *walk) only(kind string) *graph.Node {
	found := w.here(kind)
	if len(found) != 1 {
		w.say(nil, "%s: %d of %s, want one", w.Name, len(found), kind)
	}
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

func inStack(nodes []*graph.Node, stack string) []*graph.Node {
	var found []*graph.Node
	for _, node := range nodes {
		if node.Stack == stack {
			found = append(found, node)
		}
	}
	return found
}
