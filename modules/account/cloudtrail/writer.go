package cloudtrail

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
)

// writer is the role by which the trail writes to its log group.
type writer struct {
	arn    string
	policy cdktf.ITerraformDependable
}

func (c Config) newWriter(scope constructs.Construct) writer {
	role := iamrole.NewIamRole(scope, jsii.String("log-role"), &iamrole.IamRoleConfig{
		Name:                jsii.String(c.Name + "-trail"),
		Description:         jsii.String("CloudTrail writes to " + LogGroup(c.Target)),
		PermissionsBoundary: c.PermissionsBoundary(),
		// Without a condition, as AWS documents it: CloudTrail says neither account nor trail when it assumes the
		// role, and with one nothing would arrive (CloudTrail User Guide, 'Role policy document for CloudTrail to use
		// CloudWatch Logs'; prowler#4714). Who may pass the role, iam:PassRole decides, in this account alone.
		AssumeRolePolicy: jsii.String(iampolicy.Document(iampolicy.Statement{
			Sid:       "CloudTrail",
			Effect:    iampolicy.Allow,
			Principal: iampolicy.Service("cloudtrail.amazonaws.com"),
			Action:    []string{"sts:AssumeRole"},
		})),
	})
	policy := iamrolepolicy.NewIamRolePolicy(scope, jsii.String("log-policy"), &iamrolepolicy.IamRolePolicyConfig{
		Name: jsii.String("write-trail"),
		Role: role.Id(),
		Policy: jsii.String(iampolicy.Document(iampolicy.Statement{
			Sid:    "WriteTrail",
			Effect: iampolicy.Allow,
			Action: []string{"logs:CreateLogStream", "logs:PutLogEvents"},
			// CloudTrail names its streams so (same guide).
			Resource: []string{
				c.ARN(
					"logs",
					fmt.Sprintf("log-group:%s:log-stream:%s_CloudTrail_%s*", LogGroup(c.Target), c.AccountID, c.Region),
				),
			},
		})),
	})
	return writer{arn: *role.Arn(), policy: policy}
}
