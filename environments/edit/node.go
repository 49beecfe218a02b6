package edit

import (
	"maps"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// node is a value of the document with the span of its text.
type node struct {
	*yaml.Node
	span
	slot    int  // where it would stand on the line of its key or dash; -1 for the document
	flow    bool // stands in brackets or braces, or has its own
	entries []entry
}

// entry is a setting of a mapping or an item of a list.
type entry struct {
	start int    // of the key, the dash, or the item in brackets
	key   string // empty in a list
	value *node
	comma int // the comma after it in brackets or braces, -1 without one
}

func (n *node) isScalar() bool { return n.Kind == yaml.ScalarNode }

func (n *node) isNull() bool { return n.isScalar() && n.ShortTag() == "!!null" }

// bracketed is a list in [ ] or a mapping in { }.
func (n *node) bracketed() bool { return n.Style&yaml.FlowStyle != 0 }

// isBlock is a list of dashes, or a mapping of lines.
func (n *node) isBlock() bool { return n.Kind != yaml.ScalarNode && !n.bracketed() }

// value is what a node says: scalars, []any and map[string]any of them.
func (n *node) value() any {
	switch n.Kind {
	case yaml.MappingNode:
		mapping := map[string]any{}
		for _, e := range n.entries {
			mapping[e.key] = e.value.value()
		}
		return mapping
	case yaml.SequenceNode:
		list := []any{}
		for _, e := range n.entries {
			list = append(list, e.value.value())
		}
		return list
	}
	return scalar{n.ShortTag(), n.Value}
}

// with is a value with another one at a path; mappings that are not there are added.
func with(value any, path []string, wanted any) any {
	if len(path) == 0 {
		return wanted
	}
	if list, ok := value.([]any); ok {
		i, _ := strconv.Atoi(path[0]) // find has followed the path
		changed := slices.Clone(list)
		changed[i] = with(list[i], path[1:], wanted)
		return changed
	}
	mapping, _ := value.(map[string]any)
	changed := map[string]any{}
	maps.Copy(changed, mapping)
	changed[path[0]] = with(mapping[path[0]], path[1:], wanted)
	return changed
}

// valueWithout is what a mapping or list says less one of its entries.
func (n *node) valueWithout(i int) any {
	switch value := n.value().(type) {
	case []any:
		return slices.Delete(value, i, i+1)
	case map[string]any:
		delete(value, n.entries[i].key)
		return value
	default:
		return value // scalars have no entries
	}
}
