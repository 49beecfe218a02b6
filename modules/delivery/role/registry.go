package role

import (
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// Repository is the ARN of a repository of this account's registry in this region.
func Repository(t target.Target, name string) string { return t.ARN("ecr", "repository/"+name) }

// logIn lets a client log in to the account's registry; what it may do there is another statement's (ECR User Guide,
// 'Private registry authentication': the action knows no resource).
func logIn() iampolicy.Statement {
	return Allow("LogInToRegistry", everything, nil, "ecr:GetAuthorizationToken")
}

// pull and push are Docker's calls (ECR User Guide, 'Amazon ECR identity-based policy examples' and 'IAM permissions
// for pushing an image').
var (
	pull = []string{"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"}
	push = append([]string{"ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"},
		pull...)
)
