//go:build e2e

package e2e

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/account/boundary"
	"github.com/titan-platform/titan/modules/irsa/proof"
)

// bounds is the boundary of the account in which the roles are proved.
var bounds = boundary.Config{
	Target:  proof.Scope.Target,
	Project: "titan",
	Unbound: []string{proof.Scope.RoleARN("titan-apply")},
	Telling: []string{
		proof.Scope.In("*").ARN("sns", "titan-operations"),
		proof.Scope.In("*").ARN("logs", "log-group:/aws/cloudtrail/titan:*"),
	},
	TrailBucket:   "titan-trail",
	TrailKeyAlias: "alias/titan-trail",
}

// makeBoundary makes the boundary, as it is, and returns its ARN.
func makeBoundary(aws client) string {
	aws.t.Helper()
	aws.mustPass(apiCall{service: "iam", form: url.Values{
		"Action": {
			"CreatePolicy",
		},
		"PolicyName":     {boundary.Name(bounds.Project)},
		"PolicyDocument": {iampolicy.Document(boundary.Statements(bounds)...)},
	}})
	return boundary.ARN(bounds.Target, bounds.Project)
}

// TestTheBoundaryHoldsAnAdministrator gives a role every permission and the boundary, and has it try to get out on an
// emulator that enforces IAM, which fills no iam:PermissionsBoundary: it denies every role that is made, as AWS denies
// one without the boundary. That one with it is made, modules/account/boundary says.
func TestTheBoundaryHoldsAnAdministrator(t *testing.T) {
	t.Parallel()
	running := start(t, proof.Scope.AccountID, "AUTH=true")
	aws := client{t: t, url: running.URL(), region: proof.Scope.Region}
	own := makeBoundary(aws)
	trust := iampolicy.Document(iampolicy.Statement{
		Sid:       "Account",
		Effect:    iampolicy.Allow,
		Principal: iampolicy.Account("aws", proof.Scope.AccountID),
		Action:    []string{"sts:AssumeRole"},
	})
	for _, role := range []string{"titan-apply", "titan-prod-other"} {
		aws.mustPass(
			apiCall{
				service: "iam",
				form:    url.Values{"Action": {"CreateRole"}, "RoleName": {role}, "AssumeRolePolicyDocument": {trust}},
			},
		)
	}
	assume := func(role string) apiCall {
		return apiCall{
			service: "sts",
			form:    url.Values{"Action": {"AssumeRole"}, "RoleArn": {role}, "RoleSessionName": {"proof"}},
		}
	}
	everything := proof.Case{}
	all := []string{"*"}
	everything.Workload.Statements = []iampolicy.Statement{
		{Sid: "All", Effect: iampolicy.Allow, Action: all, Resource: all},
	}
	role := makeRole(aws, "titan-prod-deployer", trust, own, everything)
	administrator := aws.as(session(aws, assume(role)))

	iam := func(action string, parameters ...string) apiCall {
		form := url.Values{"Action": {action}}
		for i := 0; i < len(parameters); i += 2 {
			form.Set(parameters[i], parameters[i+1])
		}
		return apiCall{service: "iam", form: form}
	}
	trail := func(action string) apiCall {
		return apiCall{
			service: "cloudtrail",
			target:  "CloudTrail_20131101." + action,
			body:    map[string]any{"Name": "titan"},
		}
	}
	const administrators = "arn:aws:iam::aws:policy/AdministratorAccess"
	const anyone = `{"Version":"2012-10-17","Statement":[]}`
	for _, one := range []struct {
		call   apiCall
		denied bool
	}{
		{apiCall{service: "ec2", form: url.Values{"Action": {"DescribeVpcs"}}}, false},
		{iam("GetRole", "RoleName", "titan-prod-other"), false},
		{iam("UpdateAssumeRolePolicy", "RoleName", "titan-prod-other", "PolicyDocument", trust), false},
		{iam("TagRole", "RoleName", "titan-prod-other", "Tags.member.1.Key", "k", "Tags.member.1.Value", "v"), false},

		{iam("CreateRole", "RoleName", "titan-prod-mine", "AssumeRolePolicyDocument", trust), true},
		{iam("AttachRolePolicy", "RoleName", "titan-prod-other", "PolicyArn", administrators), true},
		{iam("UpdateAssumeRolePolicy", "RoleName", "titan-apply", "PolicyDocument", trust), true},
		{iam("DeleteRolePermissionsBoundary", "RoleName", "titan-prod-deployer"), true},
		{iam("CreatePolicyVersion", "PolicyArn", own, "PolicyDocument", anyone, "SetAsDefault", "true"), true},
		{iam("CreateUser", "UserName", "mine"), true},
		{iam("CreateAccessKey", "UserName", "mine"), true},
		{iam("DeleteAccountPasswordPolicy"), true},
		{trail("StopLogging"), true},
		{trail("DeleteTrail"), true},
		{assume(proof.Scope.RoleARN("titan-apply")), true},
		{apiCall{service: "lambda", path: "/2015-03-31/functions"}, true},
	} {
		if denied := administrator.denied(one.call); denied != one.denied {
			t.Errorf(
				"%s %s%s%s: denied is %v, want %v",
				one.call.service,
				one.call.form.Encode(),
				one.call.target,
				one.call.path,
				denied,
				one.denied,
			)
		}
	}
	fmt.Printf("\n== permissions boundary under IAM enforcement: an administrator who carries it does not get out\n")
}
