package edit

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// reader goes through a text once, beside the parser's tree: the tree has where a value begins, the reader finds
// where it ends. It knows the plain forms of YAML and stops at the first byte of any other.
type reader struct {
	*document
	at  int
	err error
}

func (r *reader) read(root *yaml.Node) *node {
	r.skip()
	if strings.HasPrefix(r.text[r.at:], "---") {
		r.at += len("---")
	}
	n := r.value(root, -1, false)
	n.slot = -1
	if r.skip(); strings.HasPrefix(r.text[r.at:], "...") {
		r.at += len("...")
	}
	if r.skip(); r.at < len(r.text) {
		r.unknown()
	}
	return n
}

// value reads the value of a key or an item; indent is the column, from 0, of the block around it.
func (r *reader) value(y *yaml.Node, indent int, flow bool) *node {
	n := &node{Node: y, span: span{r.at, r.at}, slot: r.at, flow: flow}
	r.checkPlain(y)
	if y.Kind == yaml.ScalarNode && y.Style == 0 && y.Value == "" {
		return n // nothing is written
	}
	r.skip()
	n.start = r.at
	if line, column := r.position(r.at); r.err == nil && (line != y.Line || column != y.Column) {
		r.unknown()
	}
	switch {
	case r.err != nil:
	case y.Kind == yaml.ScalarNode:
		r.scalar(y, indent)
	case n.bracketed():
		n.flow = true
		r.flowCollection(n)
	default:
		r.blockCollection(n, r.at-r.lineStart(r.at))
	}
	n.end = r.at
	return n
}

// checkPlain refuses what gives a value another meaning than its text.
func (r *reader) checkPlain(y *yaml.Node) {
	switch {
	case y.Kind == yaml.AliasNode:
		r.fail("an alias (*%s) stands here; write the value out", y.Value)
	case y.Anchor != "":
		r.fail("an anchor (&%s) stands here; write the value out where it is used", y.Anchor)
	case y.Style&yaml.TaggedStyle != 0:
		r.fail("a tag (%s) stands here; take it away, and quote the value if it is a string", y.Tag)
	}
}

func (r *reader) blockCollection(n *node, indent int) {
	if n.Kind == yaml.SequenceNode {
		for _, item := range n.Content {
			r.skip()
			e := entry{start: r.at, comma: -1}
			r.expect('-')
			e.value = r.value(item, indent, false)
			n.entries = append(n.entries, e)
		}
		return
	}
	r.settings(n, indent, func() int { return -1 })
}

func (r *reader) flowCollection(n *node) {
	opening, closing := byte('['), byte(']')
	if n.Kind == yaml.MappingNode {
		opening, closing = '{', '}'
	}
	r.expect(opening)
	if n.Kind == yaml.MappingNode {
		r.settings(n, -1, r.comma)
	} else {
		for _, item := range n.Content {
			r.skip()
			e := entry{start: r.at}
			e.value = r.value(item, -1, true)
			e.comma = r.comma()
			n.entries = append(n.entries, e)
		}
	}
	r.skip()
	r.expect(closing)
}

// settings reads the keys and values of a mapping; after goes over what parts them.
func (r *reader) settings(n *node, indent int, after func() (comma int)) {
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		r.skip()
		e := entry{start: r.at, key: key.Value}
		switch {
		case key.Kind != yaml.ScalarNode:
			r.unknown()
		case key.ShortTag() == "!!merge":
			r.fail("a merge (<<) stands here; write the settings out")
		case seen[key.Value]:
			r.fail("%s is set twice; remove one of them", key.Value)
		}
		seen[key.Value] = true
		r.value(key, indent, n.flow)
		r.skip()
		r.expect(':')
		e.value = r.value(n.Content[i+1], indent, n.flow)
		e.comma = after()
		n.entries = append(n.entries, e)
	}
}
