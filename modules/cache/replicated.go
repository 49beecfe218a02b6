package cache

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	replicationgroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/elasticachereplicationgroup"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/stateful"
)

// replicated declares a primary and its replicas, in a zone each while there are zones.
func (c *cache) replicated() Output {
	nodes := 1 + c.Settings.Replicas
	var logs []replicationgroup.ElasticacheReplicationGroupLogDeliveryConfiguration
	for _, log := range logTypes {
		logs = append(logs, replicationgroup.ElasticacheReplicationGroupLogDeliveryConfiguration{
			LogType:         jsii.String(log),
			LogFormat:       jsii.String("json"),
			DestinationType: jsii.String("cloudwatch-logs"),
			Destination:     jsii.String(c.logGroup(log)),
		})
	}
	var zones []*string
	for n := range nodes {
		zones = append(zones, jsii.String(c.Zones[n%len(c.Zones)]))
	}
	user, userGroup := c.users()
	group := replicationgroup.NewElasticacheReplicationGroup(c.scope, jsii.String("cache"),
		&replicationgroup.ElasticacheReplicationGroupConfig{
			ReplicationGroupId:       jsii.String(c.CacheName),
			Description:              jsii.String("Cache of " + c.Name),
			Engine:                   jsii.String(engine),
			EngineVersion:            jsii.String(engineVersion),
			NodeType:                 jsii.String(c.Settings.NodeType),
			NumCacheClusters:         jsii.Number(nodes),
			PreferredCacheClusterAzs: &zones, // the primary's first
			MultiAzEnabled:           jsii.Bool(true),
			AutomaticFailoverEnabled: jsii.Bool(true), // which Multi-AZ demands
			Port:                     jsii.Number(port),
			ParameterGroupName:       c.parameters,
			SubnetGroupName:          c.subnets,
			SecurityGroupIds:         &[]*string{c.securityGroup},

			AtRestEncryptionEnabled:  jsii.String("true"),
			KmsKeyId:                 jsii.String(c.DataKeyARN),
			TransitEncryptionEnabled: jsii.Bool(true),
			TransitEncryptionMode:    jsii.String("required"),
			UserGroupIds:             &[]*string{userGroup},

			AutoMinorVersionUpgrade: jsii.String("true"),
			// ElastiCache takes a change of log deliveries at once or not at all (ElastiCache User Guide, 'Log delivery'), and
			// changes node by node behind a failover, so little is won by waiting.
			ApplyImmediately:         jsii.Bool(true),
			MaintenanceWindow:        jsii.String(maintenanceWindow),
			SnapshotRetentionLimit:   jsii.Number(c.Settings.SnapshotDays),
			SnapshotWindow:           jsii.String(snapshotWindow),
			FinalSnapshotIdentifier:  c.finalSnapshot,
			LogDeliveryConfiguration: logs,
			Tags:                     c.tags(),
			// Nodes stay in the zones that they were made in: another list in the file must not replace them.
			Lifecycle: stateful.Lifecycle(c.Protected, "preferred_cache_cluster_azs"),
			DependsOn: &c.logs,
		})
	output := Output{
		Endpoint:       *group.PrimaryEndpointAddress(),
		ReaderEndpoint: *group.ReaderEndpointAddress(),
		TLS:            true,
		UserName:       *user.UserName(),
		ConnectARNs:    []string{*group.Arn(), *user.Arn()},
		ARN:            *group.Arn(),
		Ready:          []cdktf.ITerraformDependable{group},
	}
	for n := 1; n <= nodes; n++ { // ElastiCache's own names; a list from the answer would have a length that no plan knows
		output.ClusterIDs = append(output.ClusterIDs, fmt.Sprintf("%s-%03d", *group.ReplicationGroupId(), n))
	}
	return output
}
