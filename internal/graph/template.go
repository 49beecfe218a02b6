package graph

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Part is a piece of a string. Literal is text; To with Attribute is a reference to a node of the stack; a part with
// neither is an expression whose value is known at run time only.
type Part struct {
	Literal   string
	To        *Node
	Attribute string
}

// Parts takes a string of a node apart, as Terraform reads a template.
func (g *Graph) Parts(node *Node, text string) ([]Part, error) {
	if !strings.Contains(text, "${") && !strings.Contains(text, "%{") {
		return []Part{{Literal: text}}, nil
	}
	expression, diagnostics := hclsyntax.ParseTemplate([]byte(text), "", hcl.InitialPos)
	if diagnostics.HasErrors() {
		return nil, fmt.Errorf("%s: %q is no valid expression: %w", node, text, diagnostics)
	}
	switch e := expression.(type) {
	case *hclsyntax.TemplateWrapExpr:
		return []Part{g.part(node, e.Wrapped)}, nil
	case *hclsyntax.TemplateExpr:
		var parts []Part
		for _, piece := range e.Parts {
			parts = append(parts, g.part(node, piece))
		}
		return parts, nil
	}
	return []Part{{}}, nil
}

func (g *Graph) part(node *Node, expression hclsyntax.Expression) Part {
	switch e := expression.(type) {
	case *hclsyntax.LiteralValueExpr:
		if e.Val.Type() == cty.String {
			return Part{Literal: e.Val.AsString()}
		}
	case *hclsyntax.ScopeTraversalExpr:
		address, attribute := split(e.Traversal)
		return Part{To: g.index[key{node.Stack, address}], Attribute: attribute}
	}
	return Part{}
}
