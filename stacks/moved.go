package stacks

import (
	"fmt"
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/moves"
	"github.com/titan-platform/titan/stacks/extension"
	"github.com/titan-platform/titan/stacks/order"
)

// renamed are the platform's constructs that were renamed, by version, the oldest first. `titan moves` prints the rows
// of a change. None is ever taken out: a repository that uses Titan may come from any version.
var renamed = []struct {
	version string // the first with the new ids
	rows    []extension.Moved
}{}

// moved are the rows of the platform's own constructs and of those of extensions. It is an error where no stack could
// do what they say.
func (own extensions) moved() ([]extension.Moved, error) {
	var rows []extension.Moved
	for _, release := range renamed {
		rows = append(rows, release.rows...)
	}
	for _, one := range own {
		if moving, ok := one.(extension.Moving); ok {
			rows = append(rows, moving.Moves()...)
		}
	}
	return rows, extension.CheckMoves(rows)
}

// move writes the moved blocks of rows into a stack, of those that lead to what it declares.
func move(stack cdktf.TerraformStack, kind order.Kind, rows []extension.Moved) error {
	all := extension.MovesIn(kind, rows)
	if len(all) == 0 {
		return nil // as nearly always: finding the addresses takes a call to jsii for each construct
	}
	declared := addresses(stack)
	var blocks []any
	for _, one := range all {
		if !slices.Contains(declared, moves.End(all, one.From)) {
			continue // of another environment's stack
		}
		if slices.Contains(declared, one.From) {
			return fmt.Errorf("moved: from %s: the stack still declares that, and Terraform refuses it", one)
		}
		blocks = append(blocks, map[string]any{"from": one.From, "to": one.To})
	}
	if blocks != nil {
		stack.AddOverride(jsii.String("moved"), blocks)
	}
	return nil
}

// addresses are those of a stack's resources.
func addresses(stack cdktf.TerraformStack) []string {
	var all []string
	for _, construct := range *stack.Node().FindAll(constructs.ConstructOrder_PREORDER) {
		if resource, ok := construct.(cdktf.TerraformResource); ok {
			all = append(all, *resource.TerraformResourceType()+"."+*resource.FriendlyUniqueId())
		}
	}
	return all
}
