package soundness

import (
	"fmt"
	"regexp"

	"github.com/titan-platform/titan/internal/synth"
)

// principalRole is the account and the name of a role, or of a session of one, in a principal's ARN.
var principalRole = regexp.MustCompile(`^arn:aws:(?:iam|sts)::(\d{12}):` +
	`(?:role/(?:[^/]+/)*([^/]+)|assumed-role/([^/]+)/[^/]*)$`)

// Principals are the principals of policies that are roles of a stack of ours, written out: nothing makes the
// role come first. A reference to a role of the same stack does.
func Principals(stacks []synth.Stack) []string {
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
				for _, principal := range append(synth.List(statement.At("Principal.AWS")),
					synth.List(statement.At("NotPrincipal.AWS"))...) {
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
