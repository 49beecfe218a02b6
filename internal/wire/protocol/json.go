package protocol

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/titan-platform/titan/internal/wire/model"
)

// readJSON reads a body as an operation's input; members that stand elsewhere, in path, query or header, are none of
// its.
func (c *Call) readJSON(ref *model.Ref, body []byte) error {
	if len(bytes.TrimSpace(body)) == 0 {
		c.Input = map[string]any{}
		return nil
	}
	value, err := parseJSON(body)
	if err != nil {
		return err
	}
	input, isObject := c.fromJSON(ref, value, "").(map[string]any)
	if !isObject {
		return fmt.Errorf("the body is no JSON object but a %T", value)
	}
	c.Input = input
	return nil
}

func parseJSON(body []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("reading the body as JSON: %w", err)
	}
	return value, nil
}

// fromJSON gives a value the types of its shape. CBOR's values come the same way.
func (c *Call) fromJSON(ref *model.Ref, value any, path string) any {
	shape := ref.Of
	if shape.Document {
		return value
	}
	switch v := value.(type) {
	case map[string]any:
		switch shape.Type {
		case "structure":
			return c.structureFromJSON(shape, v, path)
		case "map":
			read := make(map[string]any, len(v))
			for key, inner := range v {
				read[key] = c.fromJSON(shape.Value, inner, fmt.Sprintf("%s[%q]", path, key))
			}
			return read
		}
	case []any:
		if shape.Type == "list" {
			read := make([]any, len(v))
			for i, inner := range v {
				read[i] = c.fromJSON(shape.Member, inner, fmt.Sprintf("%s[%d]", path, i))
			}
			return read
		}
	case json.Number:
		return number(shape, v)
	case string:
		if shape.Type == "blob" {
			if content, err := base64.StdEncoding.DecodeString(v); err == nil {
				return content
			}
		}
	}
	return value // of a wrong type perhaps, which is the judge's to find
}

func (c *Call) structureFromJSON(shape *model.Shape, value map[string]any, path string) map[string]any {
	names := map[string]string{}
	for name, member := range shape.Members {
		if member.LocationName != "" && member.Location == "" {
			names[member.LocationName] = name
		} else if member.Location == "" {
			names[name] = name
		}
	}
	read := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(value)) {
		name, known := names[key]
		if !known {
			c.unknown(path + "." + key)
		} else if value[key] != nil { // null is as good as not given
			read[name] = c.fromJSON(shape.Members[name], value[key], path+"."+name)
		}
	}
	return read
}

// number is a whole number for a shape of whole numbers, where it is one.
func number(shape *model.Shape, value json.Number) any {
	if shape.Type != "float" && shape.Type != "double" {
		if whole, err := value.Int64(); err == nil {
			return whole
		}
	}
	real, err := value.Float64()
	if err != nil {
		return value.String()
	}
	return real
}
