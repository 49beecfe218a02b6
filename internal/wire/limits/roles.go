package limits

import (
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

const (
	maxInline  = 10240 // characters of all inline policies of a role
	maxManaged = 10
)

func roleTotals() []Total {
	return []Total{
		{"policies of a role", iamQuotas, policiesOfRoles},
		{"principals", "IAM user guide, 'AWS JSON policy elements: Principal'", principals},
	}
}

func policiesOfRoles(calls []*protocol.Call, report *Report) {
	inline, managed := map[string]map[string]int{}, map[string]map[string]bool{}
	for _, call := range calls {
		role := text(call.Input, "RoleName")
		switch call.Name() {
		case "iam PutRolePolicy":
			if inline[role] == nil {
				inline[role] = map[string]int{}
			}
			inline[role][text(call.Input, "PolicyName")] = withoutSpace(text(call.Input, "PolicyDocument"))
			sum := 0
			for _, size := range inline[role] {
				sum += size
			}
			report.About(call).AtMost(".PolicyDocument", "characters of a role's inline policies together", sum, maxInline)
		case "iam DeleteRolePolicy":
			delete(inline[role], text(call.Input, "PolicyName"))
		case "iam AttachRolePolicy":
			if managed[role] == nil {
				managed[role] = map[string]bool{}
			}
			managed[role][text(call.Input, "PolicyArn")] = true
			report.About(call).AtMost(".PolicyArn", "managed policies of a role", len(managed[role]), maxManaged)
		case "iam DetachRolePolicy":
			delete(managed[role], text(call.Input, "PolicyArn"))
		}
	}
}

var roleARN = regexp.MustCompile(`^arn:[^:]*:iam::\d{12}:role/(?:.*/)?([^/]+)$`)

// principals finds a policy that names a role of this recording before the role is made: KMS, S3, SNS and IAM refuse a
// principal that does not exist.
func principals(calls []*protocol.Call, report *Report) {
	later := map[string]bool{}
	for _, call := range named(calls, "iam CreateRole") {
		later[text(call.Input, "RoleName")] = true
	}
	for _, call := range calls {
		if call.Name() == "iam CreateRole" {
			delete(later, text(call.Input, "RoleName"))
		}
		if !slices.Contains([]string{"kms", "s3", "sns", "secretsmanager", "iam", "ecr"}, call.Service.Name) {
			continue
		}
		for name, value := range call.Input {
			document, isText := value.(string)
			if !isText || !strings.Contains(document, `"Statement"`) {
				continue
			}
			statements, _ := statementsOf(document)
			for _, one := range statements {
				principal, _ := one.Principal.(map[string]any) // "*" names none
				for _, arn := range texts(principal["AWS"]) {
					if role := roleARN.FindStringSubmatch(arn); role != nil && later[role[1]] {
						report.About(call).Breaks("."+name, arn, "a role that was made before")
					}
				}
			}
		}
	}
}
