package tests

import (
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/account/boundary"
	"github.com/titan-platform/titan/stacks/order"
)

// Whoever may make roles could otherwise make one that may do more than they: every role carries the account's boundary, which stands before.
func TestEveryRoleCarriesTheBoundary(t *testing.T) {
	roles := 0
	for _, one := range order.All(loaded) {
		account := environmentOf(t, one.Name).Account
		want := "arn:" + environments.Partition + ":iam::" + account.ID + ":policy/" + boundary.Name(account.Project)
		for _, role := range stack(t, one.Name).Resources("aws_iam_role") {
			roles++
			if one.Name == soundness.FirstOf(account) {
				role.WantReference(t, "permissions_boundary", stack(t, one.Name).Resource(t, "aws_iam_policy", "boundary/policy"))
				continue
			}
			role.WantValue(t, "permissions_boundary", want)
		}
		if len(stack(t, one.Name).Resources("aws_iam_role")) > 0 {
			madeBefore(t, one, account)
		}
	}
	if roles == 0 {
		t.Error("no role")
	}
}

// firstOf is the stack of an account's first region, which makes the boundary.
func soundness.FirstOf(account environments.Account) string {
	return order.SharedName(environments.Base{Account: account, Region: account.Region}, order.Account)
}

// madeBefore fails where a stack with roles does not come after the one that makes their boundary.
func madeBefore(t *testing.T, one order.Stack, account environments.Account) {
	t.Helper()
	first := soundness.FirstOf(account)
	if one.Name == first {
		return
	}
	for _, before := range order.Before(order.All(loaded), one.Name) {
		if before.Name == first {
			return
		}
	}
	t.Errorf("%s has roles, and does not come after %s, which makes their boundary", one.Name, first)
}

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
