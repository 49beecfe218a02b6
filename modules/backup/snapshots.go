package backup

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dbclustersnapshot"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdsclustersnapshotcopy"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdsexporttask"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/bucket"
)

// SnapshotsConfig is what snapshots of the database need.
type SnapshotsConfig struct {
	Backup Output // of New: bucket, keys, regions and restore tests

	DatabaseIdentifier string                       // of the Aurora cluster, a token until apply
	DatabaseARN        string                       // its ARN
	DatabaseName       string                       // its plain identifier, which begins the snapshots' names: birthday-db-prod
	SubnetGroupName    string                       // where a restore test puts its cluster
	Ready              []cdktf.ITerraformDependable // the cluster's instances: a snapshot of a cluster without one is of nothing
	Names              []string                     // one-off snapshots to take and keep
}

// snapshots is the module's second part while it is built.
type snapshots struct {
	backup
	config SnapshotsConfig
}

// NewSnapshots declares, under scope, the cluster's weekly restore test and the snapshots that the file asks for: each is copied to the
// second region, where there is one, and exported to the backups bucket as Parquet, which can be read without a database.
func NewSnapshots(scope constructs.Construct, id string, config SnapshotsConfig) {
	needs := config.Backup.database
	s := &snapshots{backup{needs.config, constructs.NewConstruct(scope, jsii.String(id))}, config}

	// AWS Backup would restore into the default VPC, which an account may not have; the VPC's default group lets nobody in.
	s.restoreTest("restore-test", needs.restoreTestPlan, "Aurora", needs.restoreTestRole, config.DatabaseARN,
		&map[string]*string{"dbSubnetGroupName": jsii.String(config.SubnetGroupName)})
	if len(config.Names) == 0 {
		return
	}
	role, ready := s.exportRole()
	for _, name := range config.Names {
		snapshot := s.snapshot(name)
		s.export(name, snapshot, role, ready)
		if s.SecondRegion != "" {
			s.copy(name, snapshot)
		}
	}
}

// snapshot is the document's `snapshot`, whose type, aws_rds_cluster_snapshot, does not exist.
func (s *snapshots) snapshot(name string) dbclustersnapshot.DbClusterSnapshot {
	return dbclustersnapshot.NewDbClusterSnapshot(s.scope, jsii.String("snapshot-"+name), &dbclustersnapshot.DbClusterSnapshotConfig{
		DbClusterIdentifier:         jsii.String(s.config.DatabaseIdentifier),
		DbClusterSnapshotIdentifier: jsii.String(s.config.DatabaseName + "-" + name),
		DependsOn:                   &s.config.Ready,
	})
}

// copy is the snapshot in the second region, asked for there, by its ARN: with the first region's provider the provider would sign the
// call for the first region, and destination_region does not change that. The key is the second region's, or nothing could open it there.
func (s *snapshots) copy(name string, snapshot dbclustersnapshot.DbClusterSnapshot) {
	rdsclustersnapshotcopy.NewRdsClusterSnapshotCopy(s.scope, jsii.String("copy-"+name), &rdsclustersnapshotcopy.RdsClusterSnapshotCopyConfig{
		Provider:                          s.SecondRegionProvider,
		SourceDbClusterSnapshotIdentifier: snapshot.DbClusterSnapshotArn(),
		TargetDbClusterSnapshotIdentifier: jsii.String(s.config.DatabaseName + "-" + name),
		KmsKeyId:                          jsii.String(s.SecondBackupKeyARN),
		Timeouts:                          &rdsclustersnapshotcopy.RdsClusterSnapshotCopyTimeouts{Create: jsii.String("3h")}, // a first copy is all of the data
	})
}

// export writes the snapshot to the backups bucket. The provider takes a task that failed for done, so Terraform looks itself.
func (s *snapshots) export(name string, snapshot dbclustersnapshot.DbClusterSnapshot, role string, ready []cdktf.ITerraformDependable) {
	task := rdsexporttask.NewRdsExportTask(s.scope, jsii.String("export-"+name), &rdsexporttask.RdsExportTaskConfig{
		ExportTaskIdentifier: jsii.String(s.config.DatabaseName + "-" + name),
		SourceArn:            snapshot.DbClusterSnapshotArn(),
		S3BucketName:         jsii.String(s.config.Backup.Backups.Name),
		S3Prefix:             jsii.String(exportPrefix),
		IamRoleArn:           jsii.String(role),
		// Who applies needs kms:CreateGrant and kms:DescribeKey on it; RDS writes by a grant (StartExportTask, KmsKeyId).
		KmsKeyId:  jsii.String(s.BackupKeyARN),
		Timeouts:  &rdsexporttask.RdsExportTaskTimeouts{Create: jsii.String("3h")}, // half an hour before it starts is usual
		DependsOn: &ready,
	})
	// A warning, not an error: the rest of the environment must not wait for a new snapshot's name.
	cdktf.TerraformStack_Of(s.scope).AddOverride(jsii.String("check.export-"+name+".assert"), map[string]any{
		"condition":     "${" + *task.Fqn() + ".status == \"COMPLETE\"}",
		"error_message": fmt.Sprintf("the export of snapshot %s has not ended well; `aws rds describe-export-tasks --export-task-identifier %s-%s` says why", name, s.config.DatabaseName, name),
	})
}

// exportPrefix is the folder of the exports in the backups bucket.
const exportPrefix = "exports"

// exportRole declares the role that RDS writes exports by.
func (s *snapshots) exportRole() (string, []cdktf.ITerraformDependable) {
	role := iamrole.NewIamRole(s.scope, jsii.String("export-role"), &iamrole.IamRoleConfig{
		Name:             jsii.String(s.Name + "-database-export"),
		Description:      jsii.String("RDS exports snapshots of " + s.config.DatabaseName + " to " + s.BackupsBucket),
		AssumeRolePolicy: jsii.String(s.exportTrust()),
	})
	policy := iamrolepolicy.NewIamRolePolicy(s.scope, jsii.String("export-policy"), &iamrolepolicy.IamRolePolicyConfig{
		Name:   jsii.String("write-exports"),
		Role:   role.Name(),
		Policy: jsii.String(iampolicy.Document(s.exportStatements()...)),
	})
	return *role.Arn(), []cdktf.ITerraformDependable{policy}
}

// exportTrust lets RDS's exports assume the role for this account's snapshots.
func (c Config) exportTrust() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: "Exports", Effect: iampolicy.Allow, Principal: iampolicy.Service("export.rds.amazonaws.com"), Action: []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {c.AccountID}},
			"ArnLike":      {"aws:SourceArn": {c.arn("rds", "*")}},
		},
	})
}

// exportStatements let RDS write exports (Aurora User Guide, 'Providing access to an Amazon S3 bucket using an IAM role': these actions,
// on the bucket and on its objects; here on the exports' folder alone), with the bucket's key.
func (c Config) exportStatements() []iampolicy.Statement {
	bucketARN := "arn:" + c.Partition + ":s3:::" + c.BackupsBucket
	return []iampolicy.Statement{
		{Sid: "FindBucket", Effect: iampolicy.Allow, Action: []string{"s3:GetBucketLocation", "s3:ListBucket"}, Resource: []string{bucketARN}},
		{
			Sid: "WriteExports", Effect: iampolicy.Allow,
			Action:   []string{"s3:DeleteObject*", "s3:GetObject*", "s3:PutObject*"},
			Resource: []string{bucketARN + "/" + exportPrefix + "/*"},
		},
		{
			Sid: "Encrypt", Effect: iampolicy.Allow, Action: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resource: []string{c.BackupKeyARN},
			Condition: bucket.ThroughS3(c.Region, bucketARN),
		},
	}
}
