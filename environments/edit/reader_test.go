package edit

import (
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestTheReaderHoldsTheTextToTheParser gives the reader the tree of another text.
func TestTheReaderHoldsTheTextToTheParser(t *testing.T) {
	for text, other := range map[string]string{
		"a: 1\n":                "a:  1\n",
		"# c\na: 1\n":           "a: 1\n",
		"a: {b: [x, 'y']}\n":    "a: {b: [ x, 'y']}\n",
		"a: |\n  x\nb: 1\n":     "a: |\n  x\n\nb: 1\n",
		"a:\n  - b\n  - c: 1\n": "a:\n  - b\n  -  c: 1\n",
	} {
		var root yaml.Node
		if err := yaml.Unmarshal([]byte(other), &root); err != nil {
			t.Fatal(err)
		}
		if parsed, err := parse("prod.yaml", text); err != nil || parsed.root.Content[0].Value != "a" {
			t.Fatalf("%q is not read as it should be: %v", text, err)
		}
		reader := &reader{document: &document{path: "prod.yaml", text: text}}
		reader.read(root.Content[0])
		if reader.err == nil {
			t.Errorf("%q is read as %q", text, other)
		}
	}
}
