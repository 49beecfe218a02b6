// Package irsa provides IAM roles for service accounts: one role for one service account of one cluster. What may be
// done with each is in the package workload.
package irsa

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// Config is what a role needs from the rest of the system.
type Config struct {
	target.Target        // its name begins the role's, the workload's ends it
	ProviderARN   string // the cluster's identity provider in IAM
	Issuer        string // the cluster's issuer without https://
	Workload      workload.Workload
}

// Output is what other modules may use.
type Output struct {
	RoleARN  string // for the service account's annotation eks.amazonaws.com/role-arn
	RoleName string

	// Grants are what the role may do. What acts under the role depends on them, so that it can from its
	// first moment to its last.
	Grants []cdktf.ITerraformDependable
}

// New declares the role under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	role := iamrole.NewIamRole(this, jsii.String("role"), &iamrole.IamRoleConfig{
		Name: jsii.String(config.Name + "-" + config.Workload.Name),
		Description: jsii.String(fmt.Sprintf("Service account %s/%s",
			config.Workload.Namespace, config.Workload.ServiceAccount)),
		PermissionsBoundary: config.PermissionsBoundary(),
		AssumeRolePolicy:    jsii.String(Trust(config.ProviderARN, config.Issuer, config.Workload)),
	})
	output := Output{RoleARN: *role.Arn(), RoleName: *role.Name()}
	if len(config.Workload.Statements) > 0 {
		output.Grants = append(output.Grants, iamrolepolicy.NewIamRolePolicy(this, jsii.String("policy"),
			&iamrolepolicy.IamRolePolicyConfig{
				Name:   jsii.String(config.Workload.Name),
				Role:   role.Name(),
				Policy: jsii.String(iampolicy.Document(config.Workload.Statements...)),
			}))
	}
	return output
}

// Trust lets one service account of one cluster assume a role. Both claims are demanded: without sub every pod of the
// cluster could, without aud a token made for someone else would do (EKS User Guide, 'Assign IAM roles to Kubernetes
// service accounts'). The document's xray_role trusts eks.amazonaws.com, which is the control plane and no pod.
func Trust(providerARN, issuer string, account workload.Workload) string {
	return iampolicy.Document(iampolicy.Statement{
		Sid:       "ServiceAccount",
		Effect:    iampolicy.Allow,
		Principal: iampolicy.Federated(providerARN),
		Action:    []string{"sts:AssumeRoleWithWebIdentity"},
		Condition: iampolicy.Conditions{"StringEquals": {
			issuer + ":aud": {"sts.amazonaws.com"},
			issuer + ":sub": {fmt.Sprintf("system:serviceaccount:%s:%s", account.Namespace, account.ServiceAccount)},
		}},
	})
}
