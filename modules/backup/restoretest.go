package backup

import (
	"strings"

	"github.com/aws/jsii-runtime-go"
	testingplan "github.com/cdktf/cdktf-provider-aws-go/aws/v19/backuprestoretestingplan"
	testingselection "github.com/cdktf/cdktf-provider-aws-go/aws/v19/backuprestoretestingselection"

	"github.com/titan-platform/titan/modules/bucket"
)

// restoreTests has AWS Backup restore the latest backups each week, into resources of their own that it deletes again,
// and returns the ARNs of the tests' plans. The logs are left out: restoring all of them would cost more than it shows.
func (b *backup) restoreTests(own vault, backups bucket.Output) []string {
	restorer := b.serviceRole("restore-test-role", b.Name+"-restore-test",
		"AWS Backup restores backups of "+b.Name+" to test them",
		"service-role/AWSBackupServiceRolePolicyForRestores", "AWSBackupServiceRolePolicyForS3Restore")
	tests, arn := b.restorePlan("restore-tests", "restore_tests", own.arn, restorer)
	plans := []string{arn}
	b.restoreTest("restore-test-bucket", tests, "S3", restorer.arn, backups.ARN, nil)
	// AWS Backup would restore into the default VPC, which an account may not have; the VPC's
	// default group lets nobody in.
	subnets := &map[string]*string{"dbSubnetGroupName": jsii.String(b.Database.SubnetGroupName)}
	// This shows that Aurora's storage is restored: AWS Backup makes a cluster without an instance (AWS Backup Developer
	// Guide, 'Restoring an Aurora cluster').
	if !b.Standby {
		b.restoreTest("restore-test-database", tests, "Aurora", restorer.arn, b.Database.ARN, subnets)
	}
	if b.PrimaryVault != "" {
		copies, arn := b.restorePlan("copy-tests", "copy_tests", b.ARN("backup", "backup-vault:"+b.PrimaryVault), restorer)
		b.restoreTest("restore-test-copy", copies, "Aurora", restorer.arn, "*", subnets) // there is nothing else in it
		plans = append(plans, arn)
	}
	return plans
}

// restorePlan declares the plan of the restore tests of a vault, and returns its name and ARN.
func (b *backup) restorePlan(id, name, vaultARN string, restorer serviceRole) (planName, arn string) {
	plan := testingplan.NewBackupRestoreTestingPlan(b.scope, jsii.String(id), &testingplan.BackupRestoreTestingPlanConfig{
		Name:               jsii.String(b.underscored(name)),
		ScheduleExpression: jsii.String("cron(0 6 ? * SUN *)"),
		StartWindowHours:   jsii.Number(4),
		RecoveryPointSelection: []testingplan.BackupRestoreTestingPlanRecoveryPointSelection{{
			Algorithm:           jsii.String("LATEST_WITHIN_WINDOW"),
			IncludeVaults:       jsii.Strings(vaultARN),
			RecoveryPointTypes:  jsii.Strings("CONTINUOUS", "SNAPSHOT"),
			SelectionWindowDays: jsii.Number(7),
		}},
		DependsOn: &restorer.ready,
	})
	return *plan.Name(), *plan.Arn()
}

// restoreTest adds one resource to a plan of restore tests.
func (b *backup) restoreTest(id, plan, kind, role, arn string, overrides *map[string]*string) {
	testingselection.NewBackupRestoreTestingSelection(b.scope, jsii.String(id),
		&testingselection.BackupRestoreTestingSelectionConfig{
			Name:                     jsii.String(b.underscored(strings.TrimPrefix(id, "restore-test-"))),
			RestoreTestingPlanName:   jsii.String(plan),
			ProtectedResourceType:    jsii.String(kind),
			ProtectedResourceArns:    jsii.Strings(arn),
			IamRoleArn:               jsii.String(role),
			RestoreMetadataOverrides: overrides,
			ValidationWindowHours:    jsii.Number(1), // it is deleted after that
			// The provider does not repeat the call for a role that AWS Backup does not know yet (docs/firstapply.md): while the
			// database is made, it gets to know it.
			DependsOn: &b.Database.Ready,
		})
}
