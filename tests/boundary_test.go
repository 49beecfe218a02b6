package tests

import (
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/account/boundary"
	"github.com/titan-platform/titan/stacks/order"
)

// The boundary that stacks name is the one that the account's stack makes.
func TestTheBoundaryIsMadeAsItIsNamed(t *testing.T) {
	eachBase(t, order.Account, func(t *testing.T, base environments.Base, stack Stack) {
		policy, made := stack.Lookup("aws_iam_policy", "boundary/policy")
		if made != base.First() {
			t.Fatalf("it makes a boundary: %v, and is the first region: %v", made, base.First())
		}
		if made {
			policy.WantValue(t, "name", boundary.Name(base.Account.Project))
		}
	})
}
