package tests

import (
	"fmt"
	"regexp"
	"testing"
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

// principalRole is the account and the name of a role, or of a session of one, in a principal's ARN.
var principalRole = regexp.MustCompile(`^arn:aws:(?:iam|sts)::(\d{12}):` +
	`(?:role/(?:[^/]+/)*([^/]+)|assumed-role/([^/]+)/[^/]*)$`)

// principalProblems are the principals of policies that are roles of a stack of ours, written out: nothing makes the
// role come first. A reference to a role of the same stack does.
func soundness.Principals(stacks []Stack) []string {
	makers := map[string]string{} // stacks, by account and name of their roles
	for _, one := range stacks {
		for _, role := range one.Resources("aws_iam_role") {
			makers[fmt.Sprint(one.AccountID, " ", role.At("name"))] = one.Name
		}
	}
	var problems []string
	for _, one := range stacks {
		for _, policy := range one.Policies() {
			for _, statement := range policy.Statements {
				for _, principal := range append(synth.List(statement.At("Principal.AWS")), synth.List(statement.At("NotPrincipal.AWS"))...) {
					if maker := makers[roleIn(principal)]; maker != "" {
						problems = append(problems, fmt.Sprintf("%s: %s names %v as principal, which %s makes: "+
							"use a condition on aws:PrincipalArn", one.Name, statement.Address, principal, maker))
					}
				}
			}
		}
	}
	return problems
}

// roleIn is the account and name of the role that a principal is.
func roleIn(principal any) string {
	m := principalRole.FindStringSubmatch(fmt.Sprint(principal))
	if m == nil {
		return ""
	}
	return m[1] + " " + m[2] + m[3]
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
