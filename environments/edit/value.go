package edit

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

const strTag = "!!str"

// scalar is what YAML makes of a value without parts. The string "5" and the number 5 differ by their tags.
type scalar struct{ tag, value string }

func scalarOf(value any) (scalar, error) {
	v := reflect.ValueOf(value)
	switch {
	case v.Kind() == reflect.String && utf8.ValidString(v.String()):
		return scalar{strTag, v.String()}, nil
	case v.Kind() == reflect.String:
		return scalar{}, fmt.Errorf("%q is not UTF-8, as YAML is; write it in UTF-8", v.String())
	case v.Kind() == reflect.Bool:
		return scalar{"!!bool", strconv.FormatBool(v.Bool())}, nil
	case v.CanInt():
		return scalar{"!!int", strconv.FormatInt(v.Int(), 10)}, nil
	}
	return scalar{}, fmt.Errorf("%v is a %T; give a string, a bool or an integer", value, value)
}

// text is the scalar as YAML, quoted where it must be: where it would read as something else, or where flow, which is inside
// brackets or braces, gives one of its characters a meaning. yaml.v3 decides; it quotes for readers of YAML 1.1 too (no, yes).
func (s scalar) text(flow bool) string {
	if s.tag != strTag || encode(map[string]string{"k": s.value}) == "k: "+s.value &&
		(!flow || encode(struct {
			List []string `yaml:",flow"`
		}{[]string{s.value}}) == "list: ["+s.value+"]") {
		return s.value
	}
	return encode(&yaml.Node{Kind: yaml.ScalarNode, Tag: strTag, Style: yaml.DoubleQuotedStyle, Value: s.value})
}

func encode(value any) string {
	text, err := yaml.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("encoding %q: %v", value, err)) // strings of UTF-8 can be encoded
	}
	return strings.TrimSuffix(string(text), "\n")
}

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
	return scalar{n.ShortTag(), n.Node.Value}
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

// without is a value less what is at a path.
func without(value any, path []string) any {
	step, rest := path[0], path[1:]
	list, ok := value.([]any)
	if !ok {
		mapping := maps.Clone(value.(map[string]any)) // find has followed the path
		if len(rest) > 0 {
			mapping[step] = without(mapping[step], rest)
			return mapping
		}
		delete(mapping, step)
		return mapping
	}
	i, _ := strconv.Atoi(step)
	changed := slices.Clone(list)
	if len(rest) > 0 {
		changed[i] = without(list[i], rest)
		return changed
	}
	return slices.Delete(changed, i, i+1)
}
