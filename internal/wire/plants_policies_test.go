package wire

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

// trust is a role's trust policy.
func trust() string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
		"Principal":{"Service":"ec2.amazonaws.com"}}]}`
}

// inline gives a role a policy of one statement.
func inline(statement string) *protocol.Request {
	return form("iam", "PutRolePolicy", "RoleName=r", "PolicyName=p",
		`PolicyDocument={"Version":"2012-10-17","Statement":[`+statement+`]}`)
}

// bucketPolicy gives a bucket a policy of one statement.
func bucketPolicy(statement string) *protocol.Request {
	return rest("s3", "PUT", "/bucket?policy", `{"Statement":[{"Effect":"Allow","Principal":"*",`+statement+`}]}`)
}

// policyPlants break the grammar of policies and their sizes.
func policyPlants() []plant {
	const policies = "documented: policies"
	return []plant{
		planted(policies, "Two words", inline(`{"Sid":"Two words","Effect":"Allow","Action":"s3:GetObject",
			"Resource":"arn:aws:s3:::b/*"}`)),
		planted(policies, "a Sid is there once", inline(`{"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"*"},
			{"Sid":"A","Effect":"Allow","Action":"s3:PutObject","Resource":"*"}`)),
		planted(policies, "Allow or Deny", inline(`{"Effect":"allow","Action":"s3:GetObject","Resource":"*"}`)),
		planted(policies, "service:Action", inline(`{"Effect":"Allow","Action":"GetObject","Resource":"*"}`)),
		planted(policies, "an action", inline(`{"Effect":"Allow","Action":[],"Resource":"*"}`)),
		planted(policies, "one of Action and NotAction", inline(`{"Effect":"Allow","Resource":"*"}`)),
		planted(policies, "an ARN as Resource", inline(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"b/*"}`)),
		planted(policies, "neither region nor account",
			inline(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:eu-west-1::b/*"}`)),
		planted(policies, "condition operator",
			inline(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringIs":{"a:b":"c"}}}`)),
		planted(policies, "condition key", inline(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"*",
			"Condition":{"StringEquals":{"b":"c"}}}`)),
		planted(policies, "no Principal", inline(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"*",
			"Principal":"*"}`)),
		planted(policies, "10240", inline(`{"Effect":"Allow","Action":"s3:GetObject","Resource":[`+
			many(100, `"arn:aws:s3:::`+strings.Repeat("b", 100)+`%d"`)+`]}`)),
		planted(policies, "a trust policy", form("iam", "CreateRole", "RoleName=r",
			`AssumeRolePolicyDocument={"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}`)),
		planted(policies, "a resource's policy", target("kms", "TrentService.CreateKey", fmt.Sprintf(`{"Policy":%q}`,
			`{"Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}`))),
		planted(policies, "JSON document", target("kms", "TrentService.CreateKey", `{"Policy":"nothing"}`)),
		planted(policies, "applies to one", bucketPolicy(`"Action":"s3:ListBucket","Resource":"arn:aws:s3:::bucket/*"`)),
		planted(policies, "applies to one", bucketPolicy(`"Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket"`)),
		planted(policies, "SNS takes", form("sns", "SetTopicAttributes", "TopicArn=arn:aws:sns:eu-west-1:111111111111:t",
			"AttributeName=Policy",
			`AttributeValue={"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"*"}]}`)),
	}
}
