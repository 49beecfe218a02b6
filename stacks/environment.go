package stacks

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/cluster"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/network"
)

// NewEnvironment declares the stack of everything that an environment has in AWS.
func NewEnvironment(scope constructs.Construct, environment environments.Environment) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, jsii.String(environment.Name))
	newBackend(stack, environment)
	newRegionProvider(stack, environment)
	second := newSecondProvider(stack, environment)
	global := newGlobalProvider(stack, environment)

	keys := encryption.New(stack, "encryption", encryption.Config{
		Name:                 environment.Prefix(),
		Environment:          environment.Name,
		Partition:            partition,
		AccountID:            environment.Account.ID,
		Region:               string(environment.Region),
		DeletionDays:         keyDeletionDays(environment),
		SecondRegion:         string(environment.SecondRegion),
		SecondRegionProvider: second,
		GlobalProvider:       global,
	})

	network := network.New(stack, "network", network.Config{
		Name:      environment.Prefix(),
		Partition: partition,
		AccountID: environment.Account.ID,
		Region:    string(environment.Region),
		Settings:  environment.Network,
		LogKeyARN: keys.Logs.ARN,
	})

	cluster := cluster.New(stack, "cluster", cluster.Config{
		Name:                    environment.Prefix(),
		ClusterName:             environment.ClusterName(),
		Partition:               partition,
		AccountID:               environment.Account.ID,
		Region:                  string(environment.Region),
		Settings:                environment.Cluster,
		LogDays:                 int(environment.Observability.LogDays),
		Tags:                    tags(stack, environment),
		VPCID:                   network.VPCID,
		Zones:                   environment.Network.AvailabilityZones,
		SubnetIDs:               network.Private.IDs(),
		Egress:                  network.PrivateEgress,
		EndpointSecurityGroupID: network.EndpointSecurityGroupID,
		SecretsKeyARN:           keys.Secrets.ARN,
		DataKeyARN:              keys.Data.ARN,
		LogKeyARN:               keys.Logs.ARN,
		Deployer:                environment.Account.Role,
		AccountOwner:            environment.Account.Owner,
		SecondRegionProvider:    second,
	})

	output(stack, "vpc_id", "the VPC", network.VPCID)
	output(stack, "private_subnet_ids", "subnets of nodes and pods, one a zone", network.Private.IDs())
	output(stack, "nat_addresses", "public addresses that the environment calls others from", network.NATAddresses)
	output(stack, "data_key_arn", "KMS key of databases, volumes, caches and images", keys.Data.ARN)
	output(stack, "cluster_name", "the EKS cluster", cluster.Name)
	output(stack, "cluster_endpoint", "its API", cluster.Endpoint)

	protect(stack, environment)
	return stack
}
