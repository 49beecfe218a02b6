// Package pipeline provides a CodePipeline with its role, and the stages and actions that one is made of.
package pipeline

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codepipeline"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/bucket"
	"github.com/titan-platform/titan/modules/delivery/build"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// Config is what a pipeline needs from the rest of the system.
type Config struct {
	target.Target
	Role      role.Run // who runs what; its pipeline's name is the pipeline's
	Variables []codepipeline.CodepipelineVariable
	// Triggers start the pipeline. Without any, a person or a program does: its sources watch no branch.
	Triggers []codepipeline.CodepipelineTrigger
	Stages   []codepipeline.CodepipelineStage
	After    []cdktf.ITerraformDependable // the bucket of artifacts and the projects
}

// New declares the pipeline under scope. Making one checks no connection, so that it may still be pending
// (CodePipeline API Reference, CreatePipeline); its first run, which CodePipeline begins by itself, then fails in its
// source.
func New(scope constructs.Construct, config Config) {
	acting, policy := build.NewRole(scope, role.Pipeline(config.Target, config.Role))
	needs := append([]cdktf.ITerraformDependable{policy}, config.After...)
	settings := &codepipeline.CodepipelineConfig{
		Name:         jsii.String(config.Role.Pipeline),
		PipelineType: jsii.String("V2"), // triggers by branch and path, and variables, are V2's
		// A newer commit takes the place of one that waits for its approval.
		ExecutionMode: jsii.String("SUPERSEDED"),
		RoleArn:       acting.Arn(),
		ArtifactStore: config.artifactStores(),
		Stage:         config.Stages,
		DependsOn:     &needs,
	}
	// An empty list would be written as one.
	if len(config.Variables) > 0 {
		settings.Variable = config.Variables
	}
	if len(config.Triggers) > 0 {
		settings.Trigger = config.Triggers
	}
	codepipeline.NewCodepipeline(scope, jsii.String("pipeline"), settings)
}

// artifactDays is how long what a run hands from action to action is kept: longer than an approval waits, which is
// seven days.
const artifactDays = 30

// NewArtifacts declares a bucket of artifacts and returns its policy. Nothing in it is worth keeping: a run can be
// started again.
func NewArtifacts(
	scope constructs.Construct,
	id string,
	store role.Store,
	accessLogs string,
	protected bool,
) cdktf.ITerraformDependable {
	return bucket.New(scope, id, bucket.Config{
		Name:           store.Bucket,
		KeyARN:         store.KeyARN,
		Protected:      protected,
		Disposable:     true,
		NoncurrentDays: 1,
		Ages:           bucket.Ages{ExpireDays: artifactDays},
		AccessLogs:     accessLogs,
	}).Policy
}

// artifactStores are the pipeline's, one for each region that it acts in. A single one has no region (provider
// documentation, 'aws_codepipeline', artifact_store).
func (c Config) artifactStores() []codepipeline.CodepipelineArtifactStore {
	var list []codepipeline.CodepipelineArtifactStore
	for _, store := range c.Role.Stores {
		item := codepipeline.CodepipelineArtifactStore{
			Type:     jsii.String("S3"),
			Location: jsii.String(store.Bucket),
			EncryptionKey: &codepipeline.CodepipelineArtifactStoreEncryptionKey{
				Type: jsii.String("KMS"),
				Id:   jsii.String(store.KeyID(c.Target)),
			},
		}
		if len(c.Role.Stores) > 1 {
			item.Region = jsii.String(store.Region)
		}
		list = append(list, item)
	}
	return list
}
