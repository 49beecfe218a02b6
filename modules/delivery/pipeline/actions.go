package pipeline

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codepipeline"

	"github.com/titan-platform/titan/internal/target"
)

// Stage is some actions that run side by side.
func Stage(name string, actions ...codepipeline.CodepipelineStageAction) codepipeline.CodepipelineStage {
	return codepipeline.CodepipelineStage{Name: jsii.String(name), Action: actions}
}

// Unless is a stage that is skipped where a variable of the run has a value. Of rules only VariableCheck and
// LambdaInvoke can skip (CodePipeline User Guide, 'Configure conditions for a stage').
func Unless(variable, value string, stage codepipeline.CodepipelineStage) codepipeline.CodepipelineStage {
	stage.BeforeEntry = &codepipeline.CodepipelineStageBeforeEntry{
		Condition: &codepipeline.CodepipelineStageBeforeEntryCondition{
			Result: jsii.String("SKIP"), // where the rule does not hold
			Rule: []codepipeline.CodepipelineStageBeforeEntryConditionRule{{
				Name: jsii.String("Wanted"),
				RuleTypeId: &codepipeline.CodepipelineStageBeforeEntryConditionRuleRuleTypeId{
					Category: jsii.String("Rule"),
					Owner:    jsii.String("AWS"),
					Provider: jsii.String("VariableCheck"),
					Version:  jsii.String("1"),
				},
				Configuration: target.Tags(map[string]string{
					"Variable": "#{variables." + variable + "}",
					"Value":    value,
					"Operator": "NE",
				}),
			}},
		},
	}
	return stage
}

// Source reads a branch of a repository. Its artifact and its variables have its name.
type Source struct {
	Name          string
	ConnectionARN string
	Repository    string // organisation/name
	Branch        string
}

// Action is the source as an action.
func (s Source) Action() codepipeline.CodepipelineStageAction {
	action := action(s.Name, "Source", "CodeStarSourceConnection") // the connections' old name is still the provider's
	action.Namespace = jsii.String(s.Name)
	action.OutputArtifacts = jsii.Strings(s.Name)
	action.Configuration = target.Tags(map[string]string{
		"ConnectionArn":        s.ConnectionARN,
		"FullRepositoryId":     s.Repository,
		"BranchName":           s.Branch,
		"OutputArtifactFormat": "CODE_ZIP",
		"DetectChanges":        "false", // a trigger starts a pipeline, or nothing does
	})
	return action
}

// Run runs a CodeBuild project.
type Run struct {
	Name    string
	Project string
	// Inputs are the artifacts that it is given. The first is where its commands run; each other one is found by
	// CODEBUILD_SRC_DIR_<name>.
	Inputs    []string
	Output    string // the artifact that it leaves; empty is none
	Namespace string // of the variables that it exports; empty is none
	Variables []Variable
}

// Variable is an environment variable that a run gives to a build.
type Variable struct{ Name, Value string }

// Action is the run as an action.
func (r Run) Action() codepipeline.CodepipelineStageAction {
	configuration := map[string]string{"ProjectName": r.Project}
	if len(r.Inputs) > 1 {
		configuration["PrimarySource"] = r.Inputs[0]
	}
	type entry struct {
		Name  string `json:"name"`
		Value string `json:"value"`
		Type  string `json:"type"`
	}
	var variables []entry
	for _, v := range r.Variables {
		variables = append(variables, entry{v.Name, v.Value, "PLAINTEXT"})
	}
	if variables != nil {
		configuration["EnvironmentVariables"] = target.JSON(variables)
	}
	action := action(r.Name, "Build", "CodeBuild")
	action.InputArtifacts = jsii.Strings(r.Inputs...)
	action.Configuration = target.Tags(configuration)
	if r.Output != "" {
		action.OutputArtifacts = jsii.Strings(r.Output)
	}
	if r.Namespace != "" {
		action.Namespace = jsii.String(r.Namespace)
	}
	return action
}

// Approve asks a person, for seven days. The question takes a thousand characters, its variables filled in.
func Approve(question string) codepipeline.CodepipelineStageAction {
	action := action("Approve", "Approval", "Manual")
	action.Configuration = target.Tags(map[string]string{"CustomData": question})
	return action
}

func action(name, category, provider string) codepipeline.CodepipelineStageAction {
	return codepipeline.CodepipelineStageAction{
		Name: jsii.String(
			name,
		),
		Category: jsii.String(category),
		Owner:    jsii.String("AWS"),
		Provider: jsii.String(provider),
		Version:  jsii.String("1"),
	}
}
