package delivery

import (
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codepipeline"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/delivery/build"
	"github.com/titan-platform/titan/modules/delivery/pipeline"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// PipelineConfig is what a pipeline needs from the rest of the system.
type PipelineConfig struct {
	Common
	Application string // ends the pipeline's name

	Settings           environments.Delivery     // from the environment file
	Architecture       environments.Architecture // of the nodes, and so of the image
	PlatformRepository string                    // of this platform, which holds the chart: organisation/name
	ChartFolder        string                    // in it
	ConnectionARN      string                    // reads both repositories
	AccessLogs         string                    // the bucket that requests for artifacts are logged in

	Source  *Source      // the environment that images are promoted from; nil is building them
	Deploy  build.Output // the project that deploys
	Standby *Standby     // the second region, deployed to as well; nil is none
}

// Standby is an environment in the second region, whose own stack has the project that deploys to it.
type Standby struct {
	ProjectName string
	ProjectARN  string
	Artifacts   role.Store // there, for the project's input: of the second region's stack
}

// PlatformBranch is the branch of this project that charts are published from, and that the deployer applies.
const PlatformBranch = "main"

// PipelineName is what an application's pipeline is called.
func PipelineName(t target.Target, application string) string { return t.Name + "-" + application }

// NewPipeline declares the pipeline and what runs in it. Package observability tells of its runs.
func NewPipeline(scope constructs.Construct, id string, config PipelineConfig) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	artifacts := pipeline.NewArtifacts(this, "artifacts", config.Delivery.Artifacts, config.AccessLogs, config.Protected)
	stores, projects := []role.Store{config.Delivery.Artifacts}, []string{}
	if config.Standby != nil {
		stores = append(stores, config.Standby.Artifacts)
		projects = append(projects, config.Standby.ProjectARN)
	}
	image := config.imageProject(this)
	publish := config.publishProject(this)
	pipeline.New(this, pipeline.Config{
		Target: config.Target,
		Role: role.Run{
			Pipeline:      PipelineName(config.Target, config.Application),
			RoleName:      config.Name + "-pipeline",
			ConnectionARN: config.ConnectionARN,
			Stores:        stores,
			ProjectARNs:   append(projects, image.ProjectARN, publish.ProjectARN, config.Deploy.ProjectARN),
		},
		Variables: []codepipeline.CodepipelineVariable{{
			Name:         jsii.String("IMAGE_DIGEST"),
			DefaultValue: jsii.String(fromCommit),
			Description: jsii.String("The digest of an earlier image to deploy, to roll back; " + fromCommit +
				" is the commit's own"),
		}},
		Triggers: []codepipeline.CodepipelineTrigger{config.trigger()},
		Stages:   config.stages(image.ProjectName, publish.ProjectName),
		After:    slices.Concat([]cdktf.ITerraformDependable{artifacts}, image.Ready, publish.Ready, config.Deploy.Ready),
	})
}

// trigger starts the pipeline at a push to the branch that touches the paths. With it, CodePipeline's own watch of the
// branch is off (API reference, 'PipelineTriggerDeclaration').
func (c PipelineConfig) trigger() codepipeline.CodepipelineTrigger {
	push := codepipeline.CodepipelineTriggerGitConfigurationPush{
		Branches: &codepipeline.CodepipelineTriggerGitConfigurationPushBranches{Includes: jsii.Strings(c.Settings.Branch)},
	}
	if len(c.Settings.Paths) > 0 {
		push.FilePaths = &codepipeline.CodepipelineTriggerGitConfigurationPushFilePaths{
			Includes: jsii.Strings(c.Settings.Paths...),
		}
	}
	return codepipeline.CodepipelineTrigger{
		ProviderType: jsii.String("CodeStarSourceConnection"),
		GitConfiguration: &codepipeline.CodepipelineTriggerGitConfiguration{
			SourceActionName: jsii.String(applicationSource),
			Push:             []codepipeline.CodepipelineTriggerGitConfigurationPush{push},
		},
	}
}
