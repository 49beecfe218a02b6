// Package stacks composes the modules into the stacks of an environment. Each file reads top to bottom as the story of its stack.
package stacks

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
)

// Build builds the stacks of every environment:
//
//	<env>-bootstrap  the bucket and key of the environment's state; its own state is local
//	<env>            everything in AWS
//	<env>-platform   everything in its cluster
//
// <env>-platform comes after <env>: `cdktf deploy <env> <env>-platform` runs both in order. Neither depends on <env>-bootstrap in CDKTF's
// sense: the CLI initializes all the stacks of a run before it applies the first, and their backend is what bootstrap makes, so that is a
// run of its own. While a zone waits for its delegation there is no cluster, and nothing for <env>-platform to be in.
func Build(app *app.App, all []environments.Environment) error {
	for _, environment := range all {
		if err := app.Build(bootstrapName(environment), func() { NewBootstrap(app.Root(), environment) }); err != nil {
			return err
		}
		var aws cdktf.TerraformStack
		if err := app.Build(environment.Name, func() { aws = NewEnvironment(app.Root(), environment) }); err != nil {
			return err
		}
		if !environment.DNS.Delegated {
			continue
		}
		if err := app.Build(platformName(environment), func() { NewPlatform(app.Root(), environment).AddDependency(aws) }); err != nil {
			return err
		}
	}
	return nil
}

func bootstrapName(environment environments.Environment) string {
	return environment.Name + "-bootstrap"
}

// output declares an output of a stack.
func output(stack cdktf.TerraformStack, id, description string, value any) {
	cdktf.NewTerraformOutput(stack, jsii.String(id), &cdktf.TerraformOutputConfig{Value: value, Description: jsii.String(description)})
}
