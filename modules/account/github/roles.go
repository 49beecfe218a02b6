package github

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// sessionSeconds is how long a workflow may act by a role: a first deployment of an environment takes more than an
// hour, which is IAM's default.
const sessionSeconds = 3 * 60 * 60

// NewRoles declares the roles of GitHub's workflows under scope: once an account, in its first region, which has the
// boundary that they carry.
func NewRoles(scope constructs.Construct, id string, t target.Target, config role.GitHub) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	newRole(this, "plan", t, role.GitHubPlan(t, config))
	newRole(this, "deploy", t, role.GitHubDeploy(t, config))
}

func newRole(scope constructs.Construct, id string, t target.Target, r role.Role) {
	made := iamrole.NewIamRole(scope, jsii.String(id), &iamrole.IamRoleConfig{
		Name:                jsii.String(r.Name),
		Description:         jsii.String(r.Description),
		PermissionsBoundary: t.PermissionsBoundary(),
		AssumeRolePolicy:    jsii.String(r.Trust),
		MaxSessionDuration:  jsii.Number(sessionSeconds),
	})
	iamrolepolicy.NewIamRolePolicy(scope, jsii.String(id+"-policy"), &iamrolepolicy.IamRolePolicyConfig{
		Name:   jsii.String(id),
		Role:   made.Id(),
		Policy: jsii.String(iampolicy.Document(r.Statements...)),
	})
}
