package emulator

import (
	"net/url"
	"sort"
	"strconv"
	"strings"
)

// The query protocol flattens a structure into form keys (Dimensions.member.1.Name) and answers in XML with the same names, so what a call
// was given can be given back.

// node is a structure, a list or a value of the query protocol.
type node struct {
	value    string
	children map[string]*node
}

// tree unflattens a form.
func tree(form url.Values) *node {
	root := &node{}
	for key, values := range form {
		at := root
		for _, step := range strings.Split(key, ".") {
			if at.children == nil {
				at.children = map[string]*node{}
			}
			if at.children[step] == nil {
				at.children[step] = &node{}
			}
			at = at.children[step]
		}
		at.value = values[0]
	}
	return root
}

// xml is a node's content as the protocol's answers write it: Dimensions.member.1 becomes the first <member> of <Dimensions>.
func (n *node) xml() string {
	if n.children == nil {
		return escape(n.value)
	}
	var text strings.Builder
	for _, name := range n.names() {
		child := n.children[name]
		if !child.isList() {
			text.WriteString("<" + name + ">" + child.xml() + "</" + name + ">")
			continue
		}
		for _, i := range child.names() {
			text.WriteString("<" + name + ">" + child.children[i].xml() + "</" + name + ">")
		}
	}
	return text.String()
}

func (n *node) isList() bool { return n.children["1"] != nil }

// names are the children's, numbers in their own order.
func (n *node) names() []string {
	names := make([]string, 0, len(n.children))
	for name := range n.children {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		a, errA := strconv.Atoi(names[i])
		b, errB := strconv.Atoi(names[j])
		if errA == nil && errB == nil {
			return a < b
		}
		return names[i] < names[j]
	})
	return names
}

func hasElement(text, name string) bool {
	return strings.Contains(text, "<"+name+">") || strings.Contains(text, "<"+name+"/>")
}

// elementEnd is where the element ends that a text begins inside of; elements of the same name may be nested in it.
func elementEnd(text, element string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch {
		case strings.HasPrefix(text[i:], "<"+element+">"):
			depth++
		case strings.HasPrefix(text[i:], "</"+element+">"):
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return len(text)
}

// each is a list of a form (name.1, name.2, …), every value of it in XML.
func each(form url.Values, name string, xml func(value string) string) string {
	var text strings.Builder
	for i := 1; form.Get(name+"."+strconv.Itoa(i)) != ""; i++ {
		text.WriteString(xml(escape(form.Get(name + "." + strconv.Itoa(i)))))
	}
	return text.String()
}
