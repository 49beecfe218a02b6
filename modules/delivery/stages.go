package delivery

import (
	"encoding/json"
	"fmt"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codepipeline"
)

// Names that actions know each other by.
const (
	applicationSource = "Application" // the source action that starts the pipeline, and its variables
	imageVariables    = "Image"       // of the action that says which image is deployed
	fromCommit        = "from-commit" // the default of the variable IMAGE_DIGEST
)

// stages are source, image and chart, approval, deployment, and the second region's.
func (c PipelineConfig) stages(imageProject, publishProject string) []codepipeline.CodepipelineStage {
	source := stage("Source",
		c.source(applicationSource, c.Settings.Repository, c.Settings.Branch),
		c.source("Platform", c.PlatformRepository, chartBranch),
	)
	name := "Build"
	if c.Source != nil {
		name = "Promote"
	}
	stages := []codepipeline.CodepipelineStage{source, stage(name,
		run("Image", imageProject, applicationSource, imageVariables,
			variable{"COMMIT", "#{" + applicationSource + ".CommitId}"}, variable{"REQUESTED_DIGEST", "#{variables.IMAGE_DIGEST}"}),
		run("Chart", publishProject, "Platform", ""),
	)}
	if c.Settings.Approval {
		stages = append(stages, stage("Approve", codepipeline.CodepipelineStageAction{
			Name: jsii.String("Approve"), Category: jsii.String("Approval"), Owner: jsii.String("AWS"), Provider: jsii.String("Manual"), Version: jsii.String("1"),
			// Not the commit's message: it may be longer than the thousand characters that an approval takes.
			Configuration: &map[string]*string{"CustomData": jsii.String(fmt.Sprintf("Deploy #{%s.IMAGE_DIGEST} to %s? https://github.com/%s/commit/#{%s.CommitId}",
				imageVariables, c.Environment, c.Settings.Repository, applicationSource))},
		}))
	}
	digest := variable{"IMAGE_DIGEST", "#{" + imageVariables + ".IMAGE_DIGEST}"}
	stages = append(stages, stage("Deploy", run("Deploy", c.Deploy.ProjectName, applicationSource, "", digest)))
	if c.Standby != nil {
		// A stage of its own, so that it can be tried again by itself.
		standby := run("Deploy", c.Standby.ProjectName, applicationSource, "", digest)
		standby.Region = jsii.String(c.Standby.Artifacts.Region)
		stages = append(stages, stage("Standby", standby))
	}
	return stages
}

func stage(name string, actions ...codepipeline.CodepipelineStageAction) codepipeline.CodepipelineStage {
	return codepipeline.CodepipelineStage{Name: jsii.String(name), Action: actions}
}

// source reads a branch of a repository; its artifact and its variables have its name.
func (c PipelineConfig) source(name, repository, branch string) codepipeline.CodepipelineStageAction {
	return codepipeline.CodepipelineStageAction{
		Name: jsii.String(name), Category: jsii.String("Source"), Owner: jsii.String("AWS"), Version: jsii.String("1"),
		Provider:        jsii.String("CodeStarSourceConnection"), // the connections' old name is still the provider's
		Namespace:       jsii.String(name),
		OutputArtifacts: jsii.Strings(name),
		Configuration: &map[string]*string{
			"ConnectionArn":        jsii.String(c.ConnectionARN),
			"FullRepositoryId":     jsii.String(repository),
			"BranchName":           jsii.String(branch),
			"OutputArtifactFormat": jsii.String("CODE_ZIP"),
			"DetectChanges":        jsii.String("false"), // the trigger does, and the chart's repository starts nothing
		},
	}
}

// variable is an environment variable that a run gives to a build.
type variable struct{ name, value string }

// run runs a CodeBuild project; what it exports is in the namespace, if there is one.
func run(name, project, artifact, namespace string, variables ...variable) codepipeline.CodepipelineStageAction {
	configuration := map[string]*string{"ProjectName": jsii.String(project)}
	if len(variables) > 0 {
		type entry struct {
			Name  string `json:"name"`
			Value string `json:"value"`
			Type  string `json:"type"`
		}
		var entries []entry
		for _, v := range variables {
			entries = append(entries, entry{v.name, v.value, "PLAINTEXT"})
		}
		text, err := json.Marshal(entries)
		if err != nil {
			panic(fmt.Sprintf("variables of %s: %v", name, err)) // strings always encode
		}
		configuration["EnvironmentVariables"] = jsii.String(string(text))
	}
	action := codepipeline.CodepipelineStageAction{
		Name: jsii.String(name), Category: jsii.String("Build"), Owner: jsii.String("AWS"), Provider: jsii.String("CodeBuild"), Version: jsii.String("1"),
		InputArtifacts: jsii.Strings(artifact),
		Configuration:  &configuration,
	}
	if namespace != "" {
		action.Namespace = jsii.String(namespace)
	}
	return action
}
