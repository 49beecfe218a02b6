package tests

import (
	"testing"

	"github.com/titan-platform/titan/environments"
)

// snapshotted is production with two snapshots asked for, with a second region and without.
func snapshotted(t *testing.T, change func(*environments.Environment)) Stack {
	t.Helper()
	return variant(t, "prod", func(e *environments.Environment) {
		e.Database.Snapshots = []string{"before-upgrade", "after-upgrade"}
		if change != nil {
			change(e)
		}
	})
}

func withoutSecondRegion(e *environments.Environment) { e.SecondRegion = "" }

// The document's aws_rds_cluster_snapshot does not exist.
func TestSnapshotsAreTakenOnRequest(t *testing.T) {
	asked := snapshotted(t, nil)
	for _, name := range []string{"before-upgrade", "after-upgrade"} {
		snapshot := asked.resource(t, "aws_db_cluster_snapshot", "backup/snapshot-"+name)
		snapshot.has(t, "db_cluster_snapshot_identifier", "birthday-db-prod-"+name)
		snapshot.refers(t, "db_cluster_identifier", theDatabase(t, asked))
		// A cluster without instances has nothing to take a snapshot of.
		if depends := list(snapshot.at("depends_on")); !contains(depends, asked.resource(t, "aws_rds_cluster_instance", "database/writer").Address) {
			t.Errorf("%s waits for %v, want the writer among them", snapshot.Address, depends)
		}
	}
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		for _, kind := range []string{"aws_db_cluster_snapshot", "aws_rds_export_task"} {
			if found := stack.resources(kind); len(found) != len(environment.Database.Snapshots) {
				t.Errorf("%d of %s, and %d are asked for", len(found), kind, len(environment.Database.Snapshots))
			}
		}
	})
}

// Asked for by the first region's provider, or with destination_region, the copy would stay in the first region; without the second
// region's key nothing there could open it.
func TestSnapshotsAreCopiedByTheSecondRegionItself(t *testing.T) {
	stack := snapshotted(t, nil)
	copied := stack.resource(t, "aws_rds_cluster_snapshot_copy", "backup/copy-before-upgrade")
	copied.has(t, "provider", "aws.second")
	copied.lacks(t, "destination_region")
	copied.lacks(t, "presigned_url")
	copied.refers(t, "kms_key_id", stack.resource(t, "aws_kms_replica_key", "encryption/second_backups_kms"))
	snapshot := stack.resource(t, "aws_db_cluster_snapshot", "backup/snapshot-before-upgrade")
	copied.has(t, "source_db_cluster_snapshot_identifier", "${"+snapshot.Address+".db_cluster_snapshot_arn}")
	if found := snapshotted(t, withoutSecondRegion).resources("aws_rds_cluster_snapshot_copy"); len(found) > 0 {
		t.Errorf("%s without a second region", found[0].Address)
	}
}

// prod-dr is made of what prod sends to its region: the two files have to name the same snapshot.
func TestTheSecondaryIsMadeOfItsPrimarysSnapshot(t *testing.T) {
	primary, secondary := stack(t, "prod"), environmentOf(t, "prod-dr")
	for _, copied := range primary.resources("aws_rds_cluster_snapshot_copy") {
		if copied.at("target_db_cluster_snapshot_identifier") == secondary.Database.RestoredFrom {
			return
		}
	}
	t.Errorf("prod copies no snapshot %q", secondary.Database.RestoredFrom)
}

func TestSnapshotsAreExported(t *testing.T) {
	stack := snapshotted(t, nil)
	task := stack.resource(t, "aws_rds_export_task", "backup/export-before-upgrade")
	task.refers(t, "s3_bucket_name", stack.resource(t, "aws_s3_bucket", "backup/backups/bucket"))
	task.refers(t, "kms_key_id", stack.resource(t, "aws_kms_key", "encryption/backups_kms"))
	task.has(t, "source_arn", "${"+stack.resource(t, "aws_db_cluster_snapshot", "backup/snapshot-before-upgrade").Address+".db_cluster_snapshot_arn}")
	role := stack.resource(t, "aws_iam_role", "backup/export-role")
	task.refers(t, "iam_role_arn", role)
	trust := policyIn(t, role, "assume_role_policy").statement(t, "Exports")
	trust.has(t, "Principal.Service", "export.rds.amazonaws.com")
	trust.has(t, "Condition.StringEquals", map[string]string{"aws:SourceAccount": "333333333333"})
	write := policyIn(t, stack.resource(t, "aws_iam_role_policy", "backup/export-policy"), "policy").statement(t, "WriteExports")
	write.has(t, "Resource", "arn:aws:s3:::"+environmentOf(t, "prod").Bucket("backups")+"/exports/*")
	// The provider takes a failed task for a finished one.
	check := Block{"check", mapping(stack.Root, "check", "export-before-upgrade", "assert")}
	check.has(t, "condition", "${"+task.Address+`.status == "COMPLETE"}`)
}

func TestTheClusterIsRestoredEachWeek(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		test := stack.resource(t, "aws_backup_restore_testing_selection", "backup/restore-test-database")
		test.has(t, "protected_resource_type", "Aurora")
		test.refers(t, "protected_resource_arns.0", theDatabase(t, stack))
		test.refers(t, "restore_testing_plan_name", stack.resource(t, "aws_backup_restore_testing_plan", "backup/restore-tests"))
		test.has(t, "restore_metadata_overrides", map[string]string{"dbSubnetGroupName": "${" + theDatabase(t, stack).Address + ".db_subnet_group_name}"})
	})
}
