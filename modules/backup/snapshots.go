package backup

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/jsii-runtime-go"
	clustersnapshot "github.com/cdktf/cdktf-provider-aws-go/aws/v19/dbclustersnapshot"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdsexporttask"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/modules/bucket"
)

// Database is the Aurora cluster.
type Database struct {
	Identifier      string // a token until apply
	ARN             string
	Name            string                       // its plain identifier, which begins the snapshots' names
	SubnetGroupName string                       // where a restore test puts its cluster
	Ready           []cdktf.ITerraformDependable // its instances: a snapshot of a cluster without one is of nothing
	Snapshots       []string                     // one-off snapshots to take and keep
}

// snapshots declares those that the file asks for, each exported to the backups bucket as Parquet, which can be read
// without a database. The other one of a pair copies them (NewSnapshotCopies). One that a failed-over primary is made
// from again is not exported: writes are stopped until the apply is over, and it would wait an hour for the export.
func (b *backup) snapshots(backups bucket.Output) {
	isFailback := func(name string) bool { return strings.HasPrefix(name, environments.FailbackSnapshot) }
	var role string
	var ready []cdktf.ITerraformDependable
	if slices.ContainsFunc(b.Database.Snapshots, func(name string) bool { return !isFailback(name) }) {
		role, ready = b.exportRole()
	}
	for _, name := range b.Database.Snapshots {
		snapshot := b.snapshot(name)
		if !isFailback(name) {
			b.export(name, snapshot, backups.Name, role, ready)
		}
	}
}

// snapshot is the document's `snapshot`, whose type, aws_rds_cluster_snapshot, does not exist.
func (b *backup) snapshot(name string) clustersnapshot.DbClusterSnapshot {
	return clustersnapshot.NewDbClusterSnapshot(b.scope, jsii.String("snapshot-"+name),
		&clustersnapshot.DbClusterSnapshotConfig{
			DbClusterIdentifier:         jsii.String(b.Database.Identifier),
			DbClusterSnapshotIdentifier: jsii.String(b.Database.Name + "-" + name),
			DependsOn:                   &b.Database.Ready,
			Lifecycle:                   stateful.Lifecycle(b.Protected),
		})
}

// export writes the snapshot to the backups bucket. The provider takes a task that failed for done, so
// Terraform looks itself.
func (b *backup) export(
	name string, snapshot clustersnapshot.DbClusterSnapshot, bucketName, role string, ready []cdktf.ITerraformDependable,
) {
	task := rdsexporttask.NewRdsExportTask(b.scope, jsii.String("export-"+name), &rdsexporttask.RdsExportTaskConfig{
		ExportTaskIdentifier: jsii.String(b.Database.Name + "-" + name),
		SourceArn:            snapshot.DbClusterSnapshotArn(),
		S3BucketName:         jsii.String(bucketName),
		S3Prefix:             jsii.String(exportPrefix),
		IamRoleArn:           jsii.String(role),
		// Who applies needs kms:CreateGrant and kms:DescribeKey on it; RDS writes by a grant (StartExportTask, KmsKeyId).
		KmsKeyId:  jsii.String(b.Backups.KeyARN),
		Timeouts:  &rdsexporttask.RdsExportTaskTimeouts{Create: jsii.String("3h")}, // half an hour before it starts is usual
		DependsOn: &ready,
	})
	// A warning, not an error: the rest of the environment must not wait for a new snapshot's name.
	cdktf.TerraformStack_Of(b.scope).AddOverride(jsii.String("check.export-"+name+".assert"), map[string]any{
		"condition": "${" + *task.Fqn() + ".status == \"COMPLETE\"}",
		"error_message": fmt.Sprintf(
			"the export of snapshot %s has not ended well; `aws rds describe-export-tasks --export-task-identifier %s-%s` "+
				"says why", name, b.Database.Name, name),
	})
}

// exportPrefix is the folder of the exports in the backups bucket.
const exportPrefix = "exports"

// exportRole declares the role that RDS writes exports by.
func (b *backup) exportRole() (string, []cdktf.ITerraformDependable) {
	role := iamrole.NewIamRole(b.scope, jsii.String("export-role"), &iamrole.IamRoleConfig{
		Name:                jsii.String(b.Name + "-database-export"),
		Description:         jsii.String("RDS exports snapshots of " + b.Database.Name + " to " + b.Backups.Name),
		PermissionsBoundary: b.PermissionsBoundary(),
		AssumeRolePolicy:    jsii.String(b.exportTrust()),
	})
	policy := iamrolepolicy.NewIamRolePolicy(b.scope, jsii.String("export-policy"), &iamrolepolicy.IamRolePolicyConfig{
		Name:   jsii.String("write-exports"),
		Role:   role.Name(),
		Policy: jsii.String(iampolicy.Document(b.exportStatements()...)),
	})
	return *role.Arn(), []cdktf.ITerraformDependable{policy}
}

// exportTrust lets RDS's exports assume the role for this account's snapshots.
func (c Config) exportTrust() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid:       "Exports",
		Effect:    iampolicy.Allow,
		Principal: iampolicy.Service("export.rds.amazonaws.com"),
		Action:    []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {c.AccountID}},
			"ArnLike":      {"aws:SourceArn": {c.ARN("rds", "*")}},
		},
	})
}

// exportStatements let RDS write exports (Aurora User Guide, 'Providing access to an Amazon S3 bucket using an IAM
// role': these actions, on the bucket and on its objects; here on the exports' folder alone), with the bucket's key.
func (c Config) exportStatements() []iampolicy.Statement {
	bucketARN := c.BucketARN(c.Backups.Name)
	return []iampolicy.Statement{
		{
			Sid:      "FindBucket",
			Effect:   iampolicy.Allow,
			Action:   []string{"s3:GetBucketLocation", "s3:ListBucket"},
			Resource: []string{bucketARN},
		},
		{
			Sid: "WriteExports", Effect: iampolicy.Allow,
			Action:   []string{"s3:DeleteObject*", "s3:GetObject*", "s3:PutObject*"},
			Resource: []string{bucketARN + "/" + exportPrefix + "/*"},
		},
		{
			Sid:       "Encrypt",
			Effect:    iampolicy.Allow,
			Action:    []string{"kms:Decrypt", "kms:GenerateDataKey"},
			Resource:  []string{c.Backups.KeyARN},
			Condition: bucket.ThroughS3(c.Region, bucketARN),
		},
	}
}
