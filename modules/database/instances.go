package database

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	clusterinstance "github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdsclusterinstance"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// certificateAuthority signs the instances' certificates. It is named because an account can have another default
// (ModifyCertificates), and clients verify against it.
const certificateAuthority = "rds-ca-rsa2048-g1"

// lastTier is the promotion tier of who is promoted last, autoscaled readers among them.
const lastTier = 15

// instances declares the writer and its readers, in a zone each while there are zones. RDS makes the first instance of
// a cluster its writer whatever it is called, so the readers wait for it.
func (d *database) instances() []clusterinstance.RdsClusterInstance {
	instances := []clusterinstance.RdsClusterInstance{d.instance("writer", 0, nil)}
	for n := 1; n <= d.Settings.Readers; n++ {
		instances = append(instances, d.instance(fmt.Sprintf("reader-%d", n), n, instances[:1]))
	}
	return instances
}

// instance declares the n-th instance. Its identifier is a number, because after a failover another one writes.
func (d *database) instance(
	id string, n int, after []clusterinstance.RdsClusterInstance,
) clusterinstance.RdsClusterInstance {
	insights := d.insights()
	config := &clusterinstance.RdsClusterInstanceConfig{
		ClusterIdentifier: d.cluster.Id(),
		Identifier:        jsii.String(fmt.Sprintf("%s-%d", d.Identifier, n)),
		Engine:            jsii.String(engine),
		InstanceClass:     jsii.String(d.Settings.InstanceClass),
		AvailabilityZone:  jsii.String(d.Zones[n%len(d.Zones)]),
		// The writer comes back first, then the first reader, whose capacity a serverless cluster keeps at the writer's
		// (Aurora User Guide, 'Choosing the promotion tier for an Aurora Serverless v2 reader': tiers 0 and 1).
		PromotionTier: jsii.Number(min(n, lastTier)),
		// The version is the file's. Were RDS to move on by itself, the next plan would be a downgrade, which RDS refuses.
		AutoMinorVersionUpgrade: jsii.Bool(false),
		ApplyImmediately:        jsii.Bool(!d.Protected || d.Standby),
		PubliclyAccessible:      jsii.Bool(false),
		CaCertIdentifier:        jsii.String(certificateAuthority),
		CopyTagsToSnapshot:      jsii.Bool(true),

		PerformanceInsightsEnabled:         jsii.Bool(true),
		PerformanceInsightsKmsKeyId:        jsii.String(d.DataKeyARN),
		PerformanceInsightsRetentionPeriod: jsii.Number(insights.days),
		MonitoringInterval:                 jsii.Number(monitoringSeconds),
		MonitoringRoleArn:                  d.role,

		Tags: d.Tag("database-" + id),
		// The zone holds when the instance is made. Afterwards another list of zones in the file would
		// replace it, one by one.
		Lifecycle: &cdktf.TerraformResourceLifecycle{IgnoreChanges: jsii.Strings("availability_zone")},
	}
	if len(after) > 0 {
		config.DependsOn = &[]cdktf.ITerraformDependable{after[0]}
	}
	return clusterinstance.NewRdsClusterInstance(d.scope, jsii.String(id), config)
}
