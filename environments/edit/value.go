package edit

import (
	"fmt"
	"reflect"
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

// text is the scalar as YAML, in quotes where it would read as something else without them. flow is inside brackets or
// braces.
func (s scalar) text(flow bool) string {
	if s.tag != strTag || needsNoQuotes(s.value, flow) {
		return s.value
	}
	return encode(&yaml.Node{Kind: yaml.ScalarNode, Tag: strTag, Style: yaml.DoubleQuotedStyle, Value: s.value})
}

// needsNoQuotes is whether yaml.v3 writes a string bare. It thinks of readers of YAML 1.1 too: it quotes no and yes,
// and in flow whatever holds a colon.
func needsNoQuotes(value string, flow bool) bool {
	if !flow {
		return encode(map[string]string{"k": value}) == "k: "+value
	}
	list := struct {
		List []string `yaml:",flow"`
	}{[]string{value}}
	return encode(list) == "list: ["+value+"]"
}

func encode(value any) string {
	text, err := yaml.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("encoding %q: %v", value, err)) // strings of UTF-8 can be encoded
	}
	return strings.TrimSuffix(string(text), "\n")
}
