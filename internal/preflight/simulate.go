package preflight

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// simulation is what of IAM is used to ask what the caller may do.
type simulation interface {
	roles
	iam.SimulatePrincipalPolicyAPIClient
}

// question is what the simulation is asked.
type question struct {
	actions  []string
	resource string            // ARN; empty is all resources
	keys     map[string]string // condition keys
}

// verdict is what the simulation says of an action.
type verdict struct {
	action  string
	allowed bool
	// certain is whether a denial holds whatever the simulation was not told. It was not told of resources, where an
	// allowance of some is a denial of all, nor of all condition keys; and it takes a service control policy with a
	// condition for a denial (aws-sdk#102).
	certain bool
}

func newVerdict(q question, result types.EvaluationResult) verdict {
	told := q.resource != "" || result.EvalDecision == types.PolicyEvaluationDecisionTypeExplicitDeny
	organization := result.OrganizationsDecisionDetail
	byOrganization := organization != nil && !organization.AllowedByOrganizations
	return verdict{
		action:  aws.ToString(result.EvalActionName),
		allowed: result.EvalDecision == types.PolicyEvaluationDecisionTypeAllowed,
		certain: told && !byOrganization && len(result.MissingContextValues) == 0,
	}
}

// simulate asks IAM what the caller may do. The root user can't be asked about.
func simulate(ctx context.Context, client simulation, caller string, q question) ([]verdict, error) {
	principal, err := principalOf(ctx, client, caller)
	if err != nil {
		return nil, err
	}
	input := &iam.SimulatePrincipalPolicyInput{PolicySourceArn: &principal, ActionNames: q.actions}
	if q.resource != "" {
		input.ResourceArns = []string{q.resource}
	}
	for key, value := range q.keys {
		input.ContextEntries = append(input.ContextEntries, types.ContextEntry{
			ContextKeyName: &key, ContextKeyType: types.ContextKeyTypeEnumString, ContextKeyValues: []string{value},
		})
	}
	var verdicts []verdict
	list := iam.NewSimulatePrincipalPolicyPaginator(client, input)
	for list.HasMorePages() {
		page, err := list.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, result := range page.EvaluationResults {
			verdicts = append(verdicts, newVerdict(q, result))
		}
	}
	if len(verdicts) < len(q.actions) {
		return nil, fmt.Errorf("the simulation does not answer for all of %s", strings.Join(q.actions, ", "))
	}
	return verdicts, nil
}

// principalOf is the role or user behind a caller: a session's ARN lacks its role's path.
func principalOf(ctx context.Context, client roles, caller string) (string, error) {
	parsed, err := arn.Parse(caller)
	if err != nil {
		return "", fmt.Errorf("%q, the caller, is no ARN", caller)
	}
	parts := strings.Split(parsed.Resource, "/")
	switch {
	case parts[0] == "user":
		return caller, nil
	case parts[0] == "assumed-role" && len(parts) > 1:
		role, err := client.GetRole(ctx, &iam.GetRoleInput{RoleName: &parts[1]})
		if err != nil {
			return "", err
		}
		return aws.ToString(role.Role.Arn), nil
	}
	return "", fmt.Errorf("IAM simulates roles and users, and the caller is %s", parsed.Resource)
}
