package environments

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxFileBytes is far above any real environment file and far below what would trouble a parser.
const maxFileBytes = 256 << 10

// document is one parsed file: its values as JSON would have them, and where each stands.
type document struct {
	path      string
	grammar   *grammar
	root      *yaml.Node
	value     any
	positions map[string]position // by path: "network.cidr", "cluster.node_groups.0.name"; "" is the document
	problems  Problems
}

type position struct{ line, column int }

// open returns the name that the file gives and its content. What is wrong becomes a problem.
func (d *document) open() (name string, content []byte) {
	name = strings.TrimSuffix(filepath.Base(d.path), filepath.Ext(d.path))
	switch {
	case filepath.Ext(d.path) == ".yml":
		d.whole("ends in .yml; %s files end in .yaml: rename it to %s.yaml", d.grammar.kind, name)
		return name, nil
	case !fileName.MatchString(name):
		d.whole("names %s %q, which cannot be part of a resource's name: use lower case letters, digits and single hyphens, "+
			"beginning with a letter", d.grammar.of, name)
		return name, nil
	}
	content, err := readLimited(d.path)
	if err != nil {
		d.whole("cannot be read: %v; make it a readable file of at most %d KiB", cause(err), maxFileBytes>>10)
	}
	return name, content
}

// decode parses a file's content, holds it against its grammar and decodes it into value. What is wrong becomes a problem.
func (d *document) decode(content []byte, value any) {
	if d.parse(content); d.problems != nil {
		return
	}
	if d.check(); d.problems != nil {
		return
	}
	// The schema has accepted the document, so this can fail only where schema and types have grown apart.
	if err := d.root.Decode(value); err != nil {
		d.whole("does not fit the types: %v; run make schema", err)
	}
}

func readLimited(file string) ([]byte, error) {
	// Opening a named pipe waits for somebody to write to it.
	switch info, err := os.Stat(file); {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular() && !info.IsDir(): // of which reading says what it is
		return nil, fmt.Errorf("it is no regular file (%s)", info.Mode())
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read from
	content, err := io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	if err != nil {
		return nil, err
	}
	if len(content) > maxFileBytes {
		return nil, errors.New("it is larger than that")
	}
	return content, nil
}

// cause is a file error without the path, which the problem names already.
func cause(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// parse reads YAML into the document. What is wrong with its form becomes a problem.
func (d *document) parse(content []byte) {
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	var root yaml.Node
	err := decoder.Decode(&root)
	if errors.Is(err, io.EOF) {
		d.add(position{1, 1}, "the file is empty: %s needs %s", d.grammar.of, strings.Join(d.grammar.compiled().Required, ", "))
		return
	}
	if err != nil {
		d.syntax(err)
		return
	}
	if err := decoder.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		d.whole("holds more than one YAML document: one file is %s; remove what follows the second ---", d.grammar.one)
		return
	}
	d.root = root.Content[0]
	d.value = d.convert(d.root, "")
}

// yamlLine is how the parser names a place: "yaml: line 3: mapping values are not allowed in this context".
var yamlLine = regexp.MustCompile(`^yaml: line (\d+): (.*)$`)

func (d *document) syntax(err error) {
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.Atoi(m[1]) // the pattern admits digits only
		d.add(position{line, 1}, "is not YAML: %s; check quotes, colons and the indentation (spaces, no tabs)", m[2])
		return
	}
	d.whole("is not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
}

// convert turns a node into a JSON value and notes where each value stands.
func (d *document) convert(node *yaml.Node, path string) any {
	if d.positions == nil {
		d.positions = map[string]position{}
	}
	if _, seen := d.positions[path]; !seen {
		d.positions[path] = position{node.Line, node.Column}
	}
	switch node.Kind {
	case yaml.MappingNode:
		return d.convertMapping(node, path)
	case yaml.SequenceNode:
		list := make([]any, 0, len(node.Content))
		for i, item := range node.Content {
			list = append(list, d.convert(item, join(path, strconv.Itoa(i))))
		}
		return list
	case yaml.AliasNode:
		d.add(position{node.Line, node.Column}, "%s is an alias (*%s): aliases are not taken here, so that a file says what it means; write the value out",
			display(path), node.Value)
		return nil
	}
	return scalar(node)
}

func (d *document) convertMapping(node *yaml.Node, path string) any {
	object := map[string]any{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		at := position{key.Line, key.Column}
		if key.Kind != yaml.ScalarNode || key.ShortTag() == "!!merge" {
			d.add(at, "a key of %s is not a plain word: merges (<<) and keys made of lists or mappings are not taken here; write the settings out", display(path))
			continue
		}
		child := join(path, key.Value)
		if first, seen := d.positions[child]; seen {
			d.add(at, "%s is set twice, first on line %d; remove one of them", display(child), first.line)
			continue
		}
		d.positions[child] = at
		object[key.Value] = d.convert(value, child)
	}
	return object
}

// scalar is a plain value as JSON would have it.
func scalar(node *yaml.Node) any {
	switch node.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		var b bool
		if node.Decode(&b) == nil {
			return b
		}
	case "!!int":
		var n int64
		if node.Decode(&n) == nil {
			return n
		}
	case "!!float":
		var f float64
		if node.Decode(&f) == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f
		}
	}
	return node.Value
}

// has is whether the file itself sets a path.
func (d *document) has(path string) bool {
	_, ok := d.positions[path]
	return ok
}

// locate is where a path stands or, for a default, where the nearest setting around it does.
func (d *document) locate(path string) position {
	for {
		if at, ok := d.positions[path]; ok {
			return at
		}
		if path == "" {
			return position{1, 1}
		}
		path = parent(path)
	}
}

func (d *document) add(at position, format string, args ...any) {
	d.problems = append(d.problems, Problem{File: d.path, Line: at.line, Column: at.column, Message: fmt.Sprintf(format, args...)})
}

func (d *document) whole(format string, args ...any) { d.add(position{}, format, args...) }

// report adds a problem with the value at a path; it is how every rule speaks.
func (d *document) report(path, format string, args ...any) {
	d.add(d.locate(path), "%s %s", display(path), fmt.Sprintf(format, args...))
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func parent(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}

var index = regexp.MustCompile(`\.(\d+)`)

// display is a path as people write it: cluster.node_groups[0].name.
func display(path string) string {
	if path == "" {
		return "the file"
	}
	return index.ReplaceAllString(path, "[$1]")
}
