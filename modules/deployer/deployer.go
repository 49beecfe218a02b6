// Package deployer provides the way into a cluster whose API the internet does not reach: a pipeline whose projects,
// inside the VPC, plan the environment's platform stack and apply that plan.
//
// It is for that one stack, which alone has to reach the cluster. The stacks before it are deployed by who may change
// the account; a deployer of those would have to be an administrator. So its plan fails where <env>, whose outputs it
// reads, is not applied yet.
package deployer

import (
	"fmt"
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codepipeline"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/cluster"
	"github.com/titan-platform/titan/modules/delivery/build"
	"github.com/titan-platform/titan/modules/delivery/pipeline"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// Config is what a deployer needs from the rest of the system.
type Config struct {
	target.Target
	Stack string // what is applied: prod.platform

	Repository    string // this project's on GitHub: organisation/name
	Branch        string // of it, whose newest commit is applied
	ConnectionARN string // the CodeConnections connection that reads the repository; a person accepts it once
	Approval      bool   // whether a person is asked before a plan is applied

	Artifacts  role.Store // a bucket of its own: a plan holds the state's values in clear
	AccessLogs string     // the bucket that requests for artifacts are logged in

	VPCID                   string
	SubnetIDs               []string                     // private
	Egress                  []cdktf.ITerraformDependable // the subnets' ways out
	EndpointSecurityGroupID string                       // of the interface endpoints; empty where there are none

	ClusterName                 string
	ClusterARN                  string
	ControlPlaneSecurityGroupID string

	StateBucket   string // name
	StateKeyAlias string // alias/…
	LogKeyARN     string // encrypts the logs
	DataKeyARN    string // encrypts what CodeBuild keeps of a build

	// Statements are what the platform stack's data sources read beyond the state of <env>.
	Statements []iampolicy.Statement
}

// Output is what other modules may use.
type Output struct {
	PipelineName string // aws codepipeline start-pipeline-execution --name …
}

// New declares the deployer under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	artifacts := pipeline.NewArtifacts(this, "artifacts", config.Artifacts, config.AccessLogs, config.Protected)
	group := build.NewGroup(this, "network", build.GroupConfig{
		Target:                      config.Target,
		Part:                        "deployer",
		Description:                 "CodeBuild that plans and applies the platform stack",
		VPCID:                       config.VPCID,
		ControlPlaneSecurityGroupID: config.ControlPlaneSecurityGroupID,
		EndpointSecurityGroupID:     config.EndpointSecurityGroupID,
	})
	// Helm's plan reads releases, which are Secrets. Nothing less than admin can make namespaces, custom resource
	// definitions and cluster roles.
	plan := config.project(this, "plan", role.PlatformPlan, group, cluster.ClusterAdminView, planSpec)
	apply := config.project(this, "apply", role.PlatformApply, group, cluster.ClusterAdmin, applySpec)

	name := role.DeployerName(config.Name)
	pipeline.New(this, pipeline.Config{
		Target: config.Target,
		Role: role.Run{
			Pipeline:      name,
			RoleName:      name,
			ConnectionARN: config.ConnectionARN,
			Stores:        []role.Store{config.Artifacts},
			ProjectARNs:   []string{plan.ProjectARN, apply.ProjectARN},
		},
		Variables: []codepipeline.CodepipelineVariable{{
			Name:         jsii.String(allow),
			DefaultValue: jsii.String("none"), // an empty one is refused
			Description:  jsii.String("Findings of the review that are acknowledged: VERDICT=ADDRESS, between spaces"),
		}, {
			Name:         jsii.String(mend),
			DefaultValue: jsii.String(noRelease),
			Description:  jsii.String("A release that a killed run has left pending, which is mended before the plan"),
		}},
		// No trigger: the commit's other stacks come first, and a person deploys those.
		Stages: config.stages(plan.ProjectName, apply.ProjectName),
		After:  slices.Concat([]cdktf.ITerraformDependable{artifacts}, plan.Ready, apply.Ready),
	})
	return Output{PipelineName: name}
}

// Names that actions know each other by. The build specification of apply knows the plans' too.
const (
	source        = "Platform"
	plans         = "Plans"
	planVariables = "Plan"
	allow         = "ALLOW"
	mend          = "MEND"
	noRelease     = "none" // of MEND: nothing is to be mended
)

func (c Config) stages(planProject, applyProject string) []codepipeline.CodepipelineStage {
	repository := pipeline.Source{
		Name:          source,
		ConnectionARN: c.ConnectionARN,
		Repository:    c.Repository,
		Branch:        c.Branch,
	}
	// A build that is started by itself has no such variable, and acknowledges nothing.
	allowed := []pipeline.Variable{{Name: allow, Value: "#{variables." + allow + "}"}}
	plan := pipeline.Run{
		Name:      "Plan",
		Project:   planProject,
		Inputs:    []string{source},
		Output:    plans,
		Namespace: planVariables,
		Variables: allowed,
	}
	// The project that applies: it alone may change the cluster.
	mended := pipeline.Run{
		Name:      "Mend",
		Project:   applyProject,
		Inputs:    []string{source},
		Variables: []pipeline.Variable{{Name: mend, Value: "#{variables." + mend + "}"}},
	}
	apply := pipeline.Run{
		Name:      "Apply",
		Project:   applyProject,
		Inputs:    []string{source, plans},
		Variables: allowed,
	}
	stages := []codepipeline.CodepipelineStage{
		pipeline.Stage("Source", repository.Action()),
		// Before the plan, which is made of what is there then.
		pipeline.Unless(mend, noRelease, pipeline.Stage("Mend", mended.Action())),
		pipeline.Stage("Plan", plan.Action()),
	}
	if c.Approval {
		stages = append(
			stages,
			pipeline.Stage(
				"Approve",
				pipeline.Approve(fmt.Sprintf("Apply #{%[1]s.CHANGES}? The plan: #{%[1]s.BUILD}", planVariables)),
			),
		)
	}
	return append(stages, pipeline.Stage("Apply", apply.Action()))
}

// project declares the project of a step, which is in the VPC.
func (c Config) project(
	scope constructs.Construct,
	id string,
	step role.PlatformStep,
	group build.Group,
	access cluster.AccessPolicy,
	spec string,
) build.Output {
	vpc := &build.VPCConfig{
		VPCID:     c.VPCID,
		SubnetIDs: c.SubnetIDs,
		Egress:    c.Egress,
		Group:     group,
		Access:    cluster.Access{ClusterName: c.ClusterName, Partition: c.Partition, Policy: access},
	}
	return build.New(scope, id, build.Config{
		Role: role.Deployer(c.Target, role.Platform{
			Step:          step,
			Stack:         c.Stack,
			Environment:   c.Environment,
			StateBucket:   c.StateBucket,
			StateKeyAlias: c.StateKeyAlias,
			ClusterARN:    c.ClusterARN,
			Artifacts:     c.Artifacts,
		}, vpc.Network(), c.Statements...),
		Buildspec: spec,
		Variables: []build.Variable{
			{Name: "STACK", Value: c.Stack},
			{Name: "TERRAFORM_VERSION", Value: terraformVersion},
		},
		Medium:     true, // compiling the AWS bindings takes more than a small one's 3 GiB
		Minutes:    60,
		VPC:        vpc,
		LogDays:    c.LogDays,
		LogKeyARN:  c.LogKeyARN,
		DataKeyARN: c.DataKeyARN,
	})
}
