// Package deployer provides the way into a cluster whose API the internet does not reach: a CodeBuild project inside the VPC that applies
// the environment's platform stack.
package deployer

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/cluster"
	"github.com/titan-platform/titan/modules/delivery/build"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// Config is what a deployer needs from the rest of the system.
type Config struct {
	target.Target
	Stack string // what is applied: prod.platform

	Repository string // this project's on GitHub: organisation/name
	// ConnectionARN is the CodeConnections connection that reads the repository; its owner accepts it once in the console. Empty is for a
	// public repository.
	ConnectionARN string

	VPCID                   string
	SubnetIDs               []string                     // private
	Egress                  []cdktf.ITerraformDependable // the subnets' ways out
	EndpointSecurityGroupID string                       // of the interface endpoints; empty where there are none

	ClusterName                 string
	ClusterARN                  string
	ControlPlaneSecurityGroupID string

	StateBucket   string // name
	StateKeyAlias string // alias/…
	LogKeyARN     string // encrypts the log
	DataKeyARN    string // encrypts what CodeBuild keeps of a build

	// Statements are what the platform stack's data sources read beyond the state of <env>.
	Statements []iampolicy.Statement
}

// Output is what other modules may use.
type Output struct {
	ProjectName string // aws codebuild start-build --project-name …
	RoleARN     string
}

// New declares the deployer under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	vpc := &build.VPCConfig{
		VPCID:     config.VPCID,
		SubnetIDs: config.SubnetIDs,
		Egress:    config.Egress,
		Group: build.NewGroup(this, "network", build.GroupConfig{
			Target:                      config.Target,
			Part:                        "deployer",
			Description:                 "CodeBuild that applies the platform stack",
			VPCID:                       config.VPCID,
			ControlPlaneSecurityGroupID: config.ControlPlaneSecurityGroupID,
			EndpointSecurityGroupID:     config.EndpointSecurityGroupID,
		}),
		// Namespaces, custom resource definitions and cluster roles: nothing less than admin can make them.
		Access: cluster.Access{ClusterName: config.ClusterName, Partition: config.Partition, Policy: cluster.ClusterAdmin},
	}
	project := build.New(this, "apply", build.Config{
		Role: role.Deployer(config.Target, role.Platform{
			Stack:         config.Stack,
			Environment:   config.Environment,
			StateBucket:   config.StateBucket,
			StateKeyAlias: config.StateKeyAlias,
			ClusterARN:    config.ClusterARN,
			ConnectionARN: config.ConnectionARN,
		}, vpc.Network(), config.Statements...),
		Buildspec: buildspec,
		Variables: []build.Variable{
			{Name: "TITAN_ENVIRONMENTS", Value: config.Environment},
			{Name: "STACK", Value: config.Stack},
			{Name: "TERRAFORM_VERSION", Value: terraformVersion},
		},
		Repository: &build.Repository{Name: config.Repository, ConnectionARN: config.ConnectionARN},
		Medium:     true, // compiling the AWS bindings takes more than a small one's 3 GiB
		Minutes:    60,
		VPC:        vpc,
		LogDays:    config.LogDays,
		LogKeyARN:  config.LogKeyARN,
		DataKeyARN: config.DataKeyARN,
	})
	return Output{ProjectName: project.ProjectName, RoleARN: project.RoleARN}
}
