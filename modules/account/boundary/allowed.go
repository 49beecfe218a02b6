package boundary

import (
	"fmt"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
)

// services are those that the platform is made of, as IAM names them: what its stacks make and what its roles call.
// One that a role needs and that is missing here is found by the tests beside this and in tests/accountmodules_test.go.
var services = []string{
	"acm", "application-autoscaling", "autoscaling", "backup", "backup-storage", "budgets", "cloudfront",
	"cloudwatch", "codebuild", "codeconnections", "codepipeline", "codestar-connections",
	"ec2", "ec2messages", "ecr", "eks", "eks-auth", "elasticache", "elasticloadbalancing", "events", "firehose",
	"kms", "logs", "rds", "rds-db", "route53", "s3", "secretsmanager", "servicequotas", "shield", "sns", "ssm",
	"ssmmessages", "tag", "wafv2", "xray",
}

// allowed is what a role may do at most.
func (c Config) allowed() []iampolicy.Statement {
	var everything []string
	for _, service := range services {
		everything = append(everything, service+":*")
	}
	return []iampolicy.Statement{
		{Sid: "Platform", Effect: iampolicy.Allow, Action: everything, Resource: []string{"*"}},
		{
			Sid:      "ReadIAM",
			Effect:   iampolicy.Allow,
			Resource: []string{"*"},
			Action:   []string{"iam:Get*", "iam:List*", "sts:GetCallerIdentity"},
		},
		{
			// UpdateAssumeRolePolicy knows no condition on the boundary, so that only the name tells a role of ours.
			Sid: "OwnRoles", Effect: iampolicy.Allow, Resource: c.own("role"),
			Action: []string{
				"iam:*RolePolicy", "iam:CreateRole", "iam:DeleteRole", "iam:PassRole",
				"iam:PutRolePermissionsBoundary", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy",
				"iam:UpdateRole", "iam:UpdateRoleDescription",
			},
		},
		// Across accounts too: a promotion reads where the image comes from.
		{Sid: "AssumeOwnRoles", Effect: iampolicy.Allow, Action: []string{"sts:AssumeRole", "sts:TagSession"},
			Resource: []string{fmt.Sprintf("arn:%s:iam::*:role/%s-*", c.Partition, c.Project)}},
		{Sid: "OwnPolicies", Effect: iampolicy.Allow, Resource: c.own("policy"), Action: []string{
			"iam:CreatePolicy*", "iam:DeletePolicy*", "iam:SetDefaultPolicyVersion", "iam:TagPolicy",
			"iam:UntagPolicy",
		}},
		{
			Sid:      "Clusters",
			Effect:   iampolicy.Allow,
			Resource: []string{c.GlobalARN("iam", "oidc-provider/oidc.eks.*")},
			Action: []string{
				"iam:*OpenIDConnectProvider*",
			},
		},
		{
			Sid:      "ServiceRoles",
			Effect:   iampolicy.Allow,
			Resource: []string{c.RoleARN("aws-service-role/*")},
			Action:   []string{"iam:CreateServiceLinkedRole"},
		},
	}
}

// documented are the names of the document's own role and policy of X-Ray, which do not begin with its project.
const documented = "xray-eks-"

// own are the ARNs of what is made here of a kind, by its name.
func (c Config) own(kind string) []string {
	list := []string{c.GlobalARN("iam", kind+"/"+c.Project+"-*")}
	if c.Project == environments.DefaultProject {
		list = append(list, c.GlobalARN("iam", kind+"/"+documented+kind+"-*"))
	}
	return list
}
