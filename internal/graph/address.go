package graph

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// builtIn are the names that begin no address (Terraform, 'References to Named Values').
var builtIn = map[string]bool{"count": true, "each": true, "path": true, "self": true, "terraform": true}

// split takes a reference apart into the address of what it names and what it takes of that. The address is empty for
// what is built in.
func split(traversal hcl.Traversal) (address, attribute string) {
	steps := 2 // aws_lb.alb
	switch root := traversal.RootName(); {
	case builtIn[root]:
		return "", ""
	case root == "data" || root == "ephemeral":
		steps = 3
	}
	var names []string
	for _, step := range traversal[:min(steps, len(traversal))] {
		names = append(names, strings.TrimPrefix(text(step), "."))
	}
	var rest strings.Builder
	for _, step := range traversal[len(names):] {
		rest.WriteString(text(step))
	}
	return strings.Join(names, "."), strings.TrimPrefix(rest.String(), ".")
}

// text is a step as an expression has it.
func text(step hcl.Traverser) string {
	switch s := step.(type) {
	case hcl.TraverseRoot:
		return s.Name
	case hcl.TraverseAttr:
		return "." + s.Name
	case hcl.TraverseIndex:
		if s.Key.Type() == cty.String {
			return fmt.Sprintf("[%q]", s.Key.AsString())
		}
		return "[" + s.Key.AsBigFloat().String() + "]"
	}
	return "[*]"
}
