package protocol

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/titan-platform/titan/internal/wire/model"
)

// tree is a form by the parts of its keys: A.1.B=x is x below A, 1, B.
type tree struct {
	text     string
	branches map[string]*tree
}

func treeOf(form url.Values) *tree {
	root := &tree{}
	for key, values := range form {
		if key == "Action" || key == "Version" {
			continue
		}
		node := root
		for part := range strings.SplitSeq(key, ".") {
			node = node.branch(part)
		}
		node.text = values[0]
	}
	return root
}

func (t *tree) branch(name string) *tree {
	if t.branches == nil {
		t.branches = map[string]*tree{}
	}
	if t.branches[name] == nil {
		t.branches[name] = &tree{}
	}
	return t.branches[name]
}

// below is the branch of a name; an empty one where there is none.
func (t *tree) below(name string) *tree {
	if branch := t.branches[name]; branch != nil {
		return branch
	}
	return &tree{}
}

// items are the branches 1, 2, ... in their order.
func (t *tree) items() []*tree {
	numbers := map[int]*tree{}
	for name, branch := range t.branches {
		if number, err := strconv.Atoi(name); err == nil {
			numbers[number] = branch
		}
	}
	var items []*tree
	for _, number := range slices.Sorted(maps.Keys(numbers)) {
		items = append(items, numbers[number])
	}
	return items
}

// formReader reads the query protocol, and ec2's, whose lists have no name for their items.
type formReader struct {
	call  *Call
	isEC2 bool
}

// key is the name of a member in a form.
func (r formReader) key(name string, member *model.Ref) string {
	if r.isEC2 {
		if member.QueryName != "" {
			return member.QueryName
		}
		if own := member.LocationName; own != "" {
			return strings.ToUpper(own[:1]) + own[1:]
		}
		return name
	}
	if member.Of.Type == "list" && isFlat(member) && member.Of.Member.LocationName != "" {
		return member.Of.Member.LocationName
	}
	if member.LocationName != "" {
		return member.LocationName
	}
	return name
}

func isFlat(ref *model.Ref) bool { return ref.Flattened || ref.Of.Flattened }

func (r formReader) structure(shape *model.Shape, node *tree, path string) map[string]any {
	names := map[string]string{}
	for name, member := range shape.Members {
		names[r.key(name, member)] = name
	}
	read := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(node.branches)) {
		name, known := names[key]
		if !known {
			r.call.unknown(path + "." + key)
			continue
		}
		read[name] = r.value(shape.Members[name], node.branches[key], path+"."+name)
	}
	return read
}

func (r formReader) value(ref *model.Ref, node *tree, path string) any {
	shape := ref.Of
	switch shape.Type {
	case "structure":
		return r.structure(shape, node, path)
	case "list":
		if !r.isEC2 && !isFlat(ref) {
			node = node.below(or(shape.Member.LocationName, "member"))
		}
		read := []any{} // an empty one is sent as NAME=
		for i, item := range node.items() {
			read = append(read, r.value(shape.Member, item, fmt.Sprintf("%s[%d]", path, i)))
		}
		return read
	case "map":
		if !isFlat(ref) {
			node = node.below("entry")
		}
		read := map[string]any{}
		for _, entry := range node.items() {
			key := entry.below(or(shape.Key.LocationName, "key")).text
			inner := entry.below(or(shape.Value.LocationName, "value"))
			read[key] = r.value(shape.Value, inner, fmt.Sprintf("%s[%q]", path, key))
		}
		return read
	}
	return scalar(shape, node.text)
}

// scalar gives a text the type of its shape, where it can have it.
func scalar(shape *model.Shape, text string) any {
	switch shape.Type {
	case "integer", "long":
		if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
			return whole
		}
	case "float", "double":
		if real, err := strconv.ParseFloat(text, 64); err == nil {
			return real
		}
	case "boolean":
		if is, err := strconv.ParseBool(text); err == nil {
			return is
		}
	case "blob":
		if content, err := base64.StdEncoding.DecodeString(text); err == nil {
			return content
		}
	}
	return text
}

func or(name, fallback string) string {
	if name != "" {
		return name
	}
	return fallback
}
