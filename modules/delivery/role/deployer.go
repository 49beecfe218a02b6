package role

import (
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// PlatformStep is a step of the deployer of a platform stack, and ends its project's name.
type PlatformStep string

// The steps.
const (
	PlatformPlan  PlatformStep = "plan"
	PlatformApply PlatformStep = "apply"
)

// Platform is what a step of the deployer of a platform stack is about.
type Platform struct {
	Step          PlatformStep
	Stack         string // prod.platform
	Environment   string // prod, the stack whose outputs it reads
	StateBucket   string
	StateKeyAlias string // alias/…
	ClusterARN    string
	Artifacts     Store
}

// DeployerName is the pipeline, and its role, that applies an environment's platform stack.
func DeployerName(prefix string) string { return prefix + "-deployer" }

// Deployer plans or applies a platform stack: it runs in the VPC, reads its stack's state and that of <env>, and
// finds the cluster. In the cluster it acts by its access entry. A plan changes nothing but the lock of the state.
// more is what the platform stack's data sources read beyond the state of <env>.
func Deployer(t target.Target, platform Platform, n Network, more ...iampolicy.Statement) Role {
	bucket := t.BucketARN(platform.StateBucket)
	own := bucket + "/" + platform.Stack + "/terraform.tfstate"
	environment := bucket + "/" + platform.Environment + "/terraform.tfstate"
	written := []string{own + ".tflock"}
	if platform.Step == PlatformApply {
		written = append(written, own)
	}
	statements := append(networkAccess(t, n), platform.Artifacts.read(t)...)
	if platform.Step == PlatformPlan {
		statements = append(statements, platform.Artifacts.write(t)...)
	}
	statements = append(
		statements,
		// Terraform's S3 backend (developer.hashicorp.com, 'Backend Type: s3', permissions), with a lock file beside
		// the state.
		Allow("FindState", []string{bucket}, nil, "s3:ListBucket"),
		Allow("ReadStates", []string{own, environment}, nil, "s3:GetObject"),
		Allow("WriteOwnState", written, nil, "s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
		// The state's key is another stack's, so it is named by its alias.
		Allow(
			"EncryptState",
			[]string{t.KeysARN()},
			iampolicy.Conditions{"ForAnyValue:StringEquals": {"kms:ResourceAliases": {platform.StateKeyAlias}}},
			"kms:Decrypt",
			"kms:Encrypt",
			"kms:GenerateDataKey",
		),
		Allow("FindCluster", []string{platform.ClusterARN}, nil, "eks:DescribeCluster"),
	)
	return Project(
		t,
		DeployerName(t.Name)+"-"+string(platform.Step),
		"CodeBuild "+verbs[platform.Step]+" "+platform.Stack,
		append(statements, more...)...)
}

var verbs = map[PlatformStep]string{PlatformPlan: "plans", PlatformApply: "applies"}
