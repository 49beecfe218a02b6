package role

import "github.com/titan-platform/titan/internal/iampolicy"

// PromotionName is the role of an environment that others promote from; PromoteName the project that promotes to one.
func PromotionName(prefix string) string { return prefix + "-promotion" }

// PromoteName is the project, and its role, that promotes to an environment.
func PromoteName(prefix string) string { return prefix + "-promote" }

// Promote copies the image that another environment runs into this one's registry, reading there under the role that is for it.
func (p Place) Promote(d Delivery, promotionRoleARN string) Role {
	image := p.Repository(d.Image)
	statements := append(d.Artifacts.read(p), logIn(),
		Allow("PushImages", []string{image}, nil, push...),
		Allow("FindImages", []string{image}, nil, "ecr:DescribeImages"),
		Allow("ReadWhatRunsThere", []string{promotionRoleARN}, nil, "sts:AssumeRole"),
	)
	return p.Project(PromoteName(p.Name), "CodeBuild promotes to "+d.Image, statements...)
}

// Promotion is for the projects, by their roles' ARNs, that promote from this environment: which image runs, and its layers. A role is named in a
// condition and not as principal, because it may not be there yet and IAM refuses a principal that is not (IAM User Guide, 'AWS JSON policy
// elements: Principal').
func (p Place) Promotion(d Delivery, accountIDs, promoteRoleARNs []string) Role {
	var accounts iampolicy.Principal
	for _, id := range accountIDs {
		accounts.AWS = append(accounts.AWS, iampolicy.Account(p.Partition, id).AWS...)
	}
	image := p.Repository(d.Image)
	return Role{
		Name: PromotionName(p.Name), Description: "Others promote what runs in " + p.Name,
		Trust: iampolicy.Document(iampolicy.Statement{
			Sid: "Promoters", Effect: iampolicy.Allow, Principal: &accounts, Action: []string{"sts:AssumeRole"},
			Condition: iampolicy.Conditions{"ArnEquals": {"aws:PrincipalArn": promoteRoleARNs}},
		}),
		Statements: []iampolicy.Statement{
			logIn(),
			Allow("PullImages", []string{image}, nil, pull...),
			Allow("FindImages", []string{image}, nil, "ecr:DescribeImages"),
			Allow("ReadWhatRuns", []string{p.ARN("ssm", "parameter"+d.Parameter)}, nil, "ssm:GetParameter"),
		},
	}
}
