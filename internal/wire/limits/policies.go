package limits

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

// policyLimit is how long a policy may be.
type policyLimit struct {
	operation, member string
	limit             int
	measure           func(string) int
	source            string
}

const iamQuotas = "IAM user guide, 'IAM and AWS STS quotas'"

var policyLimits = []policyLimit{
	{"iam CreatePolicy", "PolicyDocument", 6144, withoutSpace, iamQuotas},
	{"iam CreatePolicyVersion", "PolicyDocument", 6144, withoutSpace, iamQuotas},
	{"iam PutRolePolicy", "PolicyDocument", maxInline, withoutSpace, iamQuotas},
	{"iam CreateRole", "AssumeRolePolicyDocument", 2048, withoutSpace, iamQuotas},
	{"iam UpdateAssumeRolePolicy", "PolicyDocument", 2048, withoutSpace, iamQuotas},
	{"kms CreateKey", "Policy", 32 << 10, octets, "KMS developer guide, 'Resource quotas'"},
	{"kms PutKeyPolicy", "Policy", 32 << 10, octets, "KMS developer guide, 'Resource quotas'"},
	{"kms ReplicateKey", "Policy", 32 << 10, octets, "KMS developer guide, 'Resource quotas'"},
	{"s3 PutBucketPolicy", "Policy", 20 << 10, octets, "S3 user guide, 'Bucket policies'"},
	{"secretsmanager PutResourcePolicy", "ResourcePolicy", 20480, utf8.RuneCountInString,
		"Secrets Manager user guide, 'Quotas'"},
	{"logs PutResourcePolicy", "policyDocument", 5120, utf8.RuneCountInString, "CloudWatch Logs API, PutResourcePolicy"},
	{"ecr SetRepositoryPolicy", "policyText", 10240, utf8.RuneCountInString, "ECR API, SetRepositoryPolicy"},
	{"ec2 CreateVpcEndpoint", "PolicyDocument", 20480, utf8.RuneCountInString, "PrivateLink guide, 'Quotas'"},
	{"ec2 ModifyVpcEndpoint", "PolicyDocument", 20480, utf8.RuneCountInString, "PrivateLink guide, 'Quotas'"},
	{"backup PutBackupVaultAccessPolicy", "Policy", 20480, utf8.RuneCountInString,
		"AWS Backup developer guide, 'Quotas'"},
}

func policyRules() []Rule {
	var rules []Rule
	for _, one := range policyLimits {
		rules = append(rules, Rule{"policies", one.source, []string{one.operation}, func(call *protocol.Call,
			report *Report) {
			if document := text(call.Input, one.member); document != "" {
				report.AtMost("."+one.member, "characters of a policy, "+one.operation, one.measure(document), one.limit)
				checkPolicy("."+one.member, document, call, report)
			}
		}})
	}
	return append(rules, Rule{"policies", "SNS developer guide, 'Access policy quotas'",
		[]string{"sns SetTopicAttributes", "sns CreateTopic"},
		func(call *protocol.Call, report *Report) {
			document := text(call.Input, "Attributes.Policy")
			if text(call.Input, "AttributeName") == "Policy" {
				document = text(call.Input, "AttributeValue")
			}
			if document != "" {
				report.AtMost(".Policy", "bytes of a policy, sns topic", octets(document), 30<<10)
				checkPolicy(".Policy", document, call, report)
			}
		}})
}

func octets(text string) int { return len(text) }

// withoutSpace is how IAM counts.
func withoutSpace(text string) int {
	return utf8.RuneCountInString(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text))
}

// statement is a statement of a policy. What may be a text or a list is one of both.
type statement struct {
	Sid                     *string
	Effect                  string
	Principal, NotPrincipal any
	Action, NotAction       any
	Resource, NotResource   any
	Condition               map[string]map[string]any
}

// statementsOf are a policy's statements; false where it is none.
func statementsOf(document string) ([]statement, bool) {
	var policy struct{ Statement json.RawMessage }
	if err := json.Unmarshal([]byte(document), &policy); err != nil {
		return nil, false
	}
	var list []statement
	if err := json.Unmarshal(policy.Statement, &list); err == nil {
		return list, true
	}
	var one statement
	err := json.Unmarshal(policy.Statement, &one)
	return []statement{one}, err == nil
}

// texts are the texts that a value is, or that a list has.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var found []string
		for _, item := range v {
			found = append(found, texts(item)...)
		}
		return found
	}
	return nil
}
