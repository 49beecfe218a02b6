package cache

import (
	"github.com/aws/jsii-runtime-go"
	cachecluster "github.com/cdktf/cdktf-provider-aws-go/aws/v19/elasticachecluster"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/stateful"
)

// single declares one node, as the document has it. For Redis it can be no more than that: no encryption,
// no login, no second node.
func (c *cache) single() Output {
	var logs []cachecluster.ElasticacheClusterLogDeliveryConfiguration
	for _, log := range logTypes {
		logs = append(logs, cachecluster.ElasticacheClusterLogDeliveryConfiguration{
			LogType:         jsii.String(log),
			LogFormat:       jsii.String("json"),
			DestinationType: jsii.String("cloudwatch-logs"),
			Destination:     jsii.String(c.logGroup(log)),
		})
	}
	node := cachecluster.NewElasticacheCluster(c.scope, jsii.String("cache"), &cachecluster.ElasticacheClusterConfig{
		ClusterId:                jsii.String(c.CacheName),
		Engine:                   jsii.String(engine),
		EngineVersion:            jsii.String(engineVersion),
		NodeType:                 jsii.String(c.Settings.NodeType),
		NumCacheNodes:            jsii.Number(1),
		AvailabilityZone:         jsii.String(c.Zones[0]),
		Port:                     jsii.Number(port),
		ParameterGroupName:       c.parameters,
		SubnetGroupName:          c.subnets,
		SecurityGroupIds:         &[]*string{c.securityGroup},
		AutoMinorVersionUpgrade:  jsii.String("true"),
		ApplyImmediately:         jsii.Bool(true), // as for a replication group
		MaintenanceWindow:        jsii.String(maintenanceWindow),
		SnapshotRetentionLimit:   jsii.Number(c.Settings.SnapshotDays),
		SnapshotWindow:           jsii.String(snapshotWindow),
		FinalSnapshotIdentifier:  c.finalSnapshot,
		LogDeliveryConfiguration: logs,
		Tags:                     c.tags(),
		// Nodes stay in the zones that they were made in: another list in the file must not replace them.
		Lifecycle: stateful.Lifecycle(c.Protected, "availability_zone"),
		DependsOn: &c.logs,
	})
	host := *node.CacheNodes().Get(jsii.Number(0)).Address()
	return Output{
		Endpoint:       host,
		ReaderEndpoint: host,
		ARN:            *node.Arn(),
		ClusterIDs:     []string{*node.ClusterId()},
		Ready:          []cdktf.ITerraformDependable{node},
	}
}
