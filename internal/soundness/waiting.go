package soundness

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// Builds are those in the VPC that could begin before their way out is there: those that a pipeline starts
// as it is made.
func Builds(all *graph.Graph) []string {
	var problems []string
	for _, project := range all.Resources("aws_codebuild_project") {
		if project.At("vpc_config") == nil {
			continue
		}
		waits := graph.Reach(project, (*graph.Node).References)
		for _, kind := range []string{
			"aws_route", "aws_vpc_security_group_egress_rule", "aws_eks_access_policy_association",
		} {
			waited := func(first *graph.Node) bool { _, ok := waits[first]; return ok }
			if !slices.ContainsFunc(all.Resources(kind), waited) {
				problems = append(problems, fmt.Sprintf("%s waits for no %s", project, strings.TrimPrefix(kind, "aws_")))
			}
		}
	}
	return problems
}

// actsLater are the types that name a role for what happens later, or as who may do something: nothing acts by the
// role while they are made.
var actsLater = map[string]bool{
	"aws_eks_access_entry":              true,
	"aws_eks_access_policy_association": true,
	"aws_iam_role_policy":               true,
	"aws_iam_role_policy_attachment":    true,
}

// Roles are the resources that act by a role, and do not wait for its policies; and how many were looked at. A service
// that is given a role tries it at once, or soon after.
func Roles(all *graph.Graph) (problems []string, seen int) {
	for _, role := range all.Resources("aws_iam_role") {
		var policies []*graph.Node
		for _, edge := range role.Referrers() {
			if kind := edge.From.Type; kind == "aws_iam_role_policy" || kind == "aws_iam_role_policy_attachment" {
				policies = append(policies, edge.From)
			}
		}
		for _, edge := range role.Referrers() {
			acting := edge.From
			// Within a text it is a principal, or somebody's to pass on.
			if acting.Section != graph.Resource || actsLater[acting.Type] || !edge.Whole {
				continue
			}
			seen++
			waits := graph.Reach(acting, (*graph.Node).References)
			for _, policy := range policies {
				if _, ok := waits[policy]; !ok {
					problems = append(problems,
						fmt.Sprintf("%s acts by %s, and does not wait for %s", acting, role.Address, policy.Address))
				}
			}
		}
	}
	return problems, seen
}
