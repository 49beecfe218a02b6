package soundness

import (
	"fmt"
	"slices"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/modules/account/boundary"
	"github.com/titan-platform/titan/stacks/order"
)

// Boundaries are the roles that do not carry their account's boundary, or whose stack does not come after the one that
// makes it. Whoever may make roles could otherwise make one that may do more than they.
func Boundaries(stacks []synth.Stack, all []environments.Environment) []string {
	var problems []string
	for _, one := range stacks {
		account := environmentOf(one, all).Account
		first := FirstOf(account)
		want := "arn:" + environments.Partition + ":iam::" + account.ID + ":policy/" + boundary.Name(account.Project)
		if one.Name == first {
			made, _ := one.Lookup("aws_iam_policy", "boundary/policy")
			want = made.Reference("arn")
		}
		roles := one.Resources("aws_iam_role")
		for _, role := range roles {
			if got := role.At("permissions_boundary"); got != want {
				problems = append(problems, fmt.Sprintf("%s: %s has the boundary %v, want %s", one.Name, role.Address, got, want))
			}
		}
		before := order.Before(order.All(all), one.Name)
		after := slices.ContainsFunc(before, func(s order.Stack) bool { return s.Name == first })
		if len(roles) > 0 && one.Name != first && !after {
			problems = append(problems, fmt.Sprintf("%s has roles, and does not come after %s, which makes their boundary",
				one.Name, first))
		}
	}
	return problems
}

// FirstOf is the stack of an account's first region, which makes what the account has once.
func FirstOf(account environments.Account) string {
	return order.SharedName(environments.Base{Account: account, Region: account.Region}, order.Account)
}
