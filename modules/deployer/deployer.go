// Package deployer provides the way into a cluster whose API the internet does not reach: a CodeBuild project inside the VPC that applies
// the environment's platform stack.
package deployer

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/cluster"
	"github.com/titan-platform/titan/modules/delivery/build"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// Config is what a deployer needs from the rest of the system.
type Config struct {
	Name        string // begins every name: titan-prod
	Environment string // prod; what is applied is prod-platform
	Partition   string // aws
	AccountID   string // 12 digits
	Region      string

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
	LogDays       int    // how long the builds' log keeps events
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
	inside := &build.Inside{
		VPCID:     config.VPCID,
		SubnetIDs: config.SubnetIDs,
		Egress:    config.Egress,
		Group: build.NewGroup(this, "network", build.GroupConfig{
			Name:                        config.Name,
			Part:                        "deployer",
			Description:                 "CodeBuild that applies the platform stack",
			VPCID:                       config.VPCID,
			ControlPlaneSecurityGroupID: config.ControlPlaneSecurityGroupID,
			EndpointSecurityGroupID:     config.EndpointSecurityGroupID,
		}),
		// Namespaces, custom resource definitions and cluster roles: nothing less than admin can make them.
		Access: cluster.Access{ClusterName: config.ClusterName, Partition: config.Partition, Policy: cluster.ClusterAdmin},
	}
	place := role.Place{Partition: config.Partition, AccountID: config.AccountID, Region: config.Region, Name: config.Name}
	stack := config.Environment + "-platform"
	project := build.New(this, "apply", build.Config{
		Role: place.Deployer(role.Platform{
			Stack:         stack,
			Environment:   config.Environment,
			StateBucket:   config.StateBucket,
			StateKeyAlias: config.StateKeyAlias,
			ClusterARN:    config.ClusterARN,
			ConnectionARN: config.ConnectionARN,
		}, inside.Network(), config.Statements...),
		Buildspec: buildspec,
		Variables: []build.Variable{
			{Name: "TITAN_ENVIRONMENTS", Value: config.Environment},
			{Name: "STACK", Value: stack},
			{Name: "TERRAFORM_VERSION", Value: terraformVersion},
		},
		Repository: &build.Repository{Name: config.Repository, ConnectionARN: config.ConnectionARN},
		Medium:     true, // compiling the AWS bindings takes more than a small one's 3 GiB
		Minutes:    60,
		Inside:     inside,
		LogDays:    config.LogDays,
		LogKeyARN:  config.LogKeyARN,
		DataKeyARN: config.DataKeyARN,
	})
	return Output{ProjectName: project.ProjectName, RoleARN: project.RoleARN}
}
