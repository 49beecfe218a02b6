package stacks

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/delivery"
	"github.com/titan-platform/titan/modules/delivery/build"
	"github.com/titan-platform/titan/modules/delivery/role"
	"github.com/titan-platform/titan/modules/deployer"
	"github.com/titan-platform/titan/stacks/order"
)

// applicationScope is the scope of what belongs to the application: its name is in the address
// of each of its resources.
func applicationScope(stack cdktf.TerraformStack, e environments.Environment) constructs.Construct {
	return constructs.NewConstruct(stack, jsii.String(e.Application.Name))
}

// delivery declares how the application and the platform stack get into the cluster. A secondary has its primary's
// registry and pipeline, and what has to be in its own VPC.
func (e *environment) delivery(f foundations) {
	secondary, delivers := e.DR.Role == environments.DRSecondary, e.Delivers()
	if e.HasDeployer() {
		e.deployer(f)
	}

	application, common := e.application, e.commonDelivery(f)
	delivery.NewParameter(application, "image", e.ImageParameter())
	e.output("image_parameter", "SSM parameter that says which image runs", e.ImageParameter())
	if !secondary {
		registry := delivery.RegistryConfig{
			Target: e.here,
			Image:  e.ImageRepository(),
			Chart:  e.ChartRepository(),
			KeyARN: f.keys.Data.ARN,
		}
		delivery.NewRegistry(application, "registry", registry)
	}
	e.output("image_repository", "ECR repository of the image", common.ImageURL())
	if !delivers {
		return
	}
	deploy := delivery.NewDeploy(application, "deploy", delivery.DeployConfig{
		Common:                      common,
		VPCID:                       f.network.VPCID,
		SubnetIDs:                   f.network.Private.IDs(),
		Egress:                      f.network.PrivateEgress,
		EndpointSecurityGroupID:     f.network.EndpointSecurityGroupID,
		ClusterName:                 f.cluster.Name,
		ControlPlaneSecurityGroupID: f.cluster.ControlPlaneSecurityGroupID,
		Namespace:                   e.Application.Namespace,
		Release:                     e.Application.Name,
		ChartVersion:                delivery.ChartOf(e.Application).Version,
	})
	if secondary {
		return
	}
	e.pipeline(application, common, deploy)
	var promoters []target.Target
	for _, promoter := range e.Peers.PromotesTo {
		promoters = append(promoters, homeTarget(promoter.Environment))
	}
	if len(promoters) > 0 {
		delivery.NewPromotion(application, "promotion", common, e.Application.Name, promoters)
	}
}

// hasPipeline is whether commits to the application are delivered by a pipeline of this environment's own: a
// secondary has its primary's.
func (e *environment) hasPipeline() bool {
	return e.Delivers() && e.DR.Role != environments.DRSecondary
}

// pipelines are the names of the environment's pipelines.
func (e *environment) pipelines() []string {
	var names []string
	if e.hasPipeline() {
		names = append(names, delivery.PipelineName(e.here, e.Application.Name))
	}
	if e.HasDeployer() {
		names = append(names, role.DeployerName(e.here.Name))
	}
	return names
}

func (e *environment) pipeline(scope constructs.Construct, common delivery.Common, deploy build.Output) {
	config := delivery.PipelineConfig{
		Common:             common,
		Application:        e.Application.Name,
		Settings:           e.Delivery,
		Architecture:       e.Cluster.Architecture(),
		PlatformRepository: e.Repository,
		ChartFolder:        delivery.ChartOf(e.Application).Folder,
		ConnectionARN:      e.Account.Connection,
		AccessLogs:         e.Base(e.Region).AccessLogBucket(),
		Deploy:             deploy,
	}
	if from := e.Peers.PromotesFrom; from != nil {
		config.Source = &delivery.Source{
			Environment: from.Name,
			Target:      homeTarget(from.Environment),
			Delivery:    deliveryNames(from.Environment),
		}
	}
	if standby := e.Peers.Secondary; standby != nil {
		there := homeTarget(standby.Environment)
		project := role.DeployName(there)
		config.Standby = &delivery.Standby{
			ProjectName: project,
			ProjectARN:  there.ARN("codebuild", "project/"+project),
			Artifacts:   secondArtifacts(e.Environment),
		}
	}
	delivery.NewPipeline(scope, "delivery", config)
}

// secondArtifacts is where a primary's pipeline brings its artifacts in the second region: the stack there makes it.
func secondArtifacts(primary environments.Environment) role.Store {
	return role.Store{
		Bucket:   primary.SecondBucket("artifacts"),
		Region:   string(primary.SecondRegion),
		KeyAlias: environments.KeyAlias(primary.SecondPrefix(), "data"),
	}
}

// commonDelivery is what the parts of an environment's delivery share.
func (e *environment) commonDelivery(f foundations) delivery.Common {
	names := deliveryNames(e.Environment)
	names.ClusterARN = f.cluster.ARN
	names.Artifacts = role.Store{Bucket: e.Bucket("artifacts"), Region: e.here.Region, KeyARN: f.keys.Data.ARN}
	if primary := e.Peers.Primary; primary != nil {
		names.Artifacts = secondArtifacts(primary.Environment)
	}
	return delivery.Common{Target: e.here, Delivery: names, LogKeyARN: f.keys.Logs.ARN, DataKeyARN: f.keys.Data.ARN}
}

// deliveryNames are what an environment's delivery is called, in its own stack and in its peers'.
func deliveryNames(e environments.Environment) role.Delivery {
	return role.Delivery{Image: e.ImageRepository(), Chart: e.ChartRepository(), Parameter: e.ImageParameter()}
}

// deployer declares what applies the platform stack from inside the VPC.
func (e *environment) deployer(f foundations) {
	base := e.Base(e.Region)
	made := deployer.New(e.stack, "deployer", deployer.Config{
		Target:                      e.here,
		Stack:                       order.Name(e.Environment, order.Platform),
		Repository:                  e.Repository,
		Branch:                      delivery.PlatformBranch,
		ConnectionARN:               e.Account.Connection,
		Approval:                    e.Delivery.Approval,
		Artifacts:                   role.Store{Bucket: e.Bucket("deployer"), Region: e.here.Region, KeyARN: f.keys.Data.ARN},
		AccessLogs:                  base.AccessLogBucket(),
		VPCID:                       f.network.VPCID,
		SubnetIDs:                   f.network.Private.IDs(),
		Egress:                      f.network.PrivateEgress,
		EndpointSecurityGroupID:     f.network.EndpointSecurityGroupID,
		ClusterName:                 f.cluster.Name,
		ClusterARN:                  f.cluster.ARN,
		ControlPlaneSecurityGroupID: f.cluster.ControlPlaneSecurityGroupID,
		StateBucket:                 base.StateBucket(),
		StateKeyAlias:               base.StateKeyAlias(),
		LogKeyARN:                   f.keys.Logs.ARN,
		DataKeyARN:                  f.keys.Data.ARN,
		Statements: []iampolicy.Statement{
			role.Allow("ReadWhichImageRuns", []string{e.here.ARN("ssm", "parameter"+e.ImageParameter())}, nil,
				"ssm:GetParameter"),
		},
	})
	e.output("deployer_pipeline",
		"aws codepipeline start-pipeline-execution --name … plans and applies "+order.Name(e.Environment, order.Platform),
		made.PipelineName)
}
