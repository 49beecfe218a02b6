package role

import (
	"strings"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// Delivery is what the roles of a pipeline are about: names, so that every policy is complete at plan.
type Delivery struct {
	Image, Chart string // repositories
	Parameter    string // of the image that runs: /titan-prod/birthday-app/image
	Artifacts    Store
	ClusterARN   string
}

// Run is what a pipeline is, and what its role is about.
type Run struct {
	Pipeline      string // its name
	RoleName      string
	ConnectionARN string
	Stores        []Store // at most two: at home, and in the second region
	ProjectARNs   []string
}

// Pipeline moves artifacts and starts the projects (CodePipeline User Guide, 'Manage the CodePipeline service role';
// the action's permissions are in 'CodeBuild action reference' and 'CodeStarSourceConnection action reference'). The
// action's prefix is that of the connection's ARN (Developer Tools Console User Guide, 'Connections rename').
func Pipeline(t target.Target, r Run) Role {
	statements := []iampolicy.Statement{
		Allow("ReadRepositories", []string{r.ConnectionARN}, nil, strings.Split(r.ConnectionARN, ":")[2]+":UseConnection"),
		Allow("RunBuilds", r.ProjectARNs, nil, "codebuild:BatchGetBuilds", "codebuild:StartBuild"),
	}
	for i, store := range r.Stores {
		suffix, bucket := []string{"", "Second"}[i], t.BucketARN(store.Bucket)
		statements = append(statements,
			Allow("FindArtifacts"+suffix, []string{bucket}, nil, "s3:GetBucketAcl", "s3:GetBucketLocation",
				"s3:GetBucketVersioning"),
			Allow("MoveArtifacts"+suffix, []string{bucket + "/*"}, nil, "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"),
			store.use(t, "EncryptArtifacts"+suffix, "kms:Decrypt", "kms:GenerateDataKey"),
		)
	}
	return Role{
		Name: r.RoleName, Description: "CodePipeline runs " + r.Pipeline,
		Boundary:   t.Boundary,
		Trust:      trust(t, "CodePipeline", "codepipeline.amazonaws.com", t.ARN("codepipeline", r.Pipeline)),
		Statements: statements,
	}
}

// Build pushes images.
func Build(t target.Target, d Delivery) Role {
	image := Repository(t, d.Image)
	statements := append(d.Artifacts.read(t), logIn(),
		Allow("PushImages", []string{image}, nil, push...),
		Allow("FindImages", []string{image}, nil, "ecr:DescribeImages"),
	)
	return Project(t, t.Name+"-build", "CodeBuild tests, builds, scans and pushes "+d.Image, statements...)
}

// Publish pushes charts.
func Publish(t target.Target, d Delivery) Role {
	chart := Repository(t, d.Chart)
	statements := append(d.Artifacts.read(t), logIn(),
		Allow("PushCharts", []string{chart}, nil, push...),
		Allow("FindCharts", []string{chart}, nil, "ecr:DescribeImages"),
	)
	return Project(t, t.Name+"-publish", "CodeBuild publishes "+d.Chart, statements...)
}

// DeployName is the project, and its role, that deploys to an environment.
func DeployName(t target.Target) string { return t.Name + "-deploy" }

// Deploy writes down which image runs, marks it for the lifecycle, and upgrades the release. In the cluster it acts by
// its access entry, in the application's namespace alone.
func Deploy(t target.Target, d Delivery, n Network) Role {
	image, parameter := Repository(t, d.Image), t.ARN("ssm", "parameter"+d.Parameter)
	statements := append(networkAccess(t, n), d.Artifacts.read(t)...)
	statements = append(statements, logIn(),
		Allow("PullChart", []string{Repository(t, d.Chart)}, nil, pull...),
		// ECR has no call that tags alone: an image is put again under another tag, by a manifest that is there.
		Allow("MarkImage", []string{image}, nil, "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:PutImage"),
		Allow("WriteDownImage", []string{parameter}, nil, "ssm:GetParameter", "ssm:PutParameter"),
		Allow("FindCluster", []string{d.ClusterARN}, nil, "eks:DescribeCluster"),
	)
	return Project(t, DeployName(t), "CodeBuild deploys "+d.Image, statements...)
}
