// Package synth synthesizes environments for tests and checks, and reads the Terraform JSON that comes out: by stack,
// by resource, by attribute.
package synth

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/stacks/order"
)

// Stack is one synthesized stack, at its place in the table.
type Stack struct {
	Name      string
	Text      string         // as Testing.synth gives it: keys sorted, no metadata
	Root      map[string]any // the same, parsed
	Place     order.Stack
	AccountID string
}

// ByName are stacks by their names.
func ByName(stacks []Stack) map[string]Stack {
	named := map[string]Stack{}
	for _, one := range stacks {
		named[one.Name] = one
	}
	return named
}

// Resources are a stack's resources of a type, in the order of their addresses.
func (s Stack) Resources(kind string) []Block { return s.Blocks("resource", kind) }

// Blocks are those of a section, such as data or ephemeral, and a type, in the order of their addresses.
func (s Stack) Blocks(section, kind string) []Block {
	byID := Object(s.Root, section, kind)
	var blocks []Block
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		body, _ := byID[id].(map[string]any)
		blocks = append(blocks, Block{kind + "." + id, body})
	}
	return blocks
}

// Types are the types of a stack's resources, in order.
func (s Stack) Types() []string { return slices.Sorted(maps.Keys(Object(s.Root, "resource"))) }

// Lookup is the one resource of a type at a construct path, such as "network/main".
func (s Stack) Lookup(kind, path string) (Block, bool) { return s.LookupIn("resource", kind, path) }

// LookupIn is Lookup in another section.
func (s Stack) LookupIn(section, kind, path string) (Block, bool) {
	id := idOf(kind, path)
	for _, block := range s.Blocks(section, kind) {
		if id.MatchString(block.Address) {
			return block, true
		}
	}
	return Block{}, false
}

// idOf is the address that CDKTF makes of a construct's path: its steps joined, without dots and without those that the
// step before ends in, and a hash added.
func idOf(kind, path string) *regexp.Regexp {
	steps := []string{""}
	for step := range strings.SplitSeq(strings.ReplaceAll(path, ".", ""), "/") {
		if !strings.HasSuffix(steps[len(steps)-1], step) {
			steps = append(steps, step)
		}
	}
	return regexp.MustCompile(`^` + regexp.QuoteMeta(kind+"."+strings.Join(steps[1:], "_")) + `(_[0-9A-F]{8})?$`)
}
