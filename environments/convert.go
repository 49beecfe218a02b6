package environments

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parse reads YAML into the document; whether there is anything to check. What is wrong with its
// form becomes a problem.
func (d *document) parse(content []byte) bool {
	content, isText := d.readText(content)
	if !isText {
		return false
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	var root yaml.Node
	err := decoder.Decode(&root)
	if errors.Is(err, io.EOF) || err == nil && root.Content[0].ShortTag() == "!!null" {
		d.add(position{1, 1}, "the file is empty: %s needs %s",
			d.grammar.of, strings.Join(d.grammar.compiled().Required, ", "))
		return false
	}
	if err != nil {
		d.syntax(content, err)
		return false
	}
	var second yaml.Node
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		d.add(position{second.Line, second.Column}, "the file holds more than one YAML document: one file is %s; "+
			"remove what follows the second ---", d.grammar.one)
		return false
	}
	d.positions, d.nodes, d.broken = map[string]position{}, map[string]*yaml.Node{}, map[string]bool{}
	d.root = root.Content[0]
	d.positions[""] = position{d.root.Line, d.root.Column}
	d.value = d.convert(d.root, "")
	return true
}

// convert turns a node into a JSON value and notes where each value stands. What a file may not hold is refused, and
// becomes null.
func (d *document) convert(node *yaml.Node, path string) any {
	d.nodes[path] = node
	if node.Style&yaml.TaggedStyle != 0 {
		d.refuse(path, "carries the tag %s: tags are not taken here, because they make another value of what is written; "+
			"write the value alone", node.Tag)
		return nil
	}
	switch node.Kind {
	case yaml.MappingNode:
		return d.convertMapping(node, path)
	case yaml.SequenceNode:
		list := make([]any, 0, len(node.Content))
		for i, item := range node.Content {
			child := join(path, strconv.Itoa(i))
			d.positions[child] = position{item.Line, item.Column}
			list = append(list, d.convert(item, child))
		}
		return list
	case yaml.AliasNode:
		d.refuse(path,
			"is an alias (*%s): aliases are not taken here, so that a file says what it means; write the value out",
			node.Value)
		return nil
	}
	return d.scalar(node, path)
}

// word is what every setting's name is: no dot, by which paths tell the settings of a section.
var word = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// convertMapping leaves out of the node what it refuses, so that nothing decodes it.
func (d *document) convertMapping(node *yaml.Node, path string) any {
	object := map[string]any{}
	var content []*yaml.Node
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		at := position{key.Line, key.Column}
		if key.Kind != yaml.ScalarNode || key.ShortTag() == "!!merge" || key.Style&yaml.TaggedStyle != 0 {
			d.add(at,
				"a key of %s is not a plain word: merges (<<), tags, and keys made of lists or mappings are not taken here; "+
					"write the settings out", display(path))
			d.broken[path] = true
			continue
		}
		if !word.MatchString(key.Value) {
			d.add(at,
				"a key of %s is %q, which is not a setting: names are words, and what is in a section stands in a mapping "+
					"below its name", display(path), key.Value)
			continue
		}
		child := join(path, key.Value)
		if first, seen := d.positions[child]; seen {
			d.add(at, "%s is set twice, first on line %d; remove one of them", display(child), first.line)
			d.broken[child] = true
			continue
		}
		d.positions[child] = at
		object[key.Value] = d.convert(value, child)
		content = append(content, key, value)
	}
	node.Content = content
	return object
}

// plainNumber is a number that everybody reads alike. YAML takes 0755 for octal, 0x10 for hexadecimal,
// 1_000 and 1e3 for thousand.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?$`)

// scalar is a plain value as JSON would have it.
func (d *document) scalar(node *yaml.Node, path string) any {
	switch node.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		var b bool
		if node.Decode(&b) == nil {
			return b
		}
	case "!!int", "!!float":
		if !plainNumber.MatchString(node.Value) {
			d.numbers = append(d.numbers, path)
		}
		var f float64
		if node.Decode(&f) == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f
		}
		return 0.0
	}
	if problem := textProblem(path, node.Value); problem != "" {
		d.refuse(path, "%s", problem)
	}
	return node.Value
}

// checkNumbers refuses numbers that say something else than they seem to. Where a string is wanted, that has been said.
func (d *document) checkNumbers() {
	for _, path := range d.numbers {
		d.refuse(path, "is %s, which YAML does not read as it is written; write a number in plain digits, of at most 15, "+
			"without a zero in front, an exponent or underscores", d.nodes[path].Value)
	}
}

// written is a value as the file has it: a string in quotes, a number in its own digits.
func (d *document) written(path string) string {
	node := d.nodes[path]
	if node == nil {
		return ""
	}
	if node.ShortTag() != "!!str" {
		return node.Value
	}
	text, err := json.Marshal(node.Value)
	if err != nil {
		return node.Value
	}
	return string(text)
}
