package role

import "github.com/titan-platform/titan/internal/iampolicy"

// Delivery is what the roles of a pipeline are about: names, so that every policy is complete at plan.
type Delivery struct {
	Image, Chart string // repositories
	Parameter    string // of the image that runs: /titan-prod/birthday-app/image
	Artifacts    Store
	ClusterARN   string
}

// Pipeline moves artifacts and starts the projects (CodePipeline User Guide, 'Manage the CodePipeline service role'; the action's permissions
// are in 'CodeBuild action reference' and 'CodeStarSourceConnection action reference'). The action's prefix is that of the connection's ARN
// (Developer Tools Console User Guide, 'Connections rename').
func (p Place) Pipeline(name, connectionARN string, stores []Store, projectARNs []string) Role {
	statements := []iampolicy.Statement{
		Allow("ReadRepositories", []string{connectionARN}, nil, "codeconnections:UseConnection"),
		Allow("RunBuilds", projectARNs, nil, "codebuild:BatchGetBuilds", "codebuild:StartBuild"),
	}
	for i, store := range stores {
		suffix, bucket := []string{"", "Second"}[i], store.arn(p.Partition)
		statements = append(statements,
			Allow("FindArtifacts"+suffix, []string{bucket}, nil, "s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"),
			Allow("MoveArtifacts"+suffix, []string{bucket + "/*"}, nil, "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"),
			store.use(p, "EncryptArtifacts"+suffix, "kms:Decrypt", "kms:GenerateDataKey"),
		)
	}
	return Role{
		Name: p.Name + "-pipeline", Description: "CodePipeline runs " + name,
		Trust:      p.trust("CodePipeline", "codepipeline.amazonaws.com", p.ARN("codepipeline", name)),
		Statements: statements,
	}
}

// Build pushes images.
func (p Place) Build(d Delivery) Role {
	image := p.Repository(d.Image)
	statements := append(d.Artifacts.read(p), logIn(),
		Allow("PushImages", []string{image}, nil, push...),
		Allow("FindImages", []string{image}, nil, "ecr:DescribeImages"),
	)
	return p.Project(p.Name+"-build", "CodeBuild tests, builds, scans and pushes "+d.Image, statements...)
}

// Publish pushes charts.
func (p Place) Publish(d Delivery) Role {
	chart := p.Repository(d.Chart)
	statements := append(d.Artifacts.read(p), logIn(),
		Allow("PushCharts", []string{chart}, nil, push...),
		Allow("FindCharts", []string{chart}, nil, "ecr:DescribeImages"),
	)
	return p.Project(p.Name+"-publish", "CodeBuild publishes "+d.Chart, statements...)
}

// DeployName is the project, and its role, that deploys to an environment.
func (p Place) DeployName() string { return p.Name + "-deploy" }

// Deploy writes down which image runs, marks it for the lifecycle, and upgrades the release. In the cluster it acts by its access entry, in the
// application's namespace alone.
func (p Place) Deploy(d Delivery, n Network) Role {
	image, parameter := p.Repository(d.Image), p.ARN("ssm", "parameter"+d.Parameter)
	statements := append(p.Inside(n), d.Artifacts.read(p)...)
	statements = append(statements, logIn(),
		Allow("PullChart", []string{p.Repository(d.Chart)}, nil, pull...),
		// ECR has no call that tags alone: an image is put again under another tag, by a manifest that is there.
		Allow("MarkImage", []string{image}, nil, "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:PutImage"),
		Allow("WriteDownImage", []string{parameter}, nil, "ssm:GetParameter", "ssm:PutParameter"),
		Allow("FindCluster", []string{d.ClusterARN}, nil, "eks:DescribeCluster"),
	)
	return p.Project(p.DeployName(), "CodeBuild deploys "+d.Image, statements...)
}
