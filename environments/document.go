package environments

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxFileBytes is far above any real environment file and far below what would trouble a parser.
const maxFileBytes = 64 << 10

// mostProblems is how many problems of a file are told: more are not read, and each costs time to explain.
const mostProblems = 100

// document is one parsed file: its values as JSON would have them, and where each stands.
type document struct {
	path      string
	grammar   *grammar
	root      *yaml.Node
	value     any
	positions map[string]position // by path: "network.cidr", "cluster.node_groups.0.name"; "" is the document
	nodes     map[string]*yaml.Node
	numbers   []string        // paths of numbers that YAML reads otherwise than people
	broken    map[string]bool // paths whose values are wrong in their form, so that no rule can judge them
	problems  Problems
}

type position struct{ line, column int }

// open returns the name that the file gives and its content, nil where it can't be read. What is wrong becomes a
// problem.
func (d *document) open() (name string, content []byte) {
	name = d.name()
	if filepath.Ext(d.path) == ".yml" {
		d.whole("ends in .yml; %s files end in .yaml: rename it to %s.yaml", d.grammar.kind, name)
	}
	if !fileName.MatchString(name) {
		d.whole("names %s %q, which cannot be part of a resource's name: use lower case letters, digits and single hyphens, "+
			"beginning with a letter", d.grammar.of, name)
	}
	content, err := readLimited(d.path)
	if err != nil {
		d.whole("cannot be read: %v; make it a readable file of at most %d KiB", cause(err), maxFileBytes>>10)
		return name, nil
	}
	return name, content
}

// name is what the file's name says: production, of accounts/production.yaml.
func (d *document) name() string {
	return strings.TrimSuffix(filepath.Base(d.path), filepath.Ext(d.path))
}

// decode parses a file's content, holds it against its grammar and decodes what is right into value; whether there is
// anything. What is wrong becomes a problem, and its value is left out as if the file did not set it.
func (d *document) decode(content []byte, value any) bool {
	if !d.parse(content) {
		return false
	}
	d.refuseMoved()
	d.check()
	d.checkNumbers()
	if d.broken[""] || d.isFull() {
		return false
	}
	for path := range d.broken {
		if node := d.nodes[path]; node != nil {
			*node = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null"}
		}
	}
	// The schema has accepted what is left, so this can fail only where schema and types have grown apart.
	if err := d.root.Decode(value); err != nil {
		d.whole("does not fit the types: %v; run make schema", err)
		return false
	}
	return true
}

func readLimited(file string) ([]byte, error) {
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

// has is whether the file itself sets a path, and to what it may be.
func (d *document) has(path string) bool {
	_, ok := d.positions[path]
	return ok && !d.broken[path]
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
	if d.isFull() {
		return
	}
	d.problems = append(d.problems, Problem{File: d.path, Line: at.line, Column: at.column, Message: fmt.Sprintf(format, args...)})
}

// isFull is whether no more problems are told. The last one says so.
func (d *document) isFull() bool {
	if len(d.problems) == mostProblems {
		d.problems = append(d.problems, Problem{File: d.path, Message: fmt.Sprintf(
			"has more mistakes than these %d; correct them, and the others are told", mostProblems)})
	}
	return len(d.problems) > mostProblems
}

func (d *document) whole(format string, args ...any) { d.add(position{}, format, args...) }

// refuse adds a problem with the form of the value at a path, about which nothing more is said.
func (d *document) refuse(path, format string, args ...any) {
	if d.isWithinBroken(path) {
		return
	}
	d.add(d.locate(path), "%s %s", display(path), fmt.Sprintf(format, args...))
	d.broken[path] = true
}

// isWithinBroken is whether a value is wrong in its form, or a part of one that is.
func (d *document) isWithinBroken(path string) bool {
	for ; path != ""; path = parent(path) {
		if d.broken[path] {
			return true
		}
	}
	return d.broken[""]
}

// known is whether settings are right in their form, with all their parts: only then a rule can judge by them.
func (d *document) known(settings ...string) bool {
	for _, setting := range settings {
		if d.root == nil || d.isWithinBroken(setting) {
			return false
		}
		for path := range d.broken {
			if strings.HasPrefix(path, setting+".") {
				return false
			}
		}
	}
	return true
}

// report adds a problem with the value at a path, unless its form is wrong; it is how every rule speaks.
func (d *document) report(path, format string, args ...any) {
	if d.known(path) {
		d.add(d.locate(path), "%s %s", display(path), fmt.Sprintf(format, args...))
	}
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
