package stateful

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// Lifecycle is that of a resource that holds data: where it is protected, a plan that would destroy it fails
// (`prevent_destroy`). Terraform takes only a literal there, so taking it off is a change of the file and an apply of
// its own, before anything can be destroyed. It holds what the JSON has: a resource whose block is gone is destroyed
// without a question, unless the service itself refuses.
func Lifecycle(protected bool, ignoreChanges ...string) *cdktf.TerraformResourceLifecycle {
	if !protected && len(ignoreChanges) == 0 {
		return nil
	}
	lifecycle := &cdktf.TerraformResourceLifecycle{}
	if protected {
		lifecycle.PreventDestroy = jsii.Bool(true)
	}
	if len(ignoreChanges) > 0 {
		lifecycle.IgnoreChanges = jsii.Strings(ignoreChanges...)
	}
	return lifecycle
}
