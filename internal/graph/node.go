package graph

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Section is the part of Terraform's JSON that a node stands in.
type Section string

// The sections whose blocks are nodes. The others (terraform, import, moved) are not read.
const (
	Resource  Section = "resource"
	Data      Section = "data"
	Ephemeral Section = "ephemeral"
	Output    Section = "output"
	Local     Section = "locals"
	Variable  Section = "variable"
	Module    Section = "module"
	Check     Section = "check"
	Provider  Section = "provider"
)

// prefixes begin the addresses of what a section holds by name alone.
var prefixes = map[Section]string{
	Output: "output.", Local: "local.", Variable: "var.", Module: "module.", Check: "check.",
}

// Node is a block of a stack.
type Node struct {
	Stack   string // prod.global
	Section Section
	Type    string // aws_lb; empty for what has none
	Address string // as expressions have it: aws_lb.alb, data.aws_route53_zone.zone, local.issuer, provider.aws
	Body    any    // the block's JSON: an object, or a local's value

	references, referrers []Edge
}

// String is how a message names the node.
func (n *Node) String() string { return n.Stack + ": " + n.Address }

// References are the edges to what the node refers to, in the order of the arguments' names.
func (n *Node) References() []Edge { return slices.Clone(n.references) }

// Referrers are the edges from what refers to the node.
func (n *Node) Referrers() []Edge { return slices.Clone(n.referrers) }

// At is the value at a dotted path of arguments and list indexes, such as origin.0.domain_name; nil where there is
// none.
func (n *Node) At(path string) any {
	value := n.Body
	for step := range strings.SplitSeq(path, ".") {
		switch holder := value.(type) {
		case map[string]any:
			value = holder[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(holder) {
				return nil
			}
			value = holder[i]
		default:
			return nil
		}
	}
	return value
}

// Text is the string at a path, empty where there is none.
func (n *Node) Text(path string) string {
	text, _ := n.At(path).(string)
	return text
}

// Len is the length of the list at a path, 0 where there is none.
func (n *Node) Len(path string) int {
	list, _ := n.At(path).([]any)
	return len(list)
}

// Reference is the edge of an argument that is a reference and nothing else, such as "${aws_lb.alb.arn}".
func (n *Node) Reference(argument string) (Edge, bool) {
	for _, edge := range n.references {
		if edge.Argument == argument && edge.Whole {
			return edge, true
		}
	}
	return Edge{}, false
}

// Refers is whether an argument is a reference to another node and nothing else.
func (n *Node) Refers(argument string, to *Node) bool {
	edge, ok := n.Reference(argument)
	return ok && edge.To == to
}

func byAddress(a, b *Node) int { return cmp.Compare(a.Address, b.Address) }

// nodesOf are the blocks of a stack's JSON.
func nodesOf(stack string, root map[string]any) []*Node {
	var nodes []*Node
	for _, section := range []Section{Resource, Data, Ephemeral} {
		begin := ""
		if section != Resource {
			begin = string(section) + "."
		}
		for kind, blocks := range object(root[string(section)]) {
			for name, body := range object(blocks) {
				address := begin + kind + "." + name
				nodes = append(nodes, &Node{Stack: stack, Section: section, Type: kind, Address: address, Body: body})
			}
		}
	}
	for section, begin := range prefixes {
		for name, body := range object(root[string(section)]) {
			nodes = append(nodes, &Node{Stack: stack, Section: section, Address: begin + name, Body: body})
		}
	}
	for kind, configurations := range object(root[string(Provider)]) {
		for _, body := range items(configurations) {
			node := &Node{Stack: stack, Section: Provider, Type: kind, Address: "provider." + kind, Body: body}
			if alias := node.Text("alias"); alias != "" {
				node.Address += "." + alias
			}
			nodes = append(nodes, node)
		}
	}
	return nodes
}

// comment is the key that Terraform's JSON ignores in a block.
const comment = "//"

// object is a value that is an object, without its comment.
func object(value any) map[string]any {
	found, _ := value.(map[string]any)
	delete(found, comment)
	return found
}

// items are a list's items; Terraform's JSON lets a single block stand without its list.
func items(value any) []any {
	if list, ok := value.([]any); ok {
		return list
	}
	return []any{value}
}
