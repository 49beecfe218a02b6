package delivery

import (
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codepipeline"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codestarnotificationsnotificationrule"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/bucket"
	"github.com/titan-platform/titan/modules/delivery/build"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// PipelineConfig is what a pipeline needs from the rest of the system.
type PipelineConfig struct {
	Common
	Application string // ends the pipeline's name

	Settings           environments.Delivery     // from the environment file
	Architecture       environments.Architecture // of the nodes, and so of the image
	PlatformRepository string                    // this project's, which holds the chart: organisation/name
	ConnectionARN      string                    // reads both repositories
	TopicARN           string                    // hears of runs that fail and approvals that wait
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

// chartBranch is the branch of this project that charts are published from.
const chartBranch = "main"

// artifactDays is how long what a run hands from action to action is kept: longer than an approval waits, which is seven days.
const artifactDays = 30

// NewPipeline declares the pipeline, what runs in it, and who hears of it.
func NewPipeline(scope constructs.Construct, id string, config PipelineConfig) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	needs := []cdktf.ITerraformDependable{NewArtifacts(this, "artifacts", config.Delivery.Artifacts, config.AccessLogs, config.Protected)}
	stores, projects := []role.Store{config.Delivery.Artifacts}, []string{}
	if config.Standby != nil {
		stores = append(stores, config.Standby.Artifacts)
		projects = append(projects, config.Standby.ProjectARN)
	}

	image := config.imageProject(this)
	publish := config.publishProject(this)
	projects = append(projects, image.ProjectARN, publish.ProjectARN, config.Deploy.ProjectARN)
	name := config.Name + "-" + config.Application
	acting, policy := build.NewRole(this, role.Pipeline(config.Target, name, config.ConnectionARN, stores, projects))

	needs = slices.Concat(append(needs, policy), image.Ready, publish.Ready, config.Deploy.Ready)
	pipeline := codepipeline.NewCodepipeline(this, jsii.String("pipeline"), &codepipeline.CodepipelineConfig{
		Name:         jsii.String(name),
		PipelineType: jsii.String("V2"), // triggers by branch and path, and variables, are V2's
		// A newer commit takes the place of one that waits for its approval.
		ExecutionMode: jsii.String("SUPERSEDED"),
		RoleArn:       acting.Arn(),
		ArtifactStore: config.artifactStores(stores),
		Variable: []codepipeline.CodepipelineVariable{{
			Name:         jsii.String("IMAGE_DIGEST"),
			DefaultValue: jsii.String(fromCommit),
			Description:  jsii.String("The digest of an earlier image to deploy, to roll back; " + fromCommit + " is the commit's own"),
		}},
		Trigger:   []codepipeline.CodepipelineTrigger{config.trigger()},
		Stage:     config.stages(image.ProjectName, publish.ProjectName),
		DependsOn: &needs,
	})
	codestarnotificationsnotificationrule.NewCodestarnotificationsNotificationRule(this, jsii.String("notification"), &codestarnotificationsnotificationrule.CodestarnotificationsNotificationRuleConfig{
		Name:       jsii.String(name),
		Resource:   pipeline.Arn(),
		DetailType: jsii.String("FULL"),
		// Developer Tools Console User Guide, 'Notification concepts', events for pipelines.
		EventTypeIds: jsii.Strings(
			"codepipeline-pipeline-manual-approval-failed",
			"codepipeline-pipeline-manual-approval-needed",
			"codepipeline-pipeline-pipeline-execution-failed",
			"codepipeline-pipeline-pipeline-execution-succeeded",
		),
		Target: []codestarnotificationsnotificationrule.CodestarnotificationsNotificationRuleTarget{{Address: jsii.String(config.TopicARN)}},
	})
}

// NewArtifacts declares a bucket of artifacts and returns its policy. Nothing in it is worth keeping: a run can be started again.
func NewArtifacts(scope constructs.Construct, id string, store role.Store, accessLogs string, protected bool) cdktf.ITerraformDependable {
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

// artifactStores are the pipeline's, one for each region that it acts in. A single one has no region (provider documentation,
// 'aws_codepipeline', artifact_store).
func (c PipelineConfig) artifactStores(stores []role.Store) []codepipeline.CodepipelineArtifactStore {
	var list []codepipeline.CodepipelineArtifactStore
	for _, store := range stores {
		item := codepipeline.CodepipelineArtifactStore{
			Type: jsii.String("S3"), Location: jsii.String(store.Bucket),
			EncryptionKey: &codepipeline.CodepipelineArtifactStoreEncryptionKey{Type: jsii.String("KMS"), Id: jsii.String(store.KeyID(c.Target))},
		}
		if len(stores) > 1 {
			item.Region = jsii.String(store.Region)
		}
		list = append(list, item)
	}
	return list
}

// trigger starts the pipeline at a push to the branch that touches the paths. With it, CodePipeline's own watch of the branch is off (API
// reference, 'PipelineTriggerDeclaration').
func (c PipelineConfig) trigger() codepipeline.CodepipelineTrigger {
	push := codepipeline.CodepipelineTriggerGitConfigurationPush{
		Branches: &codepipeline.CodepipelineTriggerGitConfigurationPushBranches{Includes: jsii.Strings(c.Settings.Branch)},
	}
	if len(c.Settings.Paths) > 0 {
		push.FilePaths = &codepipeline.CodepipelineTriggerGitConfigurationPushFilePaths{Includes: jsii.Strings(c.Settings.Paths...)}
	}
	return codepipeline.CodepipelineTrigger{
		ProviderType: jsii.String("CodeStarSourceConnection"),
		GitConfiguration: &codepipeline.CodepipelineTriggerGitConfiguration{
			SourceActionName: jsii.String(applicationSource),
			Push:             []codepipeline.CodepipelineTriggerGitConfigurationPush{push},
		},
	}
}
