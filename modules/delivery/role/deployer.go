package role

import (
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// Platform is what the deployer of a platform stack is about.
type Platform struct {
	Stack         string // prod.platform
	Environment   string // prod, the stack whose outputs it reads
	StateBucket   string
	StateKeyAlias string // alias/…
	ClusterARN    string
	ConnectionARN string // reads the repository; empty is a public one
}

// DeployerName is the project, and its role, that applies an environment's platform stack.
func DeployerName(prefix string) string { return prefix + "-deployer" }

// Deployer applies a platform stack: it runs in the VPC, reads and writes its stack's state, reads that of <env>, and finds the cluster. In the
// cluster it acts by its access entry. more is what the platform stack's data sources read beyond the state of <env>.
func Deployer(t target.Target, platform Platform, n Network, more ...iampolicy.Statement) Role {
	bucket := t.BucketARN(platform.StateBucket)
	own, environment := bucket+"/"+platform.Stack+"/*", bucket+"/"+platform.Environment+"/terraform.tfstate"
	statements := append(Inside(t, n),
		// Terraform's S3 backend (developer.hashicorp.com, 'Backend Type: s3', permissions), with a lock file beside the state.
		Allow("FindState", []string{bucket}, nil, "s3:ListBucket"),
		Allow("WriteOwnState", []string{own}, nil, "s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
		Allow("ReadEnvironmentState", []string{environment}, nil, "s3:GetObject"),
		// The state's key is another stack's, so it is named by its alias.
		Allow("EncryptState", []string{t.KeysARN()}, iampolicy.Conditions{"ForAnyValue:StringEquals": {"kms:ResourceAliases": {platform.StateKeyAlias}}},
			"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"),
		Allow("FindCluster", []string{platform.ClusterARN}, nil, "eks:DescribeCluster"),
	)
	if platform.ConnectionARN != "" {
		statements = append(statements, Allow("ReadRepository", []string{platform.ConnectionARN}, nil,
			"codeconnections:GetConnection", "codeconnections:GetConnectionToken", "codeconnections:UseConnection"))
	}
	return Project(t, DeployerName(t.Name), "CodeBuild applies "+platform.Stack, append(statements, more...)...)
}
