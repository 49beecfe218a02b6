// Package build provides a CodeBuild project with its role and its log, in the VPC where it has to reach the cluster.
package build

import (
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	loggroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codebuildproject"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// Config is what a project needs from the rest of the system.
type Config struct {
	Role role.Role // its name is the project's

	// Buildspec is what a build does: YAML of this repository, not of the one that is built, so that a commit there does
	// not change what its own delivery may do. Its variables have no braces: Terraform would take them for its own.
	Buildspec string
	Variables []Variable

	Architecture environments.Architecture // of the machine; empty is amd64
	Docker       bool                      // whether a build runs Docker, privileged, and keeps its layers for the next
	Medium       bool                      // 4 processors and 8 GiB instead of 2 and 4 (3 GiB on amd64)
	Minutes      int                       // after which a build is ended
	VPC          *VPCConfig                // nil is outside the VPC

	LogDays    int
	LogKeyARN  string
	DataKeyARN string // encrypts what CodeBuild keeps of a build
}

// Variable is an environment variable of a build.
type Variable struct{ Name, Value string }

// Output is what other modules may use.
type Output struct {
	ProjectName, ProjectARN string
	RoleARN                 string
	Ready                   []cdktf.ITerraformDependable // the project and what its builds need
}

// New declares the project under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	logs := loggroup.NewCloudwatchLogGroup(this, jsii.String("logs"), &loggroup.CloudwatchLogGroupConfig{
		Name:            jsii.String(role.LogGroup(config.Role.Name)),
		KmsKeyId:        jsii.String(config.LogKeyARN),
		RetentionInDays: jsii.Number(config.LogDays),
	})
	acting, policy := NewRole(this, config.Role)

	// CodeBuild tries the role's network permissions when a project is made; a build needs the rest.
	needs := []cdktf.ITerraformDependable{policy}
	var network *codebuildproject.CodebuildProjectVpcConfig
	if config.VPC != nil {
		needs = slices.Concat(needs, config.VPC.access(this, *acting.Arn()), config.VPC.Group.Rules, config.VPC.Egress)
		network = config.VPC.vpc()
	}
	project := codebuildproject.NewCodebuildProject(this, jsii.String("project"), &codebuildproject.CodebuildProjectConfig{
		Name:          jsii.String(config.Role.Name),
		Description:   jsii.String(config.Role.Description),
		ServiceRole:   acting.Arn(),
		EncryptionKey: jsii.String(config.DataKeyARN),
		// A pipeline hands over the source. A project that reads a repository itself has its connection checked as it is
		// made, with its role's seconds-old policy and whether or not anybody has accepted it yet (aws-cdk#38504).
		Source: &codebuildproject.CodebuildProjectSource{
			Type:      jsii.String("CODEPIPELINE"),
			Buildspec: jsii.String(config.Buildspec),
		},
		Artifacts:   &codebuildproject.CodebuildProjectArtifacts{Type: jsii.String("CODEPIPELINE")},
		Environment: config.environment(),
		VpcConfig:   network,
		Cache:       config.cache(),
		LogsConfig: &codebuildproject.CodebuildProjectLogsConfig{
			CloudwatchLogs: &codebuildproject.CodebuildProjectLogsConfigCloudwatchLogs{
				Status:    jsii.String("ENABLED"),
				GroupName: logs.Name(),
			},
		},
		BuildTimeout:         jsii.Number(config.Minutes),
		QueuedTimeout:        jsii.Number(config.Minutes), // one build at a time, so the next waits as long as one may take
		ConcurrentBuildLimit: jsii.Number(1),
		DependsOn:            &needs,
	})
	return Output{
		ProjectName: *project.Name(),
		ProjectARN:  *project.Arn(),
		RoleARN:     *acting.Arn(),
		Ready:       append(needs, project),
	}
}

// NewRole declares a role and its policy.
func NewRole(scope constructs.Construct, r role.Role) (iamrole.IamRole, cdktf.ITerraformDependable) {
	made := iamrole.NewIamRole(scope, jsii.String("role"), &iamrole.IamRoleConfig{
		Name:                jsii.String(r.Name),
		Description:         jsii.String(r.Description),
		AssumeRolePolicy:    jsii.String(r.Trust),
		PermissionsBoundary: target.Target{Boundary: r.Boundary}.PermissionsBoundary(),
	})
	return made, iamrolepolicy.NewIamRolePolicy(scope, jsii.String("policy"), &iamrolepolicy.IamRolePolicyConfig{
		Name:   jsii.String("deliver"),
		Role:   made.Name(),
		Policy: jsii.String(iampolicy.Document(r.Statements...)),
	})
}

// cache is Docker's layers on the machine that built them. CodeBuild gives the next build the same machine where it
// can, and nothing is lost where it can't (CodeBuild User Guide, 'Local caching').
func (c Config) cache() *codebuildproject.CodebuildProjectCache {
	if !c.Docker {
		return nil
	}
	return &codebuildproject.CodebuildProjectCache{
		Type:  jsii.String("LOCAL"),
		Modes: jsii.Strings("LOCAL_DOCKER_LAYER_CACHE"),
	}
}

// machines are CodeBuild's images of Amazon Linux 2023 and the containers that they run in (CodeBuild User Guide,
// 'Docker images provided by CodeBuild').
var machines = map[environments.Architecture]struct{ kind, image string }{
	environments.AMD64: {"LINUX_CONTAINER", "aws/codebuild/amazonlinux-x86_64-standard:6.0"},
	environments.ARM64: {"ARM_CONTAINER", "aws/codebuild/amazonlinux-aarch64-standard:3.0"},
}

func (c Config) environment() *codebuildproject.CodebuildProjectEnvironment {
	architecture, size := c.Architecture, "BUILD_GENERAL1_SMALL"
	if architecture == "" {
		architecture = environments.AMD64
	}
	if c.Medium {
		size = "BUILD_GENERAL1_MEDIUM"
	}
	var variables []codebuildproject.CodebuildProjectEnvironmentEnvironmentVariable
	for _, v := range c.Variables {
		variables = append(variables, codebuildproject.CodebuildProjectEnvironmentEnvironmentVariable{
			Name:  jsii.String(v.Name),
			Value: jsii.String(v.Value),
		})
	}
	return &codebuildproject.CodebuildProjectEnvironment{
		Type:                jsii.String(machines[architecture].kind),
		ComputeType:         jsii.String(size),
		Image:               jsii.String(machines[architecture].image),
		PrivilegedMode:      jsii.Bool(c.Docker),
		EnvironmentVariable: variables,
	}
}
