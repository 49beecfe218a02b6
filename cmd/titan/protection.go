package main

import (
	"fmt"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/stacks/order"
)

// checkProtection refuses to destroy what its file protects, and says how the protection is taken off. Terraform would
// refuse it too, by prevent_destroy, resource by resource.
func (o runOptions) checkProtection(c catalog, stacks []order.Stack) error {
	environment := c.environmentOf(stacks[0])
	protected, file := environment.Protected(), environment.Name+".yaml"
	more := fmt.Sprintf(", and acknowledge: [%s]", environments.AcknowledgeProtectionOff)
	if stacks[0].Shared() {
		protected, file, more = environment.Account.Protected(), environment.Account.File(), ""
	}
	if o.verb != runner.Destroy || !protected {
		return nil
	}
	return fmt.Errorf("%s is protected; nothing was changed. Take the protection off first:\n"+
		"  %s: protection: \"off\"%s\n  %s deploy %[1]s", o.target, file, more, program)
}
