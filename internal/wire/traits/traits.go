// Package traits holds a value to the constraints of its shape: required members, types, enumerations, patterns,
// lengths and ranges.
package traits

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/titan-platform/titan/internal/wire/javaregex"
	"github.com/titan-platform/titan/internal/wire/model"
	"github.com/titan-platform/titan/internal/wire/rule"
	"github.com/titan-platform/titan/internal/wire/words"
)

// maxEnum is how many of an enumeration's values a finding lists.
const maxEnum = 40

// Checker checks values; it is safe for concurrent use.
type Checker struct {
	patterns javaregex.Cache
	words    words.Cache
}

// Check notes on a sheet every constraint that a value breaks.
func (c *Checker) Check(ref *model.Ref, value any, path string, sheet *rule.Sheet) {
	shape := ref.Of
	if shape.Document {
		return
	}
	switch shape.Type {
	case "structure":
		c.structure(ref, value, path, sheet)
	case "list":
		list, isList := value.([]any)
		if !isList {
			wrongType(shape, value, path, sheet)
			return
		}
		length(shape, len(list), "items", path, sheet)
		for i, item := range list {
			c.Check(shape.Member, item, fmt.Sprintf("%s[%d]", path, i), sheet)
		}
	case "map":
		entries, isMap := value.(map[string]any)
		if !isMap {
			wrongType(shape, value, path, sheet)
			return
		}
		length(shape, len(entries), "entries", path, sheet)
		for _, key := range slices.Sorted(maps.Keys(entries)) {
			at := fmt.Sprintf("%s[%q]", path, key)
			c.Check(shape.Key, key, at+".key", sheet)
			c.Check(shape.Value, entries[key], at, sheet)
		}
	case "string":
		c.text(shape, value, path, sheet)
	default:
		scalar(shape, value, path, sheet)
	}
}

func (c *Checker) structure(ref *model.Ref, value any, path string, sheet *rule.Sheet) {
	shape := ref.Of
	members, isStructure := value.(map[string]any)
	if !isStructure {
		wrongType(shape, value, path, sheet)
		return
	}
	for _, name := range shape.Required {
		sheet.Checks["required"]++
		if _, given := members[name]; !given {
			sheet.Breaks(path+"."+name, "required", nil, ref.Shape+" has to have it")
		}
	}
	if shape.Union {
		sheet.Checks["union"]++
		if len(members) != 1 {
			sheet.Breaks(path, "union", slices.Sorted(maps.Keys(members)),
				"exactly one of "+strings.Join(slices.Sorted(maps.Keys(shape.Members)), ", "))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		member := shape.Members[name]
		if member == nil {
			continue // the decoder has told of it
		}
		c.Check(member, members[name], path+"."+name, sheet)
		c.words.Check(member.Documentation, members[name], path+"."+name, sheet)
	}
}

func (c *Checker) text(shape *model.Shape, value any, path string, sheet *rule.Sheet) {
	text, isString := value.(string)
	if !isString {
		wrongType(shape, value, path, sheet)
		return
	}
	if shape.Enum != nil {
		sheet.Checks["enum"]++
		if !slices.Contains(shape.Enum, text) {
			sheet.Breaks(path, "enum", text, strings.Join(shape.Enum[:min(len(shape.Enum), maxEnum)], " | "))
		}
	}
	length(shape, utf8.RuneCountInString(text), "characters", path, sheet)
	if shape.Pattern != "" {
		c.pattern(shape, text, path, sheet)
	}
}

func (c *Checker) pattern(shape *model.Shape, text, path string, sheet *rule.Sheet) {
	pattern, err := c.patterns.Compile(shape.Pattern)
	if err != nil {
		sheet.NotJudged[fmt.Sprintf("pattern: %v", err)]++
		return
	}
	matches, err := pattern.Matches(text)
	if err != nil {
		sheet.NotJudged[fmt.Sprintf("pattern %s: matching took a second", shape.Pattern)]++
		return
	}
	sheet.Checks["pattern"]++
	if matches {
		return
	}
	// A service may apply it to the whole value or look for it. Where it is not even found, there is no doubt.
	kind := "pattern"
	if found, err := pattern.Finds(text); err == nil && found {
		kind = "pattern of the whole value"
	}
	sheet.Breaks(path, kind, text, shape.Pattern)
}

func scalar(shape *model.Shape, value any, path string, sheet *rule.Sheet) {
	switch v := value.(type) {
	case int64:
		if shape.Type == "timestamp" || within(shape, float64(v), path, sheet) {
			return
		}
	case float64:
		if shape.Type == "timestamp" || (shape.Type == "float" || shape.Type == "double") && within(shape, v, path, sheet) {
			return
		}
	case bool:
		if shape.Type == "boolean" {
			return
		}
	case []byte:
		if shape.Type == "blob" {
			length(shape, len(v), "bytes", path, sheet)
			return
		}
	case string:
		if shape.Type == "timestamp" && isTime(v) {
			return
		}
	}
	wrongType(shape, value, path, sheet)
}

// within checks a number's range; it is false where the shape has no numbers.
func within(shape *model.Shape, number float64, path string, sheet *rule.Sheet) bool {
	switch shape.Type {
	case "integer", "long", "float", "double":
	default:
		return false
	}
	if shape.Min != nil || shape.Max != nil {
		sheet.Checks["range"]++
	}
	if shape.Min != nil && number < *shape.Min {
		sheet.Breaks(path, "min", number, fmt.Sprintf(">= %v", *shape.Min))
	}
	if shape.Max != nil && number > *shape.Max {
		sheet.Breaks(path, "max", number, fmt.Sprintf("<= %v", *shape.Max))
	}
	return true
}

func length(shape *model.Shape, length int, unit, path string, sheet *rule.Sheet) {
	if shape.Min != nil || shape.Max != nil {
		sheet.Checks["length"]++
	}
	has := fmt.Sprintf("%d %s", length, unit)
	if shape.Min != nil && float64(length) < *shape.Min {
		sheet.Breaks(path, "min "+unit, has, fmt.Sprintf(">= %v %s", *shape.Min, unit))
	}
	if shape.Max != nil && float64(length) > *shape.Max {
		sheet.Breaks(path, "max "+unit, has, fmt.Sprintf("<= %v %s", *shape.Max, unit))
	}
}

func wrongType(shape *model.Shape, value any, path string, sheet *rule.Sheet) {
	sheet.Breaks(path, "type", value, shape.Type)
}

// isTime is whether a text is a time in one of the forms that AWS's protocols have.
func isTime(text string) bool {
	for _, layout := range []string{time.RFC3339Nano, time.RFC1123, "20060102T150405Z"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}
