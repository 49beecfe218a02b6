// Package stacks composes the modules into the stacks of package order's table. Each file reads top to bottom as
// the story of its stack.
package stacks

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/stacks/extension"
	"github.com/titan-platform/titan/stacks/order"
)

// Build builds the stacks that the environments need, with what extensions add to them. No stack depends on another in
// CDKTF's sense, in which the CLI would demand the stack of a region that is lost, and initialize all stacks of a run
// before it applies the first, whose bucket the others' state lies in. Their order is the table's.
func Build(app *app.App, all []environments.Environment, own ...extension.Extension) error {
	if err := extension.Check(own, all); err != nil {
		return err
	}
	rows, err := extensions(own).moved()
	if err != nil {
		return err
	}
	byName := map[string]environments.Environment{}
	for _, environment := range all {
		byName[environment.Name] = environment
	}
	for _, one := range order.All(all) {
		if app.Elsewhere(one.Name) {
			continue
		}
		environment := byName[one.Environment]
		var stack cdktf.TerraformStack
		construct := func() {
			stack = newStack(app.Root(), one, environment)
			declare(stack, one, environment, own)
		}
		if err := app.Build(one.Name, construct); err != nil {
			return err
		}
		overridden, err := extensions(own).override(stack, one, environment)
		if err != nil {
			return err
		}
		app.Overridden(overridden)
		if err := move(stack, one.Kind, rows); err != nil {
			return fmt.Errorf("stack %q: %w", one.Name, err)
		}
	}
	return nil
}

// declare declares what a stack of its kind holds.
func declare(stack cdktf.TerraformStack, s order.Stack, environment environments.Environment, own extensions) {
	switch s.Kind {
	case order.Bootstrap:
		newBootstrap(stack, s, environment)
	case order.Account:
		newAccount(stack, s, environment)
	case order.Zone:
		newZone(stack, environment)
	case order.Second:
		newSecond(stack, s, environment)
	case order.Environment:
		newEnvironment(stack, s, environment, own)
	case order.Global:
		newGlobal(stack, environment)
	case order.Platform:
		newPlatform(stack, environment, own)
	}
}

// output declares an output of a stack.
func output(stack cdktf.TerraformStack, id, description string, value any) {
	cdktf.NewTerraformOutput(stack, jsii.String(id), &cdktf.TerraformOutputConfig{
		Value:       value,
		Description: jsii.String(description),
	})
}
