package tests

import (
	"encoding/json"
	"testing"

	"github.com/aws/jsii-runtime-go"
	awsprovider "github.com/cdktf/cdktf-provider-aws-go/aws/v19/provider"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdscluster"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/modules/backup"
)

// snapshotStack is a stack of its own with backups, a cluster, and the snapshots that names ask for.
func snapshotStack(t *testing.T, second bool, names ...string) Stack {
	t.Helper()
	titan, err := app.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var text string
	err = titan.Build("snapshots", func() {
		stack := cdktf.NewTerraformStack(titan.Root(), jsii.String("snapshots"))
		awsprovider.NewAwsProvider(stack, jsii.String("aws"), &awsprovider.AwsProviderConfig{Region: jsii.String("eu-west-1")})
		key := func(region string) string { return "arn:aws:kms:" + region + ":333333333333:key/0" }
		config := backup.Config{
			Name: "titan-prod", Environment: "prod", Partition: "aws", AccountID: "333333333333", Region: "eu-west-1",
			Settings:   environments.Backup{RetentionDays: 35, CopyDays: 35, InstantDays: 90, FlexibleDays: 180, ExpireDays: 730},
			LogsBucket: "titan-prod-logs", BackupsBucket: "titan-prod-backups", LogKeyARN: key("eu-west-1"), BackupKeyARN: key("eu-west-1"),
			ApplicationLogGroup: "/application", TopicARN: "arn:aws:sns:eu-west-1:333333333333:alarms",
		}
		if second {
			config.SecondRegion, config.SecondBackupKeyARN, config.SecondDataKeyARN = "eu-central-1", key("eu-central-1"), key("eu-central-1")
			config.LogsReplicaBucket, config.BackupsReplicaBucket = "titan-prod-logs-replica", "titan-prod-backups-replica"
			config.SecondRegionProvider = awsprovider.NewAwsProvider(stack, jsii.String("second"), &awsprovider.AwsProviderConfig{
				Region: jsii.String("eu-central-1"), Alias: jsii.String("second"),
			})
		}
		cluster := rdscluster.NewRdsCluster(stack, jsii.String("aurora"), &rdscluster.RdsClusterConfig{Engine: jsii.String("aurora-postgresql")})
		backup.NewSnapshots(stack, "snapshots", backup.SnapshotsConfig{
			Backup:             backup.New(stack, "backup", config),
			DatabaseIdentifier: *cluster.Id(), DatabaseARN: *cluster.Arn(), DatabaseName: "birthday-db-prod", SubnetGroupName: "birthday-db-prod",
			Ready: []cdktf.ITerraformDependable{cluster}, Names: names,
		})
		stack.AddOverride(jsii.String("terraform.required_providers.aws.version"), "~> 5.99") // as in stacks/providers.go
		text = *cdktf.Testing_Synth(stack, jsii.Bool(true))
	})
	if err != nil {
		t.Fatal(err)
	}
	parsed := Stack{Name: "snapshots", Text: text}
	if err := json.Unmarshal([]byte(text), &parsed.Root); err != nil {
		t.Fatal(err)
	}
	return parsed
}

// The document's aws_rds_cluster_snapshot does not exist.
func TestSnapshotsAreTakenOnRequest(t *testing.T) {
	stack := snapshotStack(t, true, "before-upgrade", "after-upgrade")
	for _, name := range []string{"before-upgrade", "after-upgrade"} {
		snapshot := stack.resource(t, "aws_db_cluster_snapshot", "snapshots/snapshot-"+name)
		snapshot.has(t, "db_cluster_snapshot_identifier", "birthday-db-prod-"+name)
		snapshot.refers(t, "db_cluster_identifier", stack.resource(t, "aws_rds_cluster", "aurora"))
	}
	none := snapshotStack(t, true)
	for _, kind := range []string{"aws_db_cluster_snapshot", "aws_rds_cluster_snapshot_copy", "aws_rds_export_task"} {
		if found := none.resources(kind); len(found) > 0 {
			t.Errorf("%s, and nobody asked for it", found[0].Address)
		}
	}
}

// Asked for by the first region's provider, or with destination_region, the copy would stay in the first region; without the second
// region's key nothing there could open it.
func TestSnapshotsAreCopiedByTheSecondRegionItself(t *testing.T) {
	stack := snapshotStack(t, true, "before-upgrade")
	copied := stack.resource(t, "aws_rds_cluster_snapshot_copy", "snapshots/copy-before-upgrade")
	copied.has(t, "provider", "aws.second")
	copied.lacks(t, "destination_region")
	copied.lacks(t, "presigned_url")
	copied.has(t, "kms_key_id", "arn:aws:kms:eu-central-1:333333333333:key/0")
	snapshot := stack.resource(t, "aws_db_cluster_snapshot", "snapshots/snapshot-before-upgrade")
	copied.has(t, "source_db_cluster_snapshot_identifier", "${"+snapshot.Address+".db_cluster_snapshot_arn}")
	if found := snapshotStack(t, false, "before-upgrade").resources("aws_rds_cluster_snapshot_copy"); len(found) > 0 {
		t.Errorf("%s without a second region", found[0].Address)
	}
}

func TestSnapshotsAreExported(t *testing.T) {
	stack := snapshotStack(t, false, "before-upgrade")
	task := stack.resource(t, "aws_rds_export_task", "snapshots/export-before-upgrade")
	bucket := stack.resource(t, "aws_s3_bucket", "backup/backups/bucket")
	task.refers(t, "s3_bucket_name", bucket)
	task.has(t, "source_arn", "${"+stack.resource(t, "aws_db_cluster_snapshot", "snapshots/snapshot-before-upgrade").Address+".db_cluster_snapshot_arn}")
	role := stack.resource(t, "aws_iam_role", "snapshots/export-role")
	task.refers(t, "iam_role_arn", role)
	trust := policyIn(t, role, "assume_role_policy").statement(t, "Exports")
	trust.has(t, "Principal.Service", "export.rds.amazonaws.com")
	trust.has(t, "Condition.StringEquals", map[string]string{"aws:SourceAccount": "333333333333"})
	write := policyIn(t, stack.resource(t, "aws_iam_role_policy", "snapshots/export-policy"), "policy").statement(t, "WriteExports")
	write.has(t, "Resource", "arn:aws:s3:::titan-prod-backups/exports/*")
	// The provider takes a failed task for a finished one.
	check := Block{"check", mapping(stack.Root, "check", "export-before-upgrade", "assert")}
	check.has(t, "condition", "${"+task.Address+`.status == "COMPLETE"}`)
}

func TestTheClusterIsRestoredEachWeek(t *testing.T) {
	stack := snapshotStack(t, false)
	test := stack.resource(t, "aws_backup_restore_testing_selection", "snapshots/restore-test")
	test.has(t, "protected_resource_type", "Aurora")
	test.refers(t, "protected_resource_arns.0", stack.resource(t, "aws_rds_cluster", "aurora"))
	test.refers(t, "restore_testing_plan_name", stack.resource(t, "aws_backup_restore_testing_plan", "backup/restore-tests"))
	test.has(t, "restore_metadata_overrides", map[string]string{"dbSubnetGroupName": "birthday-db-prod"})
}

// A topic comes with the alarms; environments have none yet.
func TestFailedCopiesAreToldToATopic(t *testing.T) {
	told := snapshotStack(t, false).resource(t, "aws_backup_vault_notifications", "backup/vault-notifications")
	told.has(t, "sns_topic_arn", "arn:aws:sns:eu-west-1:333333333333:alarms")
	if events, _ := told.at("backup_vault_events").([]any); !contains(events, "COPY_JOB_FAILED") {
		t.Errorf("told of %v", events)
	}
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		if found := stack.resources("aws_backup_vault_notifications"); len(found) > 0 {
			t.Errorf("%s without a topic", found[0].Address)
		}
	})
}

func TestTheRealProviderAcceptsSnapshots(t *testing.T) {
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	for _, diagnostic := range validate(t, env, snapshotStack(t, true, "before-upgrade").Text) {
		t.Error(diagnostic)
	}
}
