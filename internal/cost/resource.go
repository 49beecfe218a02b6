package cost

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// Resource is what is paid for, with its arguments as Terraform's JSON or a plan has them.
type Resource struct {
	Stack, Address, Type string
	Region               string
	Arguments            any

	node *graph.Node // nil where it is of a plan
}

// FromGraph are the AWS resources of some stacks.
func FromGraph(g *graph.Graph, stacks []string) []Resource {
	regions := map[string]string{}
	for _, node := range g.Nodes() {
		if node.Section == graph.Provider && node.Address == "provider.aws" {
			regions[node.Stack] = node.Text("region")
		}
	}
	var found []Resource
	for _, node := range g.Nodes() {
		if node.Section == graph.Resource && slices.Contains(stacks, node.Stack) && strings.HasPrefix(node.Type, "aws_") {
			found = append(found, Resource{node.Stack, node.Address, node.Type, regions[node.Stack], node.Body, node})
		}
	}
	return found
}

// Group is the module that a resource stands in: the first part of its construct path, which begins its name.
func (r Resource) Group() string {
	_, name, _ := strings.Cut(r.Address, ".")
	group, _, _ := strings.Cut(name, "_")
	return group
}

// at is the value at a path of arguments. A list is stepped into where it has one item: what the JSON has as a block,
// a plan has as a list of one.
func at(value any, path string) any {
	for step := range strings.SplitSeq(path, ".") {
		if list, ok := value.([]any); ok && len(list) == 1 {
			value = list[0]
		}
		holder, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = holder[step]
	}
	return value
}

func (r Resource) text(path string) string {
	text, _ := at(r.Arguments, path).(string)
	return text
}

func (r Resource) list(path string) []any {
	list, _ := at(r.Arguments, path).([]any)
	return list
}

func (r Resource) flag(path string) bool {
	switch value := at(r.Arguments, path).(type) {
	case bool:
		return value
	case string:
		return value == "true"
	}
	return false
}

// number is the number at a path; unset where there is none.
func (r Resource) number(path string, unset float64) float64 {
	switch value := at(r.Arguments, path).(type) {
	case float64:
		return value
	case json.Number:
		if number, err := value.Float64(); err == nil {
			return number
		}
	case string:
		if number, err := strconv.ParseFloat(value, 64); err == nil {
			return number
		}
	}
	return unset
}

// related is the resource of a type that an argument refers to. A plan has no references: there it is the only one of
// the type, if there is one.
func (r Resource) related(argument, kind string, all []Resource) (Resource, bool) {
	var found []Resource
	for _, other := range all {
		if other.Stack != r.Stack || other.Type != kind {
			continue
		}
		if r.node == nil || slices.ContainsFunc(r.node.References(), func(edge graph.Edge) bool {
			return edge.Argument == argument && edge.To == other.node
		}) {
			found = append(found, other)
		}
	}
	if len(found) != 1 {
		return Resource{}, false
	}
	return found[0], true
}
