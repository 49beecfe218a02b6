// Package deployer provides the way into a cluster whose API the internet does not reach: a CodeBuild project inside the VPC that applies
// the environment's platform stack.
package deployer

import (
	"fmt"
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codebuildproject"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/cluster"
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

// deployer is a deployer while it is built.
type deployer struct {
	Config
	scope constructs.Construct
	group string // security group
	rules []cdktf.ITerraformDependable
}

// New declares the deployer under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	d := &deployer{Config: config, scope: constructs.NewConstruct(scope, jsii.String(id))}
	d.securityGroup()

	logs := cloudwatchloggroup.NewCloudwatchLogGroup(d.scope, jsii.String("logs"), &cloudwatchloggroup.CloudwatchLogGroupConfig{
		Name:            jsii.String(d.logGroup()),
		KmsKeyId:        jsii.String(d.LogKeyARN),
		RetentionInDays: jsii.Number(d.LogDays),
	})
	role := iamrole.NewIamRole(d.scope, jsii.String("role"), &iamrole.IamRoleConfig{
		Name:             jsii.String(d.project()),
		Description:      jsii.String("CodeBuild applies " + d.platformStack()),
		AssumeRolePolicy: jsii.String(d.trust()),
	})
	policy := iamrolepolicy.NewIamRolePolicy(d.scope, jsii.String("policy"), &iamrolepolicy.IamRolePolicyConfig{
		Name:   jsii.String("apply-platform"),
		Role:   role.Name(),
		Policy: jsii.String(iampolicy.Document(d.statements(d.group)...)),
	})
	// Namespaces, custom resource definitions and cluster roles: nothing less than admin can make them.
	access := cluster.NewAccess(d.scope, "access", cluster.Access{
		ClusterName:  d.ClusterName,
		Partition:    d.Partition,
		PrincipalARN: *role.Arn(),
		Policy:       cluster.ClusterAdmin,
	})

	// CodeBuild tries the role's network permissions when a project is made; a build needs the rest.
	needs := slices.Concat([]cdktf.ITerraformDependable{policy}, access, d.rules, d.Egress)
	source := &codebuildproject.CodebuildProjectSource{
		Type:          jsii.String("GITHUB"),
		Location:      jsii.String(fmt.Sprintf("https://github.com/%s.git", d.Repository)),
		GitCloneDepth: jsii.Number(1),
		Buildspec:     jsii.String(buildspec),
	}
	if d.ConnectionARN != "" {
		source.Auth = &codebuildproject.CodebuildProjectSourceAuth{Type: jsii.String("CODECONNECTIONS"), Resource: jsii.String(d.ConnectionARN)}
	}
	project := codebuildproject.NewCodebuildProject(d.scope, jsii.String("project"), &codebuildproject.CodebuildProjectConfig{
		Name:          jsii.String(d.project()),
		Description:   jsii.String("Applies " + d.platformStack() + " from inside the VPC"),
		ServiceRole:   role.Arn(),
		EncryptionKey: jsii.String(d.DataKeyARN),
		Source:        source,
		Artifacts:     &codebuildproject.CodebuildProjectArtifacts{Type: jsii.String("NO_ARTIFACTS")},
		Environment: &codebuildproject.CodebuildProjectEnvironment{
			Type:        jsii.String("LINUX_CONTAINER"),
			ComputeType: jsii.String("BUILD_GENERAL1_MEDIUM"), // compiling the AWS bindings takes more than a small one's 3 GiB
			Image:       jsii.String("aws/codebuild/amazonlinux-x86_64-standard:6.0"),
			EnvironmentVariable: []codebuildproject.CodebuildProjectEnvironmentEnvironmentVariable{
				{Name: jsii.String("TITAN_ENVIRONMENTS"), Value: jsii.String(d.Environment)},
				{Name: jsii.String("STACK"), Value: jsii.String(d.platformStack())},
				{Name: jsii.String("TERRAFORM_VERSION"), Value: jsii.String(terraformVersion)},
			},
		},
		VpcConfig: &codebuildproject.CodebuildProjectVpcConfig{
			VpcId:            jsii.String(d.VPCID),
			Subnets:          jsii.Strings(d.SubnetIDs...),
			SecurityGroupIds: jsii.Strings(d.group),
		},
		LogsConfig: &codebuildproject.CodebuildProjectLogsConfig{CloudwatchLogs: &codebuildproject.CodebuildProjectLogsConfigCloudwatchLogs{
			Status:    jsii.String("ENABLED"),
			GroupName: logs.Name(),
		}},
		BuildTimeout:         jsii.Number(60), // minutes
		QueuedTimeout:        jsii.Number(60),
		ConcurrentBuildLimit: jsii.Number(1), // a second one would only find the state locked
		DependsOn:            &needs,
	})
	return Output{ProjectName: *project.Name(), RoleARN: *role.Arn()}
}

// project is the name of the project and of its role.
func (c Config) project() string { return c.Name + "-deployer" }

// logGroup is where CodeBuild writes by default.
func (c Config) logGroup() string { return "/aws/codebuild/" + c.project() }

func (c Config) platformStack() string { return c.Environment + "-platform" }
