package environments

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
