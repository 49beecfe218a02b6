package synth

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Block is one resource or data source.
type Block struct {
	Address string // aws_lb.loadbalancer_alb_A40065EB
	Body    map[string]any
}

// At is the value at a dotted path of attributes and list indexes, nil where there is none. A dot inside a key is
// written `\.`.
func (b Block) At(path string) any {
	const dot = "\x00"
	var value any = b.Body
	for step := range strings.SplitSeq(strings.ReplaceAll(path, `\.`, dot), ".") {
		step = strings.ReplaceAll(step, dot, ".")
		switch holder := value.(type) {
		case map[string]any:
			value = holder[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(holder) {
				return nil
			}
			value = holder[i]
		default:
			return nil
		}
	}
	return value
}

// Reference is an expression for an attribute of the block.
func (b Block) Reference(attribute string) string { return "${" + b.Address + "." + attribute + "}" }

// String is the block's JSON, for a message.
func (b Block) String() string { return Text(b.Body) }

// Text is a value as JSON, for a message.
func Text(value any) string {
	encoded, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(encoded)
}

// Object is the object at a path of keys, nil where there is none.
func Object(root map[string]any, path ...string) map[string]any {
	for _, key := range path {
		root, _ = root[key].(map[string]any)
	}
	return root
}

// List is a value that may stand alone or in a list, as a list.
func List(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// EachValue calls visit for every value below a value, with its path: list indexes are left out, so that a path is the
// same for each item.
func EachValue(path string, value any, visit func(path string, value any)) {
	visit(path, value)
	switch holder := value.(type) {
	case map[string]any:
		for key, inner := range holder {
			EachValue(path+"."+key, inner, visit)
		}
	case []any:
		for _, inner := range holder {
			EachValue(path, inner, visit)
		}
	}
}
