package tests

import (
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// Whoever may make roles could otherwise make one that may do more than they: every role carries the account's boundary, which stands before.
func TestEveryRoleCarriesTheBoundary(t *testing.T) {
	roles := 0
	for _, one := range order.All(loaded) {
		account := environmentOf(t, one.Name).Account
		want := "arn:" + environments.Partition + ":iam::" + account.ID + ":policy/" + account.Boundary()
		for _, role := range stack(t, one.Name).resources("aws_iam_role") {
			roles++
			role.has(t, "permissions_boundary", want)
		}
		if len(stack(t, one.Name).resources("aws_iam_role")) > 0 {
			madeBefore(t, one, account)
		}
	}
	if roles == 0 {
		t.Error("no role")
	}
}

// madeBefore fails where a stack with roles does not come after the one that makes their boundary.
func madeBefore(t *testing.T, one order.Stack, account environments.Account) {
	t.Helper()
	first := order.SharedName(environments.Base{Account: account, Region: account.Region}, order.Account)
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
