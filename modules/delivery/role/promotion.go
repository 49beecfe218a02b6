package role

import (
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// PromotionName is the role of an environment that others promote from; PromoteName the project that promotes to one.
func PromotionName(prefix string) string { return prefix + "-promotion" }

// PromoteName is the project, and its role, that promotes to an environment.
func PromoteName(prefix string) string { return prefix + "-promote" }

// Promote copies the image that another environment runs into this one's registry, reading there under
// the role that is for it.
func Promote(t target.Target, d Delivery, promotionRoleARN string) Role {
	image := Repository(t, d.Image)
	statements := append(d.Artifacts.read(t), logIn(),
		Allow("PushImages", []string{image}, nil, push...),
		Allow("FindImages", []string{image}, nil, "ecr:DescribeImages"),
		Allow("ReadWhatRunsThere", []string{promotionRoleARN}, nil, "sts:AssumeRole"),
	)
	return Project(t, PromoteName(t.Name), "CodeBuild promotes to "+d.Image, statements...)
}

// Promotion is for the projects, by their roles' ARNs, that promote from this environment: which image runs, its
// layers, and how the runs of the pipeline stand. A role is named in a condition and not as principal, because it may
// not be there yet and IAM refuses a principal that is not (IAM User Guide, 'AWS JSON policy elements: Principal').
func Promotion(t target.Target, d Delivery, pipeline string, accountIDs, promoteRoleARNs []string) Role {
	var accounts iampolicy.Principal
	for _, id := range accountIDs {
		accounts.AWS = append(accounts.AWS, iampolicy.Account(t.Partition, id).AWS...)
	}
	image := Repository(t, d.Image)
	return Role{
		Name: PromotionName(t.Name), Description: "Others promote what runs in " + t.Name,
		Boundary: t.Boundary,
		Trust: iampolicy.Document(iampolicy.Statement{
			Sid: "Promoters", Effect: iampolicy.Allow, Principal: &accounts, Action: []string{"sts:AssumeRole"},
			Condition: iampolicy.Conditions{"ArnEquals": {"aws:PrincipalArn": promoteRoleARNs}},
		}),
		Statements: []iampolicy.Statement{
			logIn(),
			Allow("PullImages", []string{image}, nil, pull...),
			Allow("FindImages", []string{image}, nil, "ecr:DescribeImages"),
			Allow("ReadWhatRuns", []string{t.ARN("ssm", "parameter"+d.Parameter)}, nil, "ssm:GetParameter"),
			Allow("ReadRuns", []string{t.ARN("codepipeline", pipeline)}, nil, "codepipeline:ListPipelineExecutions"),
		},
	}
}
