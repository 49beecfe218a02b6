package edit

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/environments"
)

// document is a file's text, and where in it each value and comment stands.
type document struct {
	path     string
	text     string
	root     *node
	comments []span
}

// span is a part of the text, end excluded.
type span struct{ start, end int }

// splice is a change of the text: what stands in the span becomes text.
type splice struct {
	span
	text string
}

func insert(at int, text string) splice { return splice{span{at, at}, text} }

func remove(start, end int) splice { return splice{span{start, end}, ""} }

func spliced(text string, splices []splice) string {
	slices.SortFunc(splices, func(a, b splice) int { return a.start - b.start })
	var result strings.Builder
	at := 0
	for _, s := range splices {
		result.WriteString(text[at:s.start] + s.text)
		at = s.end
	}
	return result.String() + text[at:]
}

// parse reads a text whose every byte is a value, a comment, or punctuation that this package knows.
func parse(path, text string) (*document, error) {
	d := &document{path: path, text: text}
	if err := d.checkBreaks(); err != nil {
		return nil, err
	}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	var root yaml.Node
	err := decoder.Decode(&root)
	if errors.Is(err, io.EOF) {
		return nil, refuseFile(path, "is empty; an environment is written first, then edited")
	}
	if err != nil {
		return nil, refuseFile(path, "is not YAML: %s; mend it first", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	var second yaml.Node
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, refuseFile(path, "holds more than one YAML document; remove what follows the second ---")
	}
	reader := &reader{document: d}
	d.root = reader.read(root.Content[0])
	return d, reader.err
}

// checkBreaks refuses line breaks that YAML 1.1 counts and editors do not, and a byte order mark: columns would be
// off.
func (d *document) checkBreaks() error {
	for _, odd := range []string{"\ufeff", "\u0085", "\u2028", "\u2029"} {
		if i := strings.Index(d.text, odd); i >= 0 {
			return d.refuse(i, "holds %+q, a byte order mark or a line break of YAML 1.1 alone; remove it", odd)
		}
	}
	for i := range len(d.text) {
		if d.text[i] == '\r' && !strings.HasPrefix(d.text[i+1:], "\n") {
			return d.refuse(i, "holds a carriage return without a line feed; end lines with \\n or \\r\\n")
		}
	}
	return nil
}

// commentTexts are the comments that splices do not touch, in order.
func (d *document) commentTexts(splices []splice) []string {
	var outside []string
	for _, c := range d.comments {
		touched := slices.ContainsFunc(splices, func(s splice) bool { return c.start < s.end && s.start < c.end })
		if !touched {
			outside = append(outside, d.text[c.start:c.end])
		}
	}
	return outside
}

func (d *document) refuse(at int, format string, args ...any) error {
	line, column := d.position(at)
	return environments.Problems{{File: d.path, Line: line, Column: column, Message: fmt.Sprintf(format, args...)}}
}

func refuseFile(path, format string, args ...any) error {
	return environments.Problems{{File: path, Message: fmt.Sprintf(format, args...)}}
}
