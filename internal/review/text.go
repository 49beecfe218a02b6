package review

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/aymanbagabas/go-udiff"
)

// longest is how long a value in one line is; what is longer is shown by its difference.
const longest = 72

// mostLines is how many lines of a difference are shown.
const mostLines = 30

const (
	absent        = "none"
	afterTheApply = "(known after the apply)"
)

// line is a value in one line. What is sensitive in it is masked.
func (r *reviewer) line(n node) string {
	switch {
	case n.isSensitive() && (n.value != nil || n.unknown == true):
		return masked
	case n.unknown == true:
		return afterTheApply
	case n.value == nil:
		return absent
	}
	if text, ok := n.value.(string); ok {
		return cut(strconv.Quote(r.secrets.hide(text)))
	}
	return cut(compact(r.visible(n)))
}

// visible is a value with what is sensitive in it masked, and what is not known yet said so.
func (r *reviewer) visible(n node) any {
	switch {
	case n.isSensitive() && n.value != nil:
		return masked
	case n.unknown == true:
		return afterTheApply
	}
	switch v := n.value.(type) {
	case map[string]any:
		object := map[string]any{}
		for _, name := range n.fields() {
			object[name] = r.visible(n.field(name))
		}
		return object
	case []any:
		list := make([]any, 0, len(v))
		for _, item := range n.items() {
			list = append(list, r.visible(item))
		}
		return list
	case string:
		return r.secrets.hide(v)
	}
	return n.value
}

// difference is what a pair changes, in a finding's detail.
func (r *reviewer) difference(c *change, p pair) string {
	if c.action == Create {
		return r.line(p.after)
	}
	if lines := r.lines(p.before, p.after); lines != "" {
		return lines
	}
	return r.line(p.before) + " → " + r.line(p.after)
}

// lines is the difference of two long texts; empty where they fit into a line.
func (r *reviewer) lines(before, after node) string {
	if before.isSensitive() || after.isSensitive() || after.unknown == true || before.value == nil || after.value == nil {
		return ""
	}
	b, a := r.long(before), r.long(after)
	if len(b) <= longest && len(a) <= longest || b == a {
		return ""
	}
	unified := udiff.Unified("", "", b+"\n", a+"\n")
	var kept []string
	for line := range strings.SplitSeq(strings.TrimRight(unified, "\n"), "\n") {
		if strings.HasPrefix(line, "---") || strings.HasPrefix(line, "+++") || strings.HasPrefix(line, "@@") {
			continue
		}
		if len(kept) == mostLines {
			kept = append(kept, "  …")
			break
		}
		kept = append(kept, cut(line))
	}
	return strings.Join(kept, "\n")
}

// long is a value as text of many lines, JSON in a string laid out as JSON.
func (r *reviewer) long(n node) string {
	text, ok := n.value.(string)
	if !ok {
		return indented(without(isNothing, r.visible(n)))
	}
	text = r.secrets.hide(text)
	var object any
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		if decode(text, &object) == nil {
			return indented(object)
		}
	}
	return printable(text)
}

func decode(text string, into any) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	return decoder.Decode(into)
}

func compact(value any) string { return encoded(value, "") }

func indented(value any) string { return encoded(value, "  ") }

func encoded(value any, indent string) string {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(value); err != nil {
		return fmt.Sprintf("(%T)", value) // nothing that was decoded from JSON
	}
	return strings.TrimRight(buffer.String(), "\n")
}

// printable has no character that moves a terminal's cursor.
func printable(text string) string {
	return strings.Map(func(c rune) rune {
		if c != '\n' && !unicode.IsPrint(c) {
			return '\uFFFD'
		}
		return c
	}, text)
}

// cut shortens a text in its middle.
func cut(text string) string {
	runes := []rune(text)
	if len(runes) <= 2*longest {
		return text
	}
	return string(runes[:longest]) + " … " + string(runes[len(runes)-longest/2:])
}
