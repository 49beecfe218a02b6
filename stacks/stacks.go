// Package stacks composes the modules into the stacks of package order's table. Each file reads top to bottom as the story of its stack.
package stacks

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/stacks/order"
)

// constructors declare a stack of each kind, as the table has it, for an environment.
var constructors = map[order.Kind]func(constructs.Construct, order.Stack, environments.Environment){
	order.Bootstrap:   newBootstrap,
	order.Account:     newAccount,
	order.Zone:        newZone,
	order.Second:      newSecond,
	order.Environment: newEnvironment,
	order.Global:      newGlobal,
	order.Platform:    newPlatform,
}

// Build builds the stacks that the environments need. None depends on another in CDKTF's sense, in which the CLI would demand the stack of a
// region that is lost, and initialize all stacks of a run before it applies the first, whose bucket the others' state lies in. Their order is
// the table's: `titan deploy` goes by it, and so does who runs the CLI stack by stack.
func Build(app *app.App, all []environments.Environment) error {
	byName := map[string]environments.Environment{}
	for _, environment := range all {
		byName[environment.Name] = environment
	}
	for _, stack := range order.All(all) {
		construct := func() { constructors[stack.Kind](app.Root(), stack, byName[stack.Environment]) }
		if err := app.Build(stack.Name, construct); err != nil {
			return err
		}
	}
	return nil
}

// output declares an output of a stack.
func output(stack cdktf.TerraformStack, id, description string, value any) {
	cdktf.NewTerraformOutput(stack, jsii.String(id), &cdktf.TerraformOutputConfig{Value: value, Description: jsii.String(description)})
}
