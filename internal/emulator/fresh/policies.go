package fresh

import (
	"encoding/json"
	"regexp"

	"github.com/titan-platform/titan/internal/emulator"
)

// policyRefusals are of calls with a policy that names a role or user as principal which is not there, or not yet. A
// condition on aws:PrincipalArn is not looked at.
var policyRefusals = []refusal{
	{
		kind: RoleUnseen, service: "kms", actions: []string{"CreateKey", "PutKeyPolicy"}, needs: namedPrincipals,
		code:    "MalformedPolicyDocumentException",
		message: "Policy contains a statement with one or more invalid principals.",
		source:  "terraform-aws-eks#3013; KMS API Reference, CreateKey, on principals that must exist",
	},
	{
		kind: RoleUnseen, service: "iam", actions: []string{"CreateRole", "UpdateAssumeRolePolicy"},
		needs: namedPrincipals,
		code:  "MalformedPolicyDocument", message: `Invalid principal in policy: "AWS":"%s"`,
		source: "terraform-provider-aws, internal/service/iam/role.go",
	},
	{
		kind: RoleUnseen, service: "secretsmanager", actions: []string{"PutResourcePolicy"}, needs: namedPrincipals,
		code: "MalformedPolicyDocumentException", message: "This resource policy contains an unsupported principal",
		source: "terraform-provider-aws, internal/service/secretsmanager/secret_policy.go",
	},
	{
		kind: RoleUnseen, service: "s3", actions: []string{`PUT /*\?policy`}, needs: namedPrincipals,
		code: "MalformedPolicy", message: "Invalid principal in policy",
		source: "AWS Knowledge Center, 'Invalid principal in policy' of an S3 bucket policy",
	},
	{
		kind: RoleUnseen, service: "ecr", actions: []string{"SetRepositoryPolicy"}, needs: namedPrincipals,
		code:    "InvalidParameterException",
		message: "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
		source:  "terraform-provider-aws, internal/service/ecr/repository_policy.go",
	},
}

func namedPrincipals(r *emulator.Request, _ *memory) []string {
	var keys []string
	for _, arn := range principals(r) {
		keys = append(keys, role(arn))
	}
	return keys
}

// principals are the roles and users that the policies in a call name one by one.
func principals(r *emulator.Request) []string {
	candidates := []string{string(r.Body)}
	for _, values := range r.Form {
		candidates = append(candidates, values...)
	}
	fields, _ := value(r.Body).(map[string]any)
	for _, field := range fields {
		if s, ok := field.(string); ok {
			candidates = append(candidates, s)
		}
	}
	var named []string
	for _, candidate := range candidates {
		statements, _ := value([]byte(candidate), "Statement").([]any)
		for _, statement := range statements {
			document, err := json.Marshal(statement)
			if err == nil {
				named = append(named, namedIn(value(document, "Principal", "AWS"))...)
			}
		}
	}
	return named
}

var principal = regexp.MustCompile(`^arn:[^:]+:iam::\d{12}:(role|user)/[^*]+$`)

// namedIn are the roles and users of a policy's field, which is one or a list.
func namedIn(field any) []string {
	values, isList := field.([]any)
	if !isList {
		values = []any{field}
	}
	var arns []string
	for _, v := range values {
		if arn, ok := v.(string); ok && principal.MatchString(arn) {
			arns = append(arns, arn)
		}
	}
	return arns
}
