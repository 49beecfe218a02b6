package graph

import (
	"fmt"
	"strings"
)

// Edge leads from one node to another.
type Edge struct {
	From, To  *Node
	Argument  string // of From, by its path: alias.name, depends_on.0
	Attribute string // of To that it takes: dns_name; empty for To as a whole
	Whole     bool   // the argument is this reference and nothing else
}

// end is the node that an edge leads to when it is taken from one of its ends: From's referrers are reached against
// its direction.
func (e Edge) end(from *Node) *Node {
	if e.To == from {
		return e.From
	}
	return e.To
}

// Path is a way through the graph, edge by edge. Its zero value is no way.
type Path struct {
	From  *Node
	Edges []Edge
}

// String is the path on one line: a -[alias.name]-> b <-[load_balancer_arn]- c. An arrow has the direction of the
// reference.
func (p Path) String() string {
	if p.From == nil {
		return "no way"
	}
	var line strings.Builder
	line.WriteString(p.From.String())
	here := p.From
	for _, edge := range p.Edges {
		arrow := " -[%s]-> %s"
		if edge.From != here {
			arrow = " <-[%s]- %s"
		}
		here = edge.end(here)
		fmt.Fprintf(&line, arrow, edge.Argument, here)
	}
	return line.String()
}

// Nodes are the nodes on the path, both ends among them.
func (p Path) Nodes() []*Node {
	if p.From == nil {
		return nil
	}
	nodes := []*Node{p.From}
	for _, edge := range p.Edges {
		nodes = append(nodes, edge.end(nodes[len(nodes)-1]))
	}
	return nodes
}

// Reach finds what edges lead to from a node, with a shortest path to each; the node itself is its first, by an empty
// path. edges says what leads on from a node: (*Node).References, (*Node).Referrers, or what a caller knows, such as
// a name in one stack that another stack makes.
func Reach(from *Node, edges func(*Node) []Edge) map[*Node]Path {
	reached := map[*Node]Path{from: {From: from}}
	for waiting := []*Node{from}; len(waiting) > 0; waiting = waiting[1:] {
		here := waiting[0]
		before := reached[here].Edges
		for _, edge := range edges(here) {
			next := edge.end(here)
			if _, known := reached[next]; known {
				continue
			}
			reached[next] = Path{from, append(before[:len(before):len(before)], edge)}
			waiting = append(waiting, next)
		}
	}
	return reached
}
