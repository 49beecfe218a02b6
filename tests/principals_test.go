package tests

import (
	"testing"

	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/internal/synth"
)

// TestNoPolicyNamesARoleThatMayNotBeThere reads every policy document of every stack. AWS refuses one whose principal
// does not exist (IAM User Guide, 'AWS JSON policy elements: Principal'), so a role is named in a condition on
// aws:PrincipalArn, which is compared and never looked up.
func TestNoPolicyNamesARoleThatMayNotBeThere(t *testing.T) {
	stacks := committed()
	for _, problem := range soundness.Principals(stacks) {
		t.Error(problem)
	}
	read, conditions := 0, 0
	for _, one := range stacks {
		for _, policy := range one.Policies() {
			read++
			for _, statement := range policy.Statements {
				conditions += len(synth.ConditionOn(statement, "aws:PrincipalArn"))
			}
		}
	}
	if read < 200 || conditions < 10 {
		t.Errorf("only %d policies with %d conditions on aws:PrincipalArn were read", read, conditions)
	}
}

func TestARoleAsPrincipalIsSeen(t *testing.T) {
	const role = "arn:aws:iam::333333333333:role/titan-prod-external-secrets"
	const session = "arn:aws:sts::333333333333:assumed-role/titan-prod-external-secrets/x"
	const statement = `{"Statement":[{"Sid":"Planted","Effect":"Allow","Action":"s3:GetObject","Resource":"*",`
	const among = `"Principal":{"AWS":["arn:aws:iam::333333333333:root","` + role + `"]}`
	const conditioned = `"Principal":{"AWS":"*"},"Condition":{"ArnEquals":{"aws:PrincipalArn":"` + role + `"}}`
	is := func(principal string) string { return `"Principal":{"AWS":"` + principal + `"}` }
	for name, c := range map[string]struct{ stack, statement, want string }{
		"of a later stack":      {"prod.second", is(role), "which prod makes"},
		"of a list":             {"prod.second", among, "which prod makes"},
		"of the same stack":     {"prod", is(role), "which prod makes"},
		"of another account":    {"staging", is("arn:aws:iam::333333333333:role/titan-prod-promote"), "which prod makes"},
		"its session":           {"prod.global", is(session), "which prod makes"},
		"all but it":            {"prod.second", `"NotPrincipal":{"AWS":"` + role + `"}`, "which prod makes"},
		"in a condition":        {"prod.second", conditioned, ""},
		"one of somebody else":  {"prod", is("arn:aws:iam::333333333333:role/platform-admin"), ""},
		"by reference":          {"prod", is("${aws_iam_role.external-secrets-role.arn}"), ""},
		"the account as such":   {"prod", is("arn:aws:iam::333333333333:root"), ""},
		"of a name with a path": {"prod", is("arn:aws:iam::333333333333:role/a/b/titan-prod-backup"), "which prod makes"},
	} {
		t.Run(name, func(t *testing.T) {
			stacks := committed()
			plantIn(t, stacks, c.stack, "aws_s3_bucket_policy", map[string]any{"policy": statement + c.statement + `}]}`})
			holdsProblem(t, soundness.Principals(stacks), c.want)
		})
	}
}
