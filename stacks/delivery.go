package stacks

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/cluster"
	"github.com/titan-platform/titan/modules/delivery"
	"github.com/titan-platform/titan/modules/delivery/build"
	"github.com/titan-platform/titan/modules/delivery/role"
	"github.com/titan-platform/titan/modules/deployer"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/network"
)

// ways are how something inside the VPC reaches the cluster and is kept.
type ways struct {
	keys    encryption.Output
	network network.Output
	cluster cluster.Output
	second  cdktf.TerraformProvider

	topicARN string // hears of deliveries
}

// deliver declares how the application and the platform stack get into the cluster. A secondary has its primary's registry and pipeline, and what
// has to be in its own VPC.
func deliver(stack cdktf.TerraformStack, environment environments.Environment, w ways) {
	secondary, delivers := environment.DR.Role == environments.DRSecondary, environment.Delivery.Repository != ""
	connection := ""
	if environment.Cluster.Deployer == environments.DeployerCodeBuild || delivers && !secondary {
		connection = delivery.NewConnection(stack, "connection", environment.Prefix())
		output(stack, "connection_arn", "the connection to GitHub; accept it in the console, once (docs/runbooks/delivery.md)", connection)
	}
	if environment.Cluster.Deployer == environments.DeployerCodeBuild {
		newDeployer(stack, environment, w, connection)
	}

	common := commonDelivery(environment, w)
	delivery.NewParameter(stack, "image", environment.ImageParameter())
	output(stack, "image_parameter", "SSM parameter that says which image runs", environment.ImageParameter())
	if !secondary {
		delivery.NewRegistry(stack, "registry", delivery.RegistryConfig{
			Common:               common,
			ForceDelete:          !environment.Protected(),
			SecondRegion:         string(environment.SecondRegion),
			SecondRegionProvider: w.second,
			SecondDataKeyARN:     w.keys.SecondData.ARN,
			AccountOwner:         environment.Account.Owner,
		})
	}
	output(stack, "image_repository", "ECR repository of the image", common.ImageURL())
	if !delivers {
		return
	}
	deploy := delivery.NewDeploy(stack, "deploy", delivery.DeployConfig{
		Common:                      common,
		VPCID:                       w.network.VPCID,
		SubnetIDs:                   w.network.Private.IDs(),
		Egress:                      w.network.PrivateEgress,
		EndpointSecurityGroupID:     w.network.EndpointSecurityGroupID,
		ClusterName:                 w.cluster.Name,
		ControlPlaneSecurityGroupID: w.cluster.ControlPlaneSecurityGroupID,
		Namespace:                   environment.Application.Namespace,
		Release:                     environments.ApplicationName,
	})
	if secondary {
		return
	}
	newPipeline(stack, environment, w, common, connection, deploy)
	if promoters := environment.Peers.PromotesTo; len(promoters) > 0 {
		var places []role.Place
		for _, promoter := range promoters {
			places = append(places, place(promoter.Environment))
		}
		delivery.NewPromotion(stack, "promotion", common, places)
	}
}

func newPipeline(stack cdktf.TerraformStack, environment environments.Environment, w ways, common delivery.Common, connection string, deploy build.Output) {
	config := delivery.PipelineConfig{
		Common:             common,
		Environment:        environment.Name,
		Application:        environments.ApplicationName,
		Settings:           environment.Delivery,
		Architecture:       environment.Cluster.Architecture(),
		PlatformRepository: environment.Repository,
		ConnectionARN:      connection,
		TopicARN:           w.topicARN,
		AccessLogs:         environment.AccessLogBucket(environment.Region),
		Deploy:             deploy,
	}
	if from := environment.Peers.PromotesFrom; from != nil {
		config.Source = &delivery.Source{Environment: from.Name, Place: place(from.Environment), Delivery: names(from.Environment)}
	}
	if standby := environment.Peers.Secondary; standby != nil {
		there := place(standby.Environment)
		project := there.DeployName()
		config.Standby = &delivery.Standby{
			ProjectName: project,
			ProjectARN:  there.ARN("codebuild", "project/"+project),
			Provider:    w.second,
			AccessLogs:  environment.AccessLogBucket(standby.Region),
			Artifacts: role.Store{
				Bucket: environment.ArtifactsBucket(standby.Region), Region: string(standby.Region), KeyARN: w.keys.SecondData.ARN,
			},
		}
	}
	delivery.NewPipeline(stack, "delivery", config)
}

// commonDelivery is what the parts of an environment's delivery share.
func commonDelivery(environment environments.Environment, w ways) delivery.Common {
	named := names(environment)
	named.ClusterARN = w.cluster.ARN
	named.Artifacts = role.Store{Bucket: environment.ArtifactsBucket(environment.Region), Region: string(environment.Region), KeyARN: w.keys.Data.ARN}
	if primary := environment.Peers.Primary; primary != nil {
		// The primary's pipeline brings its artifacts here, into a bucket and under a key that the primary's stack makes.
		named.Artifacts = role.Store{
			Bucket: primary.ArtifactsBucket(environment.Region), Region: string(environment.Region), KeyAlias: encryption.SecondDataAlias(primary.Prefix()),
		}
	}
	return delivery.Common{
		Place:      place(environment),
		Delivery:   named,
		LogDays:    int(environment.Observability.LogDays),
		LogKeyARN:  w.keys.Logs.ARN,
		DataKeyARN: w.keys.Data.ARN,
	}
}

// names are what an environment's delivery is called, in its own stack and in its peers'.
func names(environment environments.Environment) role.Delivery {
	return role.Delivery{
		Image:     environment.ImageRepository(),
		Chart:     environment.ChartRepository(),
		Parameter: environment.ImageParameter(),
	}
}

func place(environment environments.Environment) role.Place {
	return role.Place{Partition: partition, AccountID: environment.Account.ID, Region: string(environment.Region), Name: environment.Prefix()}
}

// newDeployer declares what applies the platform stack from inside the VPC.
func newDeployer(stack cdktf.TerraformStack, environment environments.Environment, w ways, connection string) {
	here := place(environment)
	made := deployer.New(stack, "deployer", deployer.Config{
		Name:                        environment.Prefix(),
		Environment:                 environment.Name,
		Partition:                   partition,
		AccountID:                   environment.Account.ID,
		Region:                      string(environment.Region),
		Repository:                  environment.Repository,
		ConnectionARN:               connection,
		VPCID:                       w.network.VPCID,
		SubnetIDs:                   w.network.Private.IDs(),
		Egress:                      w.network.PrivateEgress,
		EndpointSecurityGroupID:     w.network.EndpointSecurityGroupID,
		ClusterName:                 w.cluster.Name,
		ClusterARN:                  w.cluster.ARN,
		ControlPlaneSecurityGroupID: w.cluster.ControlPlaneSecurityGroupID,
		StateBucket:                 environment.StateBucket(),
		StateKeyAlias:               environment.StateKeyAlias(),
		LogDays:                     int(environment.Observability.LogDays),
		LogKeyARN:                   w.keys.Logs.ARN,
		DataKeyARN:                  w.keys.Data.ARN,
		Statements: []iampolicy.Statement{
			role.Allow("ReadWhichImageRuns", []string{here.ARN("ssm", "parameter"+environment.ImageParameter())}, nil, "ssm:GetParameter"),
		},
	})
	output(stack, "deployer_project", "aws codebuild start-build --project-name … applies "+environment.Name+"-platform", made.ProjectName)
}
