package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
)

// snapshotted are the stacks of the pair, with two snapshots of production asked for.
func snapshotted(t *testing.T) map[string]Stack {
	t.Helper()
	return alteredByName(t, func(e *environments.Environment) {
		if e.Name == "prod" {
			e.Database.Snapshots = []string{"before-upgrade", "after-upgrade"}
		}
	}, "prod", "prod-dr")
}

// The document's aws_rds_cluster_snapshot does not exist.
func TestSnapshotsAreTakenOnRequest(t *testing.T) {
	asked := snapshotted(t)["prod"]
	for _, name := range []string{"before-upgrade", "after-upgrade"} {
		snapshot := asked.Resource(t, "aws_db_cluster_snapshot", "backup/snapshot-"+name)
		snapshot.WantValue(t, "db_cluster_snapshot_identifier", "birthday-db-prod-"+name)
		snapshot.WantReference(t, "db_cluster_identifier", theDatabase(t, asked))
		// A cluster without instances has nothing to take a snapshot of.
		if depends := synth.List(snapshot.At("depends_on")); !contains(depends,
			asked.Resource(t, "aws_rds_cluster_instance", "database/writer").Address) {
			t.Errorf("%s waits for %v, want the writer among them", snapshot.Address, depends)
		}
	}
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		exported := slices.DeleteFunc(slices.Clone(environment.Database.Snapshots), func(name string) bool {
			return strings.HasPrefix(name, environments.FailbackSnapshot)
		})
		for kind, names := range map[string][]string{
			"aws_db_cluster_snapshot": environment.Database.Snapshots, "aws_rds_export_task": exported,
		} {
			if found := stack.Resources(kind); len(found) != len(names) {
				t.Errorf("%d of %s, and %d are asked for", len(found), kind, len(names))
			}
		}
	})
}

// Asked for in the first region, or with destination_region, the copy would stay in the first region; without the
// second region's key nothing there could open it. An alias would be answered with its key's ARN, and every plan would
// replace the copy (provider#25713).
func TestSnapshotsAreCopiedByTheSecondRegionItself(t *testing.T) {
	stacks := snapshotted(t)
	primary, secondary := stacks["prod"], stacks["prod-dr"]
	for _, name := range []string{"before-upgrade", "after-upgrade"} {
		snapshot := primary.Resource(t, "aws_db_cluster_snapshot", "backup/snapshot-"+name)
		identifier := snapshot.At("db_cluster_snapshot_identifier")
		copied := secondary.Resource(t, "aws_rds_cluster_snapshot_copy", fmt.Sprintf("snapshot-copies/%v", identifier))
		copied.WantValue(t, "source_db_cluster_snapshot_identifier",
			fmt.Sprintf("arn:aws:rds:%s:333333333333:cluster-snapshot:%v", tabled(t, primary.Name).Region, identifier))
		copied.WantValue(t, "target_db_cluster_snapshot_identifier", identifier)
		copied.WantAbsent(t, "destination_region")
		copied.WantAbsent(t, "presigned_url")
		copied.WantReference(t, "kms_key_id", secondary.Resource(t, "aws_kms_key", "encryption/backups_kms"))
		// The database that is made from a copy waits for it.
		if depends := synth.List(theDatabase(t, secondary).At("depends_on")); !contains(depends, copied.Address) {
			t.Errorf("the secondary's database waits for %v, want %s among them", depends, copied.Address)
		}
	}
	if found := primary.Resources("aws_rds_cluster_snapshot_copy"); len(found) > 0 {
		t.Errorf("the primary copies snapshots of its own: %s", found[0].Address)
	}
}

// On the way back it is the primary that is made of its secondary's snapshot.
func TestThePrimaryCopiesItsSecondarysSnapshots(t *testing.T) {
	stacks := alteredByName(t, func(e *environments.Environment) {
		if e.Name == "prod-dr" {
			e.Database.Snapshots = []string{"failback-20260203"}
		}
	}, "prod", "prod-dr")
	snapshot := stacks["prod-dr"].Resource(t, "aws_db_cluster_snapshot", "backup/snapshot-failback-20260203")
	identifier := snapshot.At("db_cluster_snapshot_identifier")
	copied := stacks["prod"].Resource(t, "aws_rds_cluster_snapshot_copy", fmt.Sprintf("snapshot-copies/%v", identifier))
	copied.WantValue(t, "source_db_cluster_snapshot_identifier",
		fmt.Sprintf("arn:aws:rds:eu-central-1:333333333333:cluster-snapshot:%v", identifier))
	copied.WantReference(t, "kms_key_id", stacks["prod"].Resource(t, "aws_kms_key", "encryption/backups_kms"))
}

// Without a secondary nobody would be made of a copy, and none is made.
func TestWithoutASecondaryNoSnapshotIsCopied(t *testing.T) {
	asked := variants(t, "staging", func(e *environments.Environment) {
		e.Database.Snapshots = []string{"before-upgrade"}
	})
	asked["staging"].Resource(t, "aws_db_cluster_snapshot", "backup/snapshot-before-upgrade")
	for name, s := range asked {
		if found := s.Resources("aws_rds_cluster_snapshot_copy"); len(found) > 0 {
			t.Errorf("%s: %s", name, found[0].Address)
		}
	}
}

// prod-dr is made of what it copies from prod: the two files have to name the same snapshot.
func TestTheSecondaryIsMadeOfItsPrimarysSnapshot(t *testing.T) {
	secondary := loadedNamed(t, "prod-dr")
	var copied []string
	for _, one := range stack(t, "prod-dr").Resources("aws_rds_cluster_snapshot_copy") {
		copied = append(copied, fmt.Sprint(one.At("target_db_cluster_snapshot_identifier")))
	}
	if !slices.Contains(copied, secondary.Database.RestoredFrom) {
		t.Errorf("prod-dr copies snapshots %q of prod, want %q among them", copied, secondary.Database.RestoredFrom)
	}
}

func TestSnapshotsAreExported(t *testing.T) {
	stack := snapshotted(t)["prod"]
	task := stack.Resource(t, "aws_rds_export_task", "backup/export-before-upgrade")
	task.WantReference(t, "s3_bucket_name", stack.Resource(t, "aws_s3_bucket", "backup/backups/bucket"))
	task.WantReference(t, "kms_key_id", stack.Resource(t, "aws_kms_key", "encryption/backups_kms"))
	task.WantValue(t, "source_arn",
		"${"+stack.Resource(t, "aws_db_cluster_snapshot", "backup/snapshot-before-upgrade").Address+
			".db_cluster_snapshot_arn}")
	role := stack.Resource(t, "aws_iam_role", "backup/export-role")
	task.WantReference(t, "iam_role_arn", role)
	trust := policyIn(t, role, "assume_role_policy").statement(t, "Exports")
	trust.WantValue(t, "Principal.Service", "export.rds.amazonaws.com")
	trust.WantValue(t, "Condition.StringEquals", map[string]string{"aws:SourceAccount": "333333333333"})
	write := policyIn(t, stack.Resource(t, "aws_iam_role_policy", "backup/export-policy"), "policy").
		statement(t, "WriteExports")
	write.WantValue(t, "Resource", "arn:aws:s3:::"+loadedNamed(t, "prod").Bucket("backups")+"/exports/*")
	// The provider takes a failed task for a finished one.
	check := Block{Address: "check", Body: synth.Object(stack.Root, "check", "export-before-upgrade", "assert")}
	check.WantValue(t, "condition", "${"+task.Address+`.status == "COMPLETE"}`)
}

// Users wait until the apply that takes it is over, and an export would keep them waiting.
func TestASnapshotForTheWayBackIsNotExported(t *testing.T) {
	const name = environments.FailbackSnapshot + "20260203"
	secondary := alteredByName(t, func(e *environments.Environment) {
		if e.Name == "prod-dr" {
			e.Database.Snapshots = []string{name}
		}
	}, "prod-dr")["prod-dr"]
	secondary.Resource(t, "aws_db_cluster_snapshot", "backup/snapshot-"+name)
	if exports := secondary.Resources("aws_rds_export_task"); len(exports) > 0 {
		t.Errorf("it is exported by %s", exports[0].Address)
	}
}

func TestTheClusterIsRestoredEachWeek(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		subnets := map[string]string{"dbSubnetGroupName": "${" + theDatabase(t, stack).Address + ".db_subnet_group_name}"}
		if environment.Standby() { // its primary's copies are, which are the only thing of theirs that is here
			copies := stack.Resource(t, "aws_backup_restore_testing_selection", "backup/restore-test-copy")
			copies.WantValue(t, "protected_resource_type", "Aurora")
			copies.WantValue(t, "protected_resource_arns", []string{"*"})
			plan := stack.Resource(t, "aws_backup_restore_testing_plan", "backup/copy-tests")
			copies.WantReference(t, "restore_testing_plan_name", plan)
			copies.WantValue(t, "restore_metadata_overrides", subnets)
			return
		}
		test := stack.Resource(t, "aws_backup_restore_testing_selection", "backup/restore-test-database")
		test.WantValue(t, "protected_resource_type", "Aurora")
		test.WantReference(t, "protected_resource_arns.0", theDatabase(t, stack))
		test.WantReference(t, "restore_testing_plan_name",
			stack.Resource(t, "aws_backup_restore_testing_plan", "backup/restore-tests"))
		test.WantValue(t, "restore_metadata_overrides", subnets)
	})
}
