package preflight

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// fakeIAM has roles and users by name, with their paths, and answers the simulation with decisions by action.
type fakeIAM struct {
	roles, users map[string]string
	err          error // of looking one up
	simulated    map[string]types.EvaluationResult
	simulation   error
	asked        *iam.SimulatePrincipalPolicyInput // the last one
}

func (f *fakeIAM) GetRole(
	_ context.Context, in *iam.GetRoleInput, _ ...func(*iam.Options),
) (*iam.GetRoleOutput, error) {
	path, found := f.roles[*in.RoleName]
	if !found && f.err == nil {
		return nil, &types.NoSuchEntityException{}
	}
	arn := "arn:aws:iam::" + account + ":role" + path + *in.RoleName
	return &iam.GetRoleOutput{Role: &types.Role{Arn: &arn}}, f.err
}

func (f *fakeIAM) GetUser(
	_ context.Context, in *iam.GetUserInput, _ ...func(*iam.Options),
) (*iam.GetUserOutput, error) {
	path, found := f.users[*in.UserName]
	if !found && f.err == nil {
		return nil, &types.NoSuchEntityException{}
	}
	arn := "arn:aws:iam::" + account + ":user" + path + *in.UserName
	return &iam.GetUserOutput{User: &types.User{Arn: &arn}}, f.err
}

func (f *fakeIAM) SimulatePrincipalPolicy(
	_ context.Context, in *iam.SimulatePrincipalPolicyInput, _ ...func(*iam.Options),
) (*iam.SimulatePrincipalPolicyOutput, error) {
	f.asked = in
	answer := &iam.SimulatePrincipalPolicyOutput{}
	for _, action := range in.ActionNames {
		result, found := f.simulated[action]
		if !found {
			result.EvalDecision = types.PolicyEvaluationDecisionTypeAllowed
		}
		result.EvalActionName = &action
		answer.EvaluationResults = append(answer.EvaluationResults, result)
	}
	return answer, f.simulation
}

func TestPrincipals(t *testing.T) {
	client := &fakeIAM{roles: map[string]string{"admin": "/", "sso": "/aws-reserved/"},
		users: map[string]string{"ada": "/"}}
	const begin, remedy = "arn:aws:iam::333333333333:", " -> make it, or take it out of cluster.admins and cluster.readers"
	for principal, want := range map[string]string{
		begin + "role/admin":            "good " + begin + "role/admin: the role exists",
		begin + "role/aws-reserved/sso": "good " + begin + "role/aws-reserved/sso: the role exists",
		begin + "user/ada":              "good " + begin + "user/ada: the user exists",
		begin + "role/gone":             "bad " + begin + "role/gone: the account has no such role" + remedy,
		begin + "user/gone":             "bad " + begin + "user/gone: the account has no such user" + remedy,
		begin + "role/sso": "bad " + begin + "role/sso: the role of that name is " + begin + "role/aws-reserved/sso " +
			"-> write its whole ARN, with the path",
		begin + "group/ops": "bad " + begin + "group/ops: it is neither an IAM role nor an IAM user, " +
			"the only principals that an access entry takes" + remedy,
		"admin": "bad admin: it is no ARN" + remedy,
		"arn:aws:iam::111111111111:role/admin": "unknown arn:aws:iam::111111111111:role/admin: " +
			"it is in another account, which is not asked -> ask in account 111111111111",
	} {
		expect(t, askPrincipals(t.Context(), client, account, []string{principal}), want)
	}
	hidden := &fakeIAM{err: deniedCall("IAM", "GetRole")}
	expect(t, askPrincipals(t.Context(), hidden, account, []string{begin + "role/admin"}),
		"unknown "+begin+"role/admin: "+mayNot("IAM GetRole"))
}
