package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// The document's bucket has no versioning, no encryption, no lifecycle and no replica.
func TestLogsAndBackupsAgeAsTheFileSays(t *testing.T) {
	// S3 replicates no lifecycle: replicas age by rules of their own.
	for _, kind := range []order.Kind{order.Environment, order.Second} {
		eachOf(t, kind, func(t *testing.T, environment environments.Environment, stack Stack) {
			for _, id := range []string{"logs", "backups"} {
				stack.Resource(t, "aws_s3_bucket", "backup/"+id+"/bucket").WantValue(t, "force_destroy", !environment.Protected())
				stack.Resource(t, "aws_s3_bucket_versioning", "backup/"+id+"/versioning").
					WantValue(t, "versioning_configuration.status", "Enabled")
				stack.Resource(t, "aws_s3_bucket_server_side_encryption_configuration", "backup/"+id+"/encryption").
					WantValue(t, "rule.0.apply_server_side_encryption_by_default.sse_algorithm", "aws:kms")
				lifecycle := stack.Resource(t, "aws_s3_bucket_lifecycle_configuration", "backup/"+id+"/lifecycle")
				lifecycle.WantValue(t, "rule.0.noncurrent_version_expiration.0.noncurrent_days", 30)
				lifecycle.WantValue(t, "rule.0.abort_incomplete_multipart_upload.0.days_after_initiation", 7)
				lifecycle.WantValue(t, "rule.1.transition", []map[string]any{
					{"days": environment.Backup.InstantDays, "storage_class": "GLACIER_IR"},
					{"days": environment.Backup.FlexibleDays, "storage_class": "GLACIER"},
				})
				lifecycle.WantValue(t, "rule.1.expiration", []map[string]any{{"days": environment.Backup.ExpireDays}})
			}
		})
	}
}

func TestLogsAndBackupsAreReplicatedUnderTheSecondRegionsKeys(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, home Stack) {
		if environment.SecondRegion == "" {
			if found := home.Resources(replication); len(found) > 0 {
				t.Errorf("%s without a second region", found[0].Address)
			}
			return
		}
		second := stackOf(t, environment, order.Second)
		for id, key := range map[string]string{"logs": "encryption/data_kms", "backups": "encryption/backups_kms"} {
			replica := second.Resource(t, "aws_s3_bucket", "backup/"+id+"/bucket")
			replica.WantValue(t, "bucket", environment.SecondBucket(id))
			encrypts := second.Resource(t, "aws_kms_key", key)
			second.Resource(t, "aws_s3_bucket_server_side_encryption_configuration", "backup/"+id+"/encryption").
				WantReference(t, "rule.0.apply_server_side_encryption_by_default.kms_master_key_id", encrypts)
			alias := second.Resource(t, "aws_kms_alias", key+"_alias")
			alias.WantReference(t, "target_key_id", encrypts)

			rule := home.Resource(t, replication, "backup/"+id+"-replication/configuration")
			rule.WantReference(t, "bucket", home.Resource(t, "aws_s3_bucket", "backup/"+id+"/bucket"))
			rule.WantValue(t, "rule.0.destination.bucket", fmt.Sprintf("arn:aws:s3:::%s", replica.At("bucket")))
			rule.WantValue(t, "rule.0.destination.encryption_configuration.replica_kms_key_id",
				fmt.Sprintf("arn:aws:kms:%s:%s:%s", tabled(t, second.Name).Region, environment.Account.ID, alias.At("name")))
			rule.WantValue(t, "rule.0.source_selection_criteria.sse_kms_encrypted_objects.status", "Enabled")
			rule.WantValue(t, "rule.0.delete_marker_replication.status", "Enabled")
		}
		// S3 takes no rule to a bucket that is not there, or keeps no versions.
		if after := tabled(t, home.Name).After; !slices.Contains(after, second.Name) {
			t.Errorf("%s comes after %v, want %s among them", home.Name, after, second.Name)
		}
	})
}

const replication = "aws_s3_bucket_replication_configuration"

// CloudWatch Logs hands over gzip: compressed again, a file has to be unpacked twice.
func TestApplicationLogsReachTheLogsBucketCompressedOnce(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		stream := stack.Resource(t, "aws_kinesis_firehose_delivery_stream", "backup/delivery")
		stream.WantValue(t, "extended_s3_configuration.compression_format", "UNCOMPRESSED")
		stream.WantValue(t, "extended_s3_configuration.file_extension", ".gz")
		stream.WantValue(t, "server_side_encryption.key_type", "CUSTOMER_MANAGED_CMK")
		stream.WantReference(t, "extended_s3_configuration.kms_key_arn",
			stack.Resource(t, "aws_kms_key", "encryption/logs_kms"))
		stream.WantReference(t, "extended_s3_configuration.cloudwatch_logging_options.log_group_name",
			stack.Resource(t, "aws_cloudwatch_log_group", "backup/delivery-failures"))
		if prefix, _ := stream.At("extended_s3_configuration.error_output_prefix").(string); !strings.HasPrefix(prefix,
			"errors/") {
			t.Errorf("failed records go to %q, among the good ones", prefix)
		}
		filter := stack.Resource(t, "aws_cloudwatch_log_subscription_filter", "backup/subscription")
		filter.WantReference(t, "destination_arn", stream)
		filter.WantValue(t, "filter_pattern", "")
		group := stack.Resource(t, "aws_cloudwatch_log_group", "cluster/insights-application")
		group.WantValue(t, "name", "/aws/containerinsights/"+environment.ClusterName()+"/application")
		filter.WantReference(t, "log_group_name", group)
	})
}

// A service that acts by a role of ours must act for this account.
func TestServicesOfBackupsActForThisAccountAlone(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		found := 0
		for _, role := range stack.Resources("aws_iam_role") {
			for _, statement := range policyIn(t, role, "assume_role_policy").Statements {
				service := statement.At("Principal.Service") // S3's replication is trusted without a condition, see modules/bucket
				if !strings.HasPrefix(role.Address, "aws_iam_role.backup_") || service == nil || service == "s3.amazonaws.com" {
					continue
				}
				found++
				if conditions := synth.Text(statement.At("Condition")); !strings.Contains(conditions, environment.Account.ID) {
					t.Errorf("%s may be assumed for any account: %s", role.Address, conditions)
				}
			}
		}
		if found < 4 {
			t.Errorf("%d roles of services", found)
		}
	})
}

// Continuous backup of Aurora would take over RDS's own retention, and Terraform would fight it (provider#33465).
func TestAuroraIsBackedUpDailyAndCopiedAndNeverContinuously(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if environment.Standby() {
			return // TestAStandbyBacksUpNothing
		}
		daily := stack.Resource(t, "aws_backup_plan", "backup/daily")
		daily.WantAbsent(t, "rule.0.enable_continuous_backup")
		daily.WantValue(t, "rule.0.lifecycle", map[string]any{"delete_after": environment.Backup.RetentionDays}) // Aurora has no cold storage
		if environment.SecondRegion == "" {
			daily.WantAbsent(t, "rule.0.copy_action")
		} else {
			second := stackOf(t, environment, order.Second)
			copies := second.Resource(t, "aws_backup_vault", "backup/vault")
			copies.WantReference(t, "kms_key_arn", second.Resource(t, "aws_kms_key", "encryption/backups_kms"))
			daily.WantValue(t, "rule.0.copy_action.0.destination_vault_arn", fmt.Sprintf("arn:aws:backup:%s:%s:backup-vault:%s",
				tabled(t, second.Name).Region, environment.Account.ID, copies.At("name")))
			daily.WantValue(t, "rule.0.copy_action.0.lifecycle", map[string]any{"delete_after": environment.Backup.CopyDays})
		}
		selection := stack.Resource(t, "aws_backup_selection", "backup/daily-selection")
		selection.WantReference(t, "plan_id", daily)
		selection.WantReference(t, "resources.0", theDatabase(t, stack))
		selection.WantValue(t, "resources.1",
			fmt.Sprintf("arn:aws:rds:%s:%s:cluster:*", environment.Region, environment.Account.ID))
		selection.WantValue(t, "condition.0.string_equals", []map[string]string{{
			"key":   "aws:ResourceTag/environment",
			"value": environment.Name,
		}})
	})
}

func TestContinuousBackupIsForBucketsAlone(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		plan := stack.Resource(t, "aws_backup_plan", "backup/continuous")
		plan.WantValue(t, "rule.0.enable_continuous_backup", true)
		if days, _ := plan.At("rule.0.lifecycle.delete_after").(float64); days < 1 || days > 35 {
			t.Errorf("kept for %v days; AWS takes 1 to 35 of a continuous backup", days)
		}
		selection := stack.Resource(t, "aws_backup_selection", "backup/continuous-selection")
		selection.WantReference(t, "plan_id", plan)
		for i, id := range []string{"logs", "backups"} {
			selection.WantReference(t, fmt.Sprintf("resources.%d", i),
				stack.Resource(t, "aws_s3_bucket", "backup/"+id+"/bucket"))
			stack.Resource(t, "aws_s3_bucket_notification", "backup/"+id+"/events").WantValue(t, "eventbridge", true)
		}
		if resources, _ := selection.At("resources").([]any); len(resources) != 2 {
			t.Errorf("selected: %v", resources)
		}
	})
}

// A rule whose retention is below its vault's minimum makes every job of it fail, and nothing says so
// before the first night.
func TestNoRuleKeepsLessThanItsVaultsLockDemands(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		locks := stack.Resources("aws_backup_vault_lock_configuration")
		var second Stack
		if environment.SecondRegion != "" {
			second = stackOf(t, environment, order.Second)
			locks = append(locks, second.Resources("aws_backup_vault_lock_configuration")...)
		}
		if environment.Backup.VaultLock == environments.VaultLockNone {
			if len(locks) > 0 {
				t.Errorf("%s, and the file says none", locks[0].Address)
			}
			return
		}
		lock := stack.Resource(t, "aws_backup_vault_lock_configuration", "backup/vault-lock")
		least, _ := lock.At("min_retention_days").(float64)
		for _, plan := range stack.Resources("aws_backup_plan") {
			if days, _ := plan.At("rule.0.lifecycle.delete_after").(float64); least == 0 || days < least {
				t.Errorf("%s keeps %v days, the lock demands %v", plan.Address, days, least)
			}
		}
		second.Resource(t, "aws_backup_vault_lock_configuration", "backup/vault-lock").
			WantValue(t, "min_retention_days", environment.Backup.CopyDays)
		for _, lock := range locks {
			lock.WantAbsent(t, "changeable_for_days") // that would be compliance mode
			lock.WantAbsent(t, "max_retention_days")
		}
	})
}

// Compliance mode is in no committed file, so one is made here; its retention is above what a
// continuous backup can have.
func TestComplianceModeHasAGraceTime(t *testing.T) {
	stacks := variants(t, "prod", func(e *environments.Environment) {
		e.Backup.VaultLock, e.Backup.RetentionDays, e.Backup.CopyDays = environments.VaultLockCompliance, 400, 90
	})
	for name, days := range map[string]int{"prod": 35, "prod.second": 90} {
		lock := stacks[name].Resource(t, "aws_backup_vault_lock_configuration", "backup/vault-lock")
		lock.WantValue(t, "changeable_for_days", 7)
		lock.WantValue(t, "min_retention_days", days)
	}
}

func TestVaultsKeepWhatTheyHoldAsTheFileSays(t *testing.T) {
	for _, kind := range []order.Kind{order.Environment, order.Second} {
		eachOf(t, kind, vaultKeepsWhatItHolds)
	}
}

func vaultKeepsWhatItHolds(t *testing.T, environment environments.Environment, stack Stack) {
	vaults, policies := stack.Resources("aws_backup_vault"), stack.Resources("aws_backup_vault_policy")
	if len(vaults) != 1 {
		t.Errorf("%d vaults, want one", len(vaults))
	}
	for _, vault := range vaults {
		vault.WantValue(t, "force_destroy", !environment.Protected())
	}
	if !environment.Protected() {
		if len(policies) > 0 {
			t.Errorf("%s in an environment without protection: it could not be destroyed", policies[0].Address)
		}
		return
	}
	if len(policies) != len(vaults) {
		t.Errorf("%d policies of %d vaults", len(policies), len(vaults))
	}
	for _, block := range policies {
		deny := policyIn(t, block, "policy").statement(t, "KeepRecoveryPoints")
		deny.WantValue(t, "Effect", "Deny")
		deny.WantValue(t, "Principal.AWS", "*")
		if !contains(synth.List(deny.At("Action")), "backup:DeleteRecoveryPoint") {
			t.Errorf("%s does not keep recovery points", block.Address)
		}
	}
}

// An account has AWS Backup's opt-in once a region: two environments that set it would undo each other's.
func TestOptInIsTheAccounts(t *testing.T) {
	for _, one := range order.All(loaded) {
		settings := stack(t, one.Name).Resources("aws_backup_region_settings")
		want := 0
		if one.Kind == order.Account {
			want = 1
		}
		if len(settings) != want {
			t.Errorf("%s has %d of them, want %d", one.Name, len(settings), want)
		}
		for _, setting := range settings {
			setting.WantValue(t, "resource_type_opt_in_preference", map[string]bool{"Aurora": true, "S3": true})
			ignored, _ := setting.At("lifecycle.ignore_changes").([]any)
			for _, kind := range []string{"EFS", "Storage Gateway", "VirtualMachine"} {
				if !slices.Contains(ignored, any(fmt.Sprintf("resource_type_opt_in_preference[%q]", kind))) {
					t.Errorf("%s would turn over what the account has for %s", setting.Address, kind)
				}
			}
		}
	}
}

func TestBackupsAreRestoredEachWeek(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		plan := stack.Resource(t, "aws_backup_restore_testing_plan", "backup/restore-tests")
		plan.WantReference(t, "recovery_point_selection.0.include_vaults.0",
			stack.Resource(t, "aws_backup_vault", "backup/vault"))
		test := stack.Resource(t, "aws_backup_restore_testing_selection", "backup/restore-test-bucket")
		test.WantReference(t, "protected_resource_arns.0", stack.Resource(t, "aws_s3_bucket", "backup/backups/bucket"))
		restorer := stack.Resource(t, "aws_iam_role", "backup/restore-test-role")
		test.WantReference(t, "iam_role_arn", restorer)
		for _, attached := range stack.Resources("aws_iam_role_policy_attachment") {
			role, _ := attached.At("role").(string)
			if policy, _ := attached.At("policy_arn").(string); strings.Contains(policy, "Restore") != strings.Contains(role,
				restorer.Address+".") {
				t.Errorf("%s gives %s to %s", attached.Address, policy, role)
			}
		}
	})
}
