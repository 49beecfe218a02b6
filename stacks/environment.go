package stacks

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/stacks/order"
)

// environment is the stack of an environment in AWS while it is built, chapter by chapter.
type environment struct {
	environments.Environment
	stack cdktf.TerraformStack
	// application is the scope of what belongs to the application.
	application constructs.Construct
	here        target.Target
	tags        map[string]string
}

// newEnvironment declares the stack of everything that an environment has in AWS, in its own region. What is in another
// region is named here, never asked: package order says in which stack it is.
func newEnvironment(stack cdktf.TerraformStack, s order.Stack, settings environments.Environment, own extensions) {
	e := &environment{Environment: settings, stack: stack, here: homeTarget(settings), tags: tags(s, settings)}
	e.application = applicationScope(e.stack, settings)

	foundations := e.foundations()
	data := e.data(foundations)
	path := e.requestPath(foundations, data)
	operations := e.operations(foundations, data, path)
	e.delivery(foundations)
	e.workloads(foundations, data, path, operations)
	e.extensions(own, foundations, operations)
}

// output declares an output of the environment's stack.
func (e *environment) output(id, description string, value any) {
	output(e.stack, id, description, value)
}
