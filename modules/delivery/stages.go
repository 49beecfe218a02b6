package delivery

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codepipeline"

	"github.com/titan-platform/titan/modules/delivery/pipeline"
)

// Names that actions know each other by.
const (
	applicationSource = "Application" // the source action that starts the pipeline, and its variables
	platformSource    = "Platform"
	imageVariables    = "Image"       // of the action that says which image is deployed
	fromCommit        = "from-commit" // the default of the variable IMAGE_DIGEST
)

// stages are source, image and chart, approval, deployment, and the second region's.
func (c PipelineConfig) stages(imageProject, publishProject string) []codepipeline.CodepipelineStage {
	application := pipeline.Source{
		Name:          applicationSource,
		ConnectionARN: c.ConnectionARN,
		Repository:    c.Settings.Repository,
		Branch:        c.Settings.Branch,
	}
	platform := pipeline.Source{
		Name:          platformSource,
		ConnectionARN: c.ConnectionARN,
		Repository:    c.PlatformRepository,
		Branch:        PlatformBranch,
	}
	image := pipeline.Run{
		Name: "Image", Project: imageProject, Inputs: []string{applicationSource}, Namespace: imageVariables,
		Variables: []pipeline.Variable{
			{Name: "COMMIT", Value: "#{" + applicationSource + ".CommitId}"},
			{Name: "REQUESTED_DIGEST", Value: "#{variables.IMAGE_DIGEST}"},
		},
	}
	chart := pipeline.Run{Name: "Chart", Project: publishProject, Inputs: []string{platformSource}}
	name := "Build"
	if c.Source != nil {
		name = "Promote"
	}
	stages := []codepipeline.CodepipelineStage{
		pipeline.Stage("Source", application.Action(), platform.Action()),
		pipeline.Stage(name, image.Action(), chart.Action()),
	}
	if c.Settings.Approval {
		// Not the commit's message: it may be longer than an approval takes.
		question := fmt.Sprintf("Deploy #{%s.IMAGE_DIGEST} to %s? https://github.com/%s/commit/#{%s.CommitId}",
			imageVariables, c.Environment, c.Settings.Repository, applicationSource)
		stages = append(stages, pipeline.Stage("Approve", pipeline.Approve(question)))
	}
	stages = append(stages, pipeline.Stage("Deploy", deployment(c.Deploy.ProjectName)))
	if c.Standby != nil {
		// A stage of its own, so that it can be tried again by itself.
		standby := deployment(c.Standby.ProjectName)
		standby.Region = jsii.String(c.Standby.Artifacts.Region)
		stages = append(stages, pipeline.Stage("Standby", standby))
	}
	return stages
}

// deployment runs a project that deploys the image.
func deployment(project string) codepipeline.CodepipelineStageAction {
	return pipeline.Run{
		Name: "Deploy", Project: project, Inputs: []string{applicationSource},
		Variables: []pipeline.Variable{{Name: "IMAGE_DIGEST", Value: "#{" + imageVariables + ".IMAGE_DIGEST}"}},
	}.Action()
}
