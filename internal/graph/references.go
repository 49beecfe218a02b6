package graph

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// reference is a place where a block names another.
type reference struct {
	argument  string // where, as Edge has it
	address   string // of what is named
	attribute string // what of that
	whole     bool   // the argument is nothing else
}

// referencesIn are the references of a block, in the order of its arguments' names.
func referencesIn(node *Node) ([]reference, error) {
	r := &referenceReader{}
	if err := r.value(nil, node.Body); err != nil {
		return nil, fmt.Errorf("%s: %w", node.Address, err)
	}
	return r.found, nil
}

type referenceReader struct{ found []reference }

func (r *referenceReader) value(path []string, value any) error {
	switch v := value.(type) {
	case string:
		return r.text(path, v)
	case []any:
		for i, item := range v {
			if err := r.value(below(path, strconv.Itoa(i)), item); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, name := range sorted(v) {
			if len(path) == 0 && name == comment {
				continue
			}
			if err := r.template(path, name); err != nil { // in Terraform's JSON a key may be an expression, too
				return err
			}
			if err := r.value(below(path, name), v[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// text reads a string: a template, but for the meta-arguments that Terraform takes for bare references (Terraform,
// 'JSON Configuration Syntax').
func (r *referenceReader) text(path []string, text string) error {
	switch metaArgument(path) {
	case "depends_on", "replace_triggered_by":
		traversal, diagnostics := hclsyntax.ParseTraversalAbs([]byte(text), "", hcl.InitialPos)
		if diagnostics.HasErrors() {
			return invalid(path, text, diagnostics)
		}
		r.add(path, traversal, true)
		return nil
	case "provider":
		r.found = append(r.found, reference{argument: strings.Join(path, "."), address: "provider." + text, whole: true})
		return nil
	case "ignore_changes": // attributes of the block itself
		return nil
	}
	return r.template(path, text)
}

func (r *referenceReader) template(path []string, text string) error {
	if !strings.Contains(text, "${") && !strings.Contains(text, "%{") {
		return nil
	}
	expression, diagnostics := hclsyntax.ParseTemplate([]byte(text), "", hcl.InitialPos)
	if diagnostics.HasErrors() {
		return invalid(path, text, diagnostics)
	}
	for _, traversal := range expression.Variables() {
		r.add(path, traversal, isTraversal(expression))
	}
	return nil
}

func (r *referenceReader) add(path []string, traversal hcl.Traversal, whole bool) {
	address, attribute := split(traversal)
	if address != "" {
		r.found = append(r.found, reference{strings.Join(path, "."), address, attribute, whole})
	}
}

// isTraversal is whether a template is one reference and nothing else.
func isTraversal(expression hclsyntax.Expression) bool {
	wrap, ok := expression.(*hclsyntax.TemplateWrapExpr)
	if !ok {
		return false
	}
	_, ok = wrap.Wrapped.(*hclsyntax.ScopeTraversalExpr)
	return ok
}

// metaArgument is the meta-argument of a block that a path is in, empty for an argument of the block's own.
func metaArgument(path []string) string {
	switch {
	case len(path) == 1 && path[0] == "provider", len(path) == 2 && path[0] == "depends_on":
		return path[0]
	case len(path) >= 2 && path[0] == "lifecycle":
		return path[1]
	}
	return ""
}

func invalid(path []string, text string, diagnostics hcl.Diagnostics) error {
	return fmt.Errorf("%s: %q is no valid expression: %w", strings.Join(path, "."), text, diagnostics)
}

// below is a path with one more step, in memory of its own.
func below(path []string, step string) []string { return append(path[:len(path):len(path)], step) }
