package database

import (
	"slices"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dbsubnetgroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdscluster"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/finalsnapshot"
	"github.com/titan-platform/titan/internal/stateful"
)

// serverless is the instance class that scales by itself.
const serverless = "db.serverless"

// The windows are in UTC and apart, because RDS refuses an overlap (ModifyDBCluster, PreferredBackupWindow).
const (
	backupWindow      = "01:00-02:00"
	maintenanceWindow = "sun:04:00-sun:05:00"
)

// makeCluster declares the cluster: storage, endpoints and backups. It computes nothing by itself; that is
// what instances are for.
func (d *database) makeCluster(securityGroupID string) {
	subnets := dbsubnetgroup.NewDbSubnetGroup(d.scope, jsii.String("subnets"), &dbsubnetgroup.DbSubnetGroupConfig{
		Name:        jsii.String(d.Identifier),
		Description: jsii.String("Data subnets of " + d.Name),
		SubnetIds:   jsii.Strings(d.SubnetIDs...),
	})
	before := d.logGroups()
	monitored := d.monitoringRole()
	insights := d.insights()

	config := &rdscluster.RdsClusterConfig{
		ClusterIdentifier: jsii.String(d.Identifier),
		Engine:            jsii.String(engine),
		EngineVersion:     jsii.String(d.Settings.EngineVersion),
		// RDS upgrades the major version at the end of its standard support, instead of asking for extended
		// support by the vCPU hour.
		EngineLifecycleSupport: jsii.String("open-source-rds-extended-support-disabled"),
		// A new major version in the file is refused by RDS: it is upgraded by hand, with a snapshot before and a look at the
		// extensions, and the file follows.
		AllowMajorVersionUpgrade: jsii.Bool(false),
		// What restarts an instance waits for the window where somebody would notice.
		ApplyImmediately: jsii.Bool(!d.Protected || d.Standby),

		DatabaseName:   jsii.String(d.Settings.Name),
		MasterUsername: jsii.String(masterUser),
		// RDS makes the password, keeps it in Secrets Manager and rotates it: none is in configuration, plan or state.
		ManageMasterUserPassword:         jsii.Bool(true),
		MasterUserSecretKmsKeyId:         jsii.String(d.SecretsKeyARN),
		IamDatabaseAuthenticationEnabled: jsii.Bool(true),

		StorageEncrypted: jsii.Bool(true),
		KmsKeyId:         jsii.String(d.DataKeyARN),
		// The subnets say which zones it is in: RDS gives storage three whatever it is told, and a list that differs from the
		// answer replaces the cluster (hashicorp/terraform-provider-aws, aws_rds_cluster, availability_zones).
		DbSubnetGroupName:   subnets.Name(),
		VpcSecurityGroupIds: jsii.Strings(securityGroupID),
		Port:                jsii.Number(port),

		DbClusterParameterGroupName: d.parameterGroup(),

		EnabledCloudwatchLogsExports: jsii.Strings(d.logs()...),
		DatabaseInsightsMode:         jsii.String(insights.mode),
		// On the cluster as well as on its instances, so that the readers that autoscaling adds have the same; all instances
		// must (Aurora User Guide, 'Considerations for Database Insights').
		PerformanceInsightsEnabled:         jsii.Bool(true),
		PerformanceInsightsKmsKeyId:        jsii.String(d.DataKeyARN),
		PerformanceInsightsRetentionPeriod: jsii.Number(insights.days),
		MonitoringInterval:                 jsii.Number(monitoringSeconds),
		MonitoringRoleArn:                  d.role,

		BackupRetentionPeriod:      jsii.Number(d.Settings.RetentionDays),
		PreferredBackupWindow:      jsii.String(backupWindow),
		PreferredMaintenanceWindow: jsii.String(maintenanceWindow),
		CopyTagsToSnapshot:         jsii.Bool(true),

		DeletionProtection:     jsii.Bool(d.Protected && !d.Standby),
		SkipFinalSnapshot:      jsii.Bool(!d.Protected),
		DeleteAutomatedBackups: jsii.Bool(!d.Protected),

		Tags: &map[string]*string{"Name": jsii.String(d.Identifier)},
	}
	d.beginAndEnd(config)
	if d.Settings.InstanceClass == serverless {
		config.Serverlessv2ScalingConfiguration = &rdscluster.RdsClusterServerlessv2ScalingConfiguration{
			MinCapacity: jsii.Number(d.Settings.MinCapacity),
			MaxCapacity: jsii.Number(d.Settings.MaxCapacity),
		}
	}
	before = slices.Concat(before, d.Sources, []cdktf.ITerraformDependable{monitored})
	config.DependsOn = &before
	d.cluster = rdscluster.NewRdsCluster(d.scope, jsii.String("aurora"), config)
}

// beginAndEnd says where the cluster's data comes from, and what is left of it when the cluster ends.
func (d *database) beginAndEnd(config *rdscluster.RdsClusterConfig) {
	if d.Protected {
		config.FinalSnapshotIdentifier = finalsnapshot.Name(d.scope, d.Identifier, d.Settings.RestoredFrom)
	}
	if d.Settings.RestoredFrom != "" {
		// The restore call carries neither IAM authentication nor Insights: a second apply sets them.
		config.SnapshotIdentifier = jsii.String(d.Settings.RestoredFrom)
	}
	var ignored []string
	if !d.Standby || d.Settings.RestoredFrom == "" {
		// Where a cluster came from is past: another snapshot, or none, would replace it.
		ignored = append(ignored, "snapshot_identifier")
	}
	config.Lifecycle = stateful.Lifecycle(d.Protected && !d.Standby, ignored...)
}

// pauses is whether the instances may scale to nothing.
func (c Config) pauses() bool {
	return c.Settings.InstanceClass == serverless && c.Settings.MinCapacity == 0
}
