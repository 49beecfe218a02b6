package backup

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/backuprestoretestingplan"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/backuprestoretestingselection"

	"github.com/titan-platform/titan/modules/bucket"
)

// restoreTests has AWS Backup restore the latest backups each week, into resources of their own that it deletes again. The logs are left out:
// restoring all of them would cost more than it shows.
func (b *backup) restoreTests(source vault, backups bucket.Output) {
	restorer := b.serviceRole("restore-test-role", b.Name+"-restore-test", "AWS Backup restores backups of "+b.Name+" to test them",
		"service-role/AWSBackupServiceRolePolicyForRestores", "AWSBackupServiceRolePolicyForS3Restore")
	tests := backuprestoretestingplan.NewBackupRestoreTestingPlan(b.scope, jsii.String("restore-tests"), &backuprestoretestingplan.BackupRestoreTestingPlanConfig{
		Name:               jsii.String(b.underscored("restore_tests")),
		ScheduleExpression: jsii.String("cron(0 6 ? * SUN *)"),
		StartWindowHours:   jsii.Number(4),
		RecoveryPointSelection: []backuprestoretestingplan.BackupRestoreTestingPlanRecoveryPointSelection{{
			Algorithm:           jsii.String("LATEST_WITHIN_WINDOW"),
			IncludeVaults:       jsii.Strings(source.arn),
			RecoveryPointTypes:  jsii.Strings("CONTINUOUS", "SNAPSHOT"),
			SelectionWindowDays: jsii.Number(7),
		}},
		DependsOn: &restorer.ready,
	})
	b.restoreTest("restore-test-bucket", *tests.Name(), "S3", restorer.arn, backups.ARN, nil)
	// AWS Backup would restore into the default VPC, which an account may not have; the VPC's default group lets nobody in.
	b.restoreTest("restore-test-database", *tests.Name(), "Aurora", restorer.arn, b.Database.ARN,
		&map[string]*string{"dbSubnetGroupName": jsii.String(b.Database.SubnetGroupName)})
}

// restoreTest adds one resource to a plan of restore tests.
func (b *backup) restoreTest(id, plan, kind, role, arn string, overrides *map[string]*string) {
	backuprestoretestingselection.NewBackupRestoreTestingSelection(b.scope, jsii.String(id), &backuprestoretestingselection.BackupRestoreTestingSelectionConfig{
		Name:                     jsii.String(b.underscored(kind)),
		RestoreTestingPlanName:   jsii.String(plan),
		ProtectedResourceType:    jsii.String(kind),
		ProtectedResourceArns:    jsii.Strings(arn),
		IamRoleArn:               jsii.String(role),
		RestoreMetadataOverrides: overrides,
		ValidationWindowHours:    jsii.Number(1), // it is deleted after that
	})
}
