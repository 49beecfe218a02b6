// Package graph reads the Terraform JSON of stacks as one graph: what each stack holds, by address, and what refers
// to what. HCL's own parser finds the references, as it does for Terraform, and each string is parsed once.
package graph

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Stack is the Terraform JSON of a stack (cdk.tf.json).
type Stack struct {
	Name string
	JSON []byte
}

// Graph is what some stacks hold. References stay within a stack; what leads from one stack to another by a name is
// for the caller of Reach to say.
type Graph struct {
	nodes []*Node // by stack in the order of Read, then by address
	index map[key]*Node
}

type key struct{ stack, address string }

// Read makes the graph of stacks. It is an error where two stacks have one name, where a string is no valid
// expression, and where a reference leads to nothing that its stack holds; the last two say where the string stands.
func Read(stacks ...Stack) (*Graph, error) {
	g := &Graph{index: map[key]*Node{}}
	seen := map[string]bool{}
	for _, stack := range stacks {
		if seen[stack.Name] {
			return nil, fmt.Errorf("reading stack %q: it is given twice", stack.Name)
		}
		seen[stack.Name] = true
		if err := g.add(stack); err != nil {
			return nil, fmt.Errorf("reading stack %q: %w", stack.Name, err)
		}
	}
	for _, node := range g.nodes {
		if err := g.connect(node); err != nil {
			return nil, fmt.Errorf("reading stack %q: %w", node.Stack, err)
		}
	}
	return g, nil
}

// add makes the nodes of a stack.
func (g *Graph) add(stack Stack) error {
	var root map[string]any
	if err := json.Unmarshal(stack.JSON, &root); err != nil {
		return fmt.Errorf("parsing its JSON: %w", err)
	}
	nodes := nodesOf(stack.Name, root)
	slices.SortFunc(nodes, byAddress)
	for _, node := range nodes {
		at := key{node.Stack, node.Address}
		if g.index[at] != nil {
			return fmt.Errorf("%s is there twice", node.Address)
		}
		g.index[at] = node
	}
	g.nodes = append(g.nodes, nodes...)
	return nil
}

// connect adds the edges of a node to what it refers to.
func (g *Graph) connect(node *Node) error {
	references, err := referencesIn(node)
	if err != nil {
		return err
	}
	for _, reference := range references {
		to := g.index[key{node.Stack, reference.address}]
		if to == nil {
			return fmt.Errorf("%s: %s refers to %s, which the stack does not hold",
				node.Address, reference.argument, reference.address)
		}
		edge := Edge{node, to, reference.argument, reference.attribute, reference.whole}
		node.references = append(node.references, edge)
		to.referrers = append(to.referrers, edge)
	}
	return nil
}

// Nodes are all nodes: by stack as given to Read, then by address.
func (g *Graph) Nodes() []*Node { return slices.Clone(g.nodes) }

// Node is the node at an address of a stack, nil where there is none.
func (g *Graph) Node(stack, address string) *Node { return g.index[key{stack, address}] }

// Resources are the resources of a type, in all stacks.
func (g *Graph) Resources(kind string) []*Node { return g.of(Resource, kind) }

// Data are the data sources of a type, in all stacks.
func (g *Graph) Data(kind string) []*Node { return g.of(Data, kind) }

func (g *Graph) of(section Section, kind string) []*Node {
	return slices.DeleteFunc(g.Nodes(), func(node *Node) bool { return node.Section != section || node.Type != kind })
}

// sorted are the keys of an object in order, so that a graph is the same each time.
func sorted(object map[string]any) []string { return slices.Sorted(maps.Keys(object)) }
