package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// The document's bucket has no versioning, no encryption, no lifecycle and no replica.
func TestLogsAndBackupsAgeAsTheFileSays(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		buckets := []string{"logs", "backups"}
		if environment.SecondRegion != "" {
			buckets = append(buckets, "logs-replica", "backups-replica")
		}
		for _, id := range buckets {
			stack.resource(t, "aws_s3_bucket", "backup/"+id+"/bucket").has(t, "force_destroy", !environment.Protected())
			stack.resource(t, "aws_s3_bucket_versioning", "backup/"+id+"/versioning").has(t, "versioning_configuration.status", "Enabled")
			stack.resource(t, "aws_s3_bucket_server_side_encryption_configuration", "backup/"+id+"/encryption").
				has(t, "rule.0.apply_server_side_encryption_by_default.sse_algorithm", "aws:kms")
			lifecycle := stack.resource(t, "aws_s3_bucket_lifecycle_configuration", "backup/"+id+"/lifecycle")
			lifecycle.has(t, "rule.0.noncurrent_version_expiration.0.noncurrent_days", 30)
			lifecycle.has(t, "rule.0.abort_incomplete_multipart_upload.0.days_after_initiation", 7)
			lifecycle.has(t, "rule.1.transition", []map[string]any{
				{"days": environment.Backup.InstantDays, "storage_class": "GLACIER_IR"},
				{"days": environment.Backup.FlexibleDays, "storage_class": "GLACIER"},
			})
			lifecycle.has(t, "rule.1.expiration", []map[string]any{{"days": environment.Backup.ExpireDays}})
		}
	})
}

func TestLogsAndBackupsAreReplicatedUnderTheSecondRegionsKeys(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if environment.SecondRegion == "" {
			if found := stack.resources("aws_s3_bucket_replication_configuration"); len(found) > 0 {
				t.Errorf("%s without a second region", found[0].Address)
			}
			return
		}
		for id, key := range map[string]Block{
			"logs":    stack.resource(t, "aws_kms_key", "encryption/second_data_kms"),
			"backups": stack.resource(t, "aws_kms_replica_key", "encryption/second_backups_kms"),
		} {
			replica := stack.resource(t, "aws_s3_bucket", "backup/"+id+"-replica/bucket")
			replica.has(t, "provider", "aws.second")
			replica.has(t, "bucket", environment.SecondBucket(id))
			rule := stack.resource(t, "aws_s3_bucket_replication_configuration", "backup/"+id+"-replication/configuration")
			rule.refers(t, "bucket", stack.resource(t, "aws_s3_bucket", "backup/"+id+"/bucket"))
			rule.refers(t, "rule.0.destination.bucket", replica)
			rule.refers(t, "rule.0.destination.encryption_configuration.replica_kms_key_id", key)
			rule.has(t, "rule.0.source_selection_criteria.sse_kms_encrypted_objects.status", "Enabled")
			rule.has(t, "rule.0.delete_marker_replication.status", "Enabled")
		}
	})
}

const replication = "aws_s3_bucket_replication_configuration"

// writers are the buckets of all stacks, and who writes to each: the resource that says so, by its type, path and attribute, or in words who
// needs none.
var writers = map[string]struct{ writer, kind, path, attribute string }{
	"state/bucket":                     {writer: "Terraform, by the backend of <env>"},
	"replica/bucket":                   {"S3", replication, "replication/configuration", "rule.0.destination.bucket"},
	"access-logs/bucket":               {"S3; and the load balancer, by the bucket's name", "aws_s3_bucket_logging", "state/access-logs", "target_bucket"},
	"second-access-logs/bucket":        {"S3", "aws_s3_bucket_logging", "replica/access-logs", "target_bucket"},
	"edge/static/bucket":               {"Terraform, and builds of the application", "aws_s3_object", "edge/maintenance-page", "bucket"},
	"edge/static-replica/bucket":       {"S3", replication, "edge/static-replication/configuration", "rule.0.destination.bucket"},
	"delivery/artifacts/bucket":        {writer: "CodePipeline, by its name"}, // TestArtifactsAreKeptWhereThePipelineActs
	"delivery/second_artifacts/bucket": {writer: "CodePipeline, by its name"},
	"backup/logs/bucket":               {"Firehose, with application logs", "aws_kinesis_firehose_delivery_stream", "backup/delivery", "extended_s3_configuration.bucket_arn"},
	"backup/logs-replica/bucket":       {"S3", replication, "backup/logs-replication/configuration", "rule.0.destination.bucket"},
	"backup/backups/bucket":            {writer: "RDS, with exports of what database.snapshots names"}, // TestSnapshotsAreExported
	"backup/backups-replica/bucket":    {"S3", replication, "backup/backups-replication/configuration", "rule.0.destination.bucket"},
}

func TestEveryBucketHasAWriter(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range stackNames() {
		named := map[string]bool{}
		for path, w := range writers {
			bucket, ok := stack(t, name).maybe("aws_s3_bucket", path)
			if !ok {
				continue
			}
			seen[path], named[bucket.Address] = true, true
			if w.kind != "" {
				stack(t, name).resource(t, w.kind, w.path).refers(t, w.attribute, bucket)
			}
		}
		for _, bucket := range stack(t, name).resources("aws_s3_bucket") {
			if !named[bucket.Address] {
				t.Errorf("%s: nobody is known to write to %s; add its writer to the table, or take it out", name, bucket.Address)
			}
		}
	}
	for path := range writers {
		if !seen[path] {
			t.Errorf("%s is in the table and in no stack", path)
		}
	}
}

// The load balancer writes by the name of a bucket that another stack makes.
func TestTheLoadBalancerLogsToItsRegionsBucket(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, deployed Stack) {
		name := stack(t, environment.Name+"-bootstrap").resource(t, "aws_s3_bucket", "access-logs/bucket").at("bucket")
		for _, attribute := range []string{"access_logs.bucket", "connection_logs.bucket"} {
			deployed.resource(t, "aws_lb", "loadbalancer/alb").has(t, attribute, name)
		}
	})
}

// Every bucket but those of access logs themselves says who read and wrote it.
func TestEveryBucketIsLogged(t *testing.T) {
	for _, name := range stackNames() {
		logged := map[string]bool{}
		for _, logging := range stack(t, name).resources("aws_s3_bucket_logging") {
			logged[text(logging.at("bucket"))] = true
		}
		for _, bucket := range stack(t, name).resources("aws_s3_bucket") {
			if strings.Contains(bucket.Address, "access-logs") {
				continue
			}
			if !logged[text("${"+bucket.Address+".id}")] {
				t.Errorf("%s: %s is not logged", name, bucket.Address)
			}
		}
	}
}

// CloudWatch Logs hands over gzip: compressed again, a file has to be unpacked twice.
func TestApplicationLogsReachTheLogsBucketCompressedOnce(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		stream := stack.resource(t, "aws_kinesis_firehose_delivery_stream", "backup/delivery")
		stream.has(t, "extended_s3_configuration.compression_format", "UNCOMPRESSED")
		stream.has(t, "extended_s3_configuration.file_extension", ".gz")
		stream.has(t, "server_side_encryption.key_type", "CUSTOMER_MANAGED_CMK")
		stream.refers(t, "extended_s3_configuration.kms_key_arn", stack.resource(t, "aws_kms_key", "encryption/logs_kms"))
		stream.refers(t, "extended_s3_configuration.cloudwatch_logging_options.log_group_name", stack.resource(t, "aws_cloudwatch_log_group", "backup/delivery-failures"))
		if prefix, _ := stream.at("extended_s3_configuration.error_output_prefix").(string); !strings.HasPrefix(prefix, "errors/") {
			t.Errorf("failed records go to %q, among the good ones", prefix)
		}
		filter := stack.resource(t, "aws_cloudwatch_log_subscription_filter", "backup/subscription")
		filter.refers(t, "destination_arn", stream)
		filter.has(t, "filter_pattern", "")
		group := stack.resource(t, "aws_cloudwatch_log_group", "cluster/insights-application")
		group.has(t, "name", "/aws/containerinsights/"+environment.ClusterName()+"/application")
		filter.refers(t, "log_group_name", group)
	})
}

// A service that acts by a role of ours must act for this account.
func TestServicesOfBackupsActForThisAccountAlone(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		found := 0
		for _, role := range stack.resources("aws_iam_role") {
			for _, statement := range policyIn(t, role, "assume_role_policy").Statements {
				service := statement.at("Principal.Service") // S3's replication is trusted without a condition, see modules/bucket
				if !strings.HasPrefix(role.Address, "aws_iam_role.backup_") || service == nil || service == "s3.amazonaws.com" {
					continue
				}
				found++
				if conditions := text(statement.at("Condition")); !strings.Contains(conditions, environment.Account.ID) {
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
		daily := stack.resource(t, "aws_backup_plan", "backup/daily")
		daily.lacks(t, "rule.0.enable_continuous_backup")
		daily.has(t, "rule.0.lifecycle", map[string]any{"delete_after": environment.Backup.RetentionDays}) // Aurora has no cold storage
		if environment.SecondRegion == "" {
			daily.lacks(t, "rule.0.copy_action")
		} else {
			copies := stack.resource(t, "aws_backup_vault", "backup/copies")
			copies.has(t, "provider", "aws.second")
			copies.refers(t, "kms_key_arn", stack.resource(t, "aws_kms_replica_key", "encryption/second_backups_kms"))
			daily.refers(t, "rule.0.copy_action.0.destination_vault_arn", copies)
			daily.has(t, "rule.0.copy_action.0.lifecycle", map[string]any{"delete_after": environment.Backup.CopyDays})
		}
		selection := stack.resource(t, "aws_backup_selection", "backup/daily-selection")
		selection.refers(t, "plan_id", daily)
		selection.refers(t, "resources.0", theDatabase(t, stack))
		selection.has(t, "resources.1", fmt.Sprintf("arn:aws:rds:%s:%s:cluster:*", environment.Region, environment.Account.ID))
		selection.has(t, "condition.0.string_equals", []map[string]string{{"key": "aws:ResourceTag/environment", "value": environment.Name}})
	})
}

func TestContinuousBackupIsForBucketsAlone(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		plan := stack.resource(t, "aws_backup_plan", "backup/continuous")
		plan.has(t, "rule.0.enable_continuous_backup", true)
		if days, _ := plan.at("rule.0.lifecycle.delete_after").(float64); days < 1 || days > 35 {
			t.Errorf("kept for %v days; AWS takes 1 to 35 of a continuous backup", days)
		}
		selection := stack.resource(t, "aws_backup_selection", "backup/continuous-selection")
		selection.refers(t, "plan_id", plan)
		for i, id := range []string{"logs", "backups"} {
			selection.refers(t, fmt.Sprintf("resources.%d", i), stack.resource(t, "aws_s3_bucket", "backup/"+id+"/bucket"))
			stack.resource(t, "aws_s3_bucket_notification", "backup/"+id+"/events").has(t, "eventbridge", true)
		}
		if resources, _ := selection.at("resources").([]any); len(resources) != 2 {
			t.Errorf("selected: %v", resources)
		}
	})
}

// A rule whose retention is below its vault's minimum makes every job of it fail, and nothing says so before the first night.
func TestNoRuleKeepsLessThanItsVaultsLockDemands(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		locks := stack.resources("aws_backup_vault_lock_configuration")
		if environment.Backup.VaultLock == environments.VaultLockNone {
			if len(locks) > 0 {
				t.Errorf("%s, and the file says none", locks[0].Address)
			}
			return
		}
		lock := stack.resource(t, "aws_backup_vault_lock_configuration", "backup/vault-lock")
		least, _ := lock.at("min_retention_days").(float64)
		for _, plan := range stack.resources("aws_backup_plan") {
			if days, _ := plan.at("rule.0.lifecycle.delete_after").(float64); least == 0 || days < least {
				t.Errorf("%s keeps %v days, the lock demands %v", plan.Address, days, least)
			}
		}
		copies := stack.resource(t, "aws_backup_vault_lock_configuration", "backup/copies-lock")
		copies.has(t, "min_retention_days", environment.Backup.CopyDays)
		for _, lock := range locks {
			lock.lacks(t, "changeable_for_days") // that would be compliance mode
			lock.lacks(t, "max_retention_days")
		}
	})
}

// Compliance mode is in no committed file, so one is made here; its retention is above what a continuous backup can have.
func TestComplianceModeHasAGraceTime(t *testing.T) {
	environment := environmentOf(t, "prod")
	environment.Backup.VaultLock, environment.Backup.RetentionDays, environment.Backup.CopyDays = environments.VaultLockCompliance, 400, 90
	stacks, err := synthesize([]environments.Environment{environment})
	if err != nil {
		t.Fatal(err)
	}
	lock := stacks["prod"].resource(t, "aws_backup_vault_lock_configuration", "backup/vault-lock")
	lock.has(t, "changeable_for_days", 7)
	lock.has(t, "min_retention_days", 35)
	stacks["prod"].resource(t, "aws_backup_vault_lock_configuration", "backup/copies-lock").has(t, "min_retention_days", 90)
}

func TestVaultsKeepWhatTheyHoldAsTheFileSays(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		vaults, policies := stack.resources("aws_backup_vault"), stack.resources("aws_backup_vault_policy")
		for _, vault := range vaults {
			vault.has(t, "force_destroy", !environment.Protected())
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
			deny.has(t, "Effect", "Deny")
			deny.has(t, "Principal.AWS", "*")
			if !contains(list(deny.at("Action")), "backup:DeleteRecoveryPoint") {
				t.Errorf("%s does not keep recovery points", block.Address)
			}
		}
	})
}

// An account has AWS Backup's opt-in once a region: two environments that set it would undo each other's.
func TestOptInIsTheAccountOwnersInBothRegions(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		settings := stack.resources("aws_backup_region_settings")
		want := 0
		if environment.Account.Owner {
			want = 1
			if environment.SecondRegion != "" {
				want = 2
			}
		}
		if len(settings) != want {
			t.Fatalf("%d of them, want %d", len(settings), want)
		}
		for _, setting := range settings {
			setting.has(t, "resource_type_opt_in_preference", map[string]bool{"Aurora": true, "S3": true})
			ignored, _ := setting.at("lifecycle.ignore_changes").([]any)
			for _, kind := range []string{"EFS", "Storage Gateway", "VirtualMachine"} {
				if !slices.Contains(ignored, any(fmt.Sprintf("resource_type_opt_in_preference[%q]", kind))) {
					t.Errorf("%s would turn over what the account has for %s", setting.Address, kind)
				}
			}
		}
	})
}

func TestBackupsAreRestoredEachWeek(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		plan := stack.resource(t, "aws_backup_restore_testing_plan", "backup/restore-tests")
		plan.refers(t, "recovery_point_selection.0.include_vaults.0", stack.resource(t, "aws_backup_vault", "backup/vault"))
		test := stack.resource(t, "aws_backup_restore_testing_selection", "backup/restore-test-bucket")
		test.refers(t, "protected_resource_arns.0", stack.resource(t, "aws_s3_bucket", "backup/backups/bucket"))
		restorer := stack.resource(t, "aws_iam_role", "backup/restore-test-role")
		test.refers(t, "iam_role_arn", restorer)
		for _, attached := range stack.resources("aws_iam_role_policy_attachment") {
			role, _ := attached.at("role").(string)
			if policy, _ := attached.at("policy_arn").(string); strings.Contains(policy, "Restore") != strings.Contains(role, restorer.Address+".") {
				t.Errorf("%s gives %s to %s", attached.Address, policy, role)
			}
		}
	})
}
