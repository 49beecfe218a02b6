package review

import (
	"strings"
	"testing"
)

const lifecycle = `{"bucket":"logs","rule":[{"id":"aging","status":"Enabled","filter":[{"prefix":""}],` +
	`"expiration":[{"days":365}],"noncurrent_version_expiration":[{"noncurrent_days":30,"newer_noncurrent_versions":5}]}]}`

const backupPlan = `{"name":"daily","rule":[{"rule_name":"daily","schedule":"cron(0 1 * * ? *)",` +
	`"enable_continuous_backup":true,"lifecycle":[{"delete_after":35}],` +
	`"copy_action":[{"destination_vault_arn":"arn:aws:backup:eu-central-1:1:backup-vault:copies",` +
	`"lifecycle":[{"delete_after":35}]}]},{"rule_name":"weekly","schedule":"cron(0 1 ? * SUN *)",` +
	`"lifecycle":[{"delete_after":90}],"copy_action":[]}]}`

const replication = `{"bucket":"logs","rule":[{"id":"all","status":"Enabled","filter":[{"prefix":""}],` +
	`"destination":[{"bucket":"arn:aws:s3:::copies"}]}]}`

// swap is a text with one part of it changed.
func swap(text, from, to string) string {
	if !strings.Contains(text, from) {
		panic("no " + from)
	}
	return strings.Replace(text, from, to, 1)
}

var dataRows = []row{
	{"aws_rds_cluster",
		`{"backup_retention_period":35}`,
		`{"backup_retention_period":7}`,
		[]string{"data-loss backup_retention_period is lowered"}},
	{"aws_rds_cluster", `{"backup_retention_period":7}`, `{"backup_retention_period":35}`, nil},
	{"aws_elasticache_replication_group",
		`{"snapshot_retention_limit":7}`,
		`{"snapshot_retention_limit":0}`,
		[]string{"data-loss snapshot_retention_limit is lowered"}},
	{"aws_redshift_cluster",
		`{"automated_snapshot_retention_period":7}`,
		`{"automated_snapshot_retention_period":1}`,
		[]string{"data-loss automated"}},
	{"aws_cloudwatch_log_group",
		`{"retention_in_days":0}`,
		`{"retention_in_days":3653}`,
		[]string{"data-loss retention_in_days is lowered"}},
	{"aws_cloudwatch_log_group", `{"retention_in_days":400}`, `{"retention_in_days":0}`, nil},
	{"aws_kinesis_stream", `{"retention_period":48}`, `{"retention_period":24}`, []string{"data-loss"}},
	{"aws_sqs_queue", `{"message_retention_seconds":1209600}`, `{"message_retention_seconds":60}`, []string{"data-loss"}},
	{"aws_cloudwatch_event_archive", `{"retention_days":0}`, `{"retention_days":1}`, []string{"data-loss"}},
	{"aws_rds_cluster",
		`{"performance_insights_retention_period":465}`,
		`{"performance_insights_retention_period":7}`,
		[]string{"data-loss"}},

	{"aws_s3_bucket_lifecycle_configuration", lifecycle, swap(lifecycle, `"days":365`, `"days":30`),
		[]string{"data-loss rule[aging].expiration.days is sooner"}},
	{"aws_s3_bucket_lifecycle_configuration", lifecycle, swap(swap(lifecycle, `"days":365`, `"days":30`), "aging", "old"),
		[]string{"data-loss rule[aging].expiration.days is sooner"}},
	{"aws_s3_bucket_lifecycle_configuration", lifecycle, swap(lifecycle, "aging", "old"), nil},
	{"aws_s3_bucket_lifecycle_configuration", lifecycle, swap(lifecycle, `"days":365`, `"date":"2027-01-01"`),
		[]string{"data-loss rule[aging].expiration.date changes"}},
	{"aws_s3_bucket_lifecycle_configuration", lifecycle, swap(lifecycle, `"noncurrent_days":30`, `"noncurrent_days":3`),
		[]string{"data-loss rule[aging].noncurrent"}},
	{"aws_s3_bucket_lifecycle_configuration", lifecycle, swap(lifecycle, `versions":5`, `versions":1`),
		[]string{"data-loss rule[aging].noncurrent"}},
	{"aws_s3_bucket_lifecycle_configuration", swap(lifecycle, `"prefix":""`, `"prefix":"a/"`), lifecycle,
		[]string{"data-loss rule[aging] deletes other objects"}},
	{"aws_s3_bucket_lifecycle_configuration", swap(lifecycle, "Enabled", "Disabled"), lifecycle,
		[]string{"data-loss rule[aging] deletes other objects"}},

	{"aws_backup_plan", backupPlan, swap(backupPlan, `[{"delete_after":35}],"copy`, `[{"delete_after":7}],"copy`),
		[]string{"data-loss rule[daily].lifecycle.delete_after is lowered"}},
	{"aws_backup_plan", backupPlan,
		swap(backupPlan, `copies","lifecycle":[{"delete_after":35}]`, `copies","lifecycle":[{"delete_after":7}]`),
		[]string{"data-loss rule[daily].copy_action["}},
	{"aws_backup_plan", backupPlan, `{"rule":[]}`,
		[]string{"data-loss rule[daily] is gone", "data-loss rule[weekly] is gone"}},
	{"aws_backup_plan", backupPlan,
		swap(backupPlan,
			`[{"destination_vault_arn":"arn:aws:backup:eu-central-1:1:backup-vault:copies","lifecycle":[{"delete_after":35}]}]`,
			`[]`), []string{"data-loss rule[daily].copy_action[arn:aws:backup:eu-central-1:1:backup-vault:copies] is gone"}},
	{"aws_backup_plan", backupPlan,
		swap(backupPlan, `"enable_continuous_backup":true`, `"enable_continuous_backup":false`),
		[]string{"data-loss rule[daily].enable_continuous_backup is switched off"}},
	{"aws_backup_plan", backupPlan, swap(backupPlan, `cron(0 1 * * ? *)`, `cron(0 1 ? * MON-FRI *)`),
		[]string{"data-loss rule[daily].schedule is less frequent"}},
	{"aws_backup_plan", backupPlan, swap(backupPlan, `cron(0 1 * * ? *)`, `cron(30 3 * * ? *)`), nil},
	{"aws_backup_plan", backupPlan, swap(backupPlan, `cron(0 1 * * ? *)`, `rate(1 day)`),
		[]string{"data-loss rule[daily].schedule"}},
	{"aws_backup_vault_lock_configuration",
		`{"min_retention_days":35}`,
		`{"min_retention_days":7}`,
		[]string{"data-loss min_retention_days"}},
	{"aws_s3_bucket_object_lock_configuration",
		`{"object_lock_enabled":"Enabled","rule":[{"default_retention":[{"days":365,"mode":"GOVERNANCE"}]}]}`,
		`{"object_lock_enabled":"Enabled","rule":[{"default_retention":[{"days":30,"mode":"GOVERNANCE"}]}]}`,
		[]string{"data-loss rule.default_retention.days is lowered"}},
	{"aws_s3_bucket_object_lock_configuration",
		`{"rule":[{"default_retention":[{"years":7,"mode":"COMPLIANCE"}]}]}`,
		`{"rule":[{"default_retention":[{"years":1,"mode":"GOVERNANCE"}]}]}`,
		[]string{"data-loss rule.default_retention.years", "data-loss rule.default_retention.mode"}},
	{"aws_s3_bucket_object_lock_configuration",
		`{"object_lock_enabled":"Enabled","rule":[{"default_retention":[]}]}`,
		`{"object_lock_enabled":null,"rule":[]}`,
		[]string{"data-loss object_lock_enabled", "data-loss rule is gone"}},
	{"aws_kms_key",
		`{"deletion_window_in_days":30}`,
		`{"deletion_window_in_days":7}`,
		[]string{"data-loss deletion_window_in_days"}},
	{"aws_secretsmanager_secret",
		`{"recovery_window_in_days":30}`,
		`{"recovery_window_in_days":0}`,
		[]string{"data-loss recovery_window_in_days"}},

	{"aws_rds_cluster",
		`{"deletion_protection":true}`,
		`{"deletion_protection":false}`,
		[]string{"data-loss deletion_protection is switched off"}},
	{"aws_rds_cluster", `{"deletion_protection":true}`, `{}`, []string{"data-loss deletion_protection is switched off"}},
	{"aws_dynamodb_table",
		`{"deletion_protection_enabled":true}`,
		`{"deletion_protection_enabled":false}`,
		[]string{"data-loss"}},
	{"aws_lb",
		`{"enable_deletion_protection":true}`,
		`{"enable_deletion_protection":false}`,
		[]string{"outage enable_deletion_protection"}},
	{"aws_rds_cluster",
		`{"skip_final_snapshot":false,"final_snapshot_identifier":"last"}`,
		`{"skip_final_snapshot":true,"final_snapshot_identifier":null}`,
		[]string{"data-loss skip_final_snapshot", "data-loss final_snapshot_identifier is gone"}},
	{"aws_rds_cluster", `{"delete_automated_backups":false}`, `{"delete_automated_backups":true}`, []string{"data-loss"}},
	{"aws_s3_bucket", `{"force_destroy":false}`, `{"force_destroy":true}`, []string{"data-loss force_destroy"}},
	{"aws_ecr_repository",
		`{"force_delete":false,"image_tag_mutability":"IMMUTABLE"}`,
		`{"force_delete":true,"image_tag_mutability":"MUTABLE"}`,
		[]string{"data-loss force_delete", "data-loss image_tag_mutability"}},
	{"aws_cloudwatch_log_group", `{"skip_destroy":true}`, `{"skip_destroy":false}`, []string{"data-loss"}},
	{"aws_instance", `{"disable_api_termination":true}`, `{"disable_api_termination":false}`, []string{"data-loss"}},
	{"aws_s3_bucket_versioning",
		`{"versioning_configuration":[{"status":"Enabled","mfa_delete":"Enabled"}]}`,
		`{"versioning_configuration":[{"status":"Suspended","mfa_delete":"Disabled"}]}`,
		[]string{"data-loss versioning_configuration.status stops", "data-loss versioning_configuration.mfa_delete"}},
	{"aws_kms_key", `{"is_enabled":true}`, `{"is_enabled":false}`, []string{"data-loss is_enabled"}},
	{"aws_kms_replica_key", `{"enabled":true}`, `{"enabled":false}`, []string{"data-loss enabled"}},
	{"aws_dynamodb_table",
		`{"point_in_time_recovery":[{"enabled":true}],"ttl":[]}`,
		`{"point_in_time_recovery":[{"enabled":false}],"ttl":[{"enabled":true}]}`,
		[]string{"data-loss point_in_time_recovery.enabled", "data-loss ttl.enabled"}},

	{"aws_s3_bucket_replication_configuration", replication, `{"bucket":"logs","rule":[]}`,
		[]string{"data-loss rule[all] is gone"}},
	{"aws_s3_bucket_replication_configuration", replication, swap(replication, `Enabled`, `Disabled`),
		[]string{"data-loss rule[all].status stops"}},
	{"aws_s3_bucket_replication_configuration", replication, swap(replication, `:copies`, `:others`),
		[]string{"data-loss rule[all].destination.bucket changes"}},
	{"aws_s3_bucket_replication_configuration", replication, swap(replication, `"prefix":""`, `"prefix":"a/"`),
		[]string{"data-loss rule[all].filter"}},
	{"aws_backup_selection",
		`{"resources":["a","b"],"not_resources":[],"selection_tag":[{"key":"x"}],"condition":[]}`,
		`{"resources":["a"],"not_resources":["a"],"selection_tag":[],"condition":[{"string_equals":[{"key":"x"}]}]}`,
		[]string{"data-loss resources", "data-loss not_resources", "data-loss selection_tag", "data-loss condition"}},
	{"aws_backup_region_settings",
		`{"resource_type_opt_in_preference":{"Aurora":true,"S3":true}}`,
		`{"resource_type_opt_in_preference":{"Aurora":false,"S3":true}}`,
		[]string{"data-loss resource_type_opt_in_preference"}},
	{"aws_secretsmanager_secret",
		`{"replica":[{"region":"eu-central-1"},{"region":"us-east-1"}]}`,
		`{"replica":[{"region":"us-east-1"}]}`,
		[]string{"data-loss replica[eu-central-1] is gone"}},
	{"aws_ecr_replication_configuration",
		`{"replication_configuration":[{"rule":[{"destination":[{"region":"eu-central-1"}]}]}]}`,
		`{"replication_configuration":[{"rule":[]}]}`,
		[]string{"data-loss replication_configuration.rule lacks"}},
	{"aws_dynamodb_table",
		`{"replica":[{"region_name":"eu-central-1"}]}`,
		`{"replica":[]}`,
		[]string{"data-loss replica[eu-central-1]"}},

	{"aws_rds_cluster",
		`{"enabled_cloudwatch_logs_exports":["postgresql","iam-db-auth-error"]}`,
		`{"enabled_cloudwatch_logs_exports":["postgresql"]}`,
		[]string{"data-loss enabled_cloudwatch_logs_exports lacks"}},
	{"aws_eks_cluster",
		`{"enabled_cluster_log_types":["api","audit"]}`,
		`{"enabled_cluster_log_types":["api"]}`,
		[]string{"data-loss enabled_cluster_log_types lacks"}},
	{"aws_elasticache_replication_group",
		`{"log_delivery_configuration":[{"log_type":"slow-log"}]}`,
		`{"log_delivery_configuration":[]}`,
		[]string{"data-loss log_delivery_configuration[slow-log]"}},
	{"aws_lb",
		`{"access_logs":[{"enabled":true}]}`,
		`{"access_logs":[{"enabled":false}]}`,
		[]string{"data-loss access_logs.enabled"}},
	{"aws_cloudfront_distribution",
		`{"logging_config":[{"bucket":"logs"}]}`,
		`{"logging_config":[]}`,
		[]string{"data-loss logging_config"}},
	{"aws_cloudtrail",
		`{"enable_logging":true,"is_multi_region_trail":true,"include_global_service_events":true,` +
			`"enable_log_file_validation":true,"cloud_watch_logs_group_arn":"arn"}`,
		`{"enable_logging":false,"is_multi_region_trail":false,"include_global_service_events":false,` +
			`"enable_log_file_validation":false,"cloud_watch_logs_group_arn":""}`,
		[]string{
			"data-loss enable_logging", "data-loss is_multi", "data-loss include_global", "data-loss enable_log_file",
			"data-loss cloud_watch",
		}},
	{"aws_config_configuration_recorder_status",
		`{"is_enabled":true}`,
		`{"is_enabled":false}`,
		[]string{"data-loss is_enabled"}},

	{"aws_ecr_lifecycle_policy",
		`{"policy":"{\"rules\":[{\"selection\":{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countNumber\":7}}]}"}`,
		`{"policy":"{\"rules\":[{\"selection\":{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countNumber\":1}}]}"}`,
		[]string{"data-loss policy deletes images earlier"}},
	{"aws_ecr_lifecycle_policy",
		`{"policy":"{\"rules\":[{\"selection\":{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countNumber\":7}}]}"}`,
		`{"policy":"{\"rules\":[{\"selection\":{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countNumber\":8}}]}"}`,
		nil},
	{"aws_rds_cluster_parameter_group",
		`{"parameter":[{"name":"pgaudit.log","value":"ddl,role","apply_method":"immediate"}]}`,
		`{"parameter":[]}`,
		[]string{"data-loss parameter[pgaudit.log] is switched off"}},
}

func TestDataLoss(t *testing.T) { check(t, dataRows) }

func TestTheEndOfWhatHoldsData(t *testing.T) {
	for _, c := range []struct {
		resource resource
		want     string
	}{
		{planned("aws_s3_bucket.logs", Delete, `{"bucket":"logs"}`, ""),
			"data-loss aws_s3_bucket.logs: destroyed: all that it holds is lost"},
		{planned("aws_s3_bucket", Forget, `{"bucket":"logs"}`, ""),
			"data-loss aws_s3_bucket.x: forgotten: Terraform does not manage it any more, and nothing protects what it holds"},
		{planned("aws_kms_key", Delete, `{"deletion_window_in_days":30,"key_usage":"SIGN_VERIFY"}`, ""),
			"data-loss aws_kms_key.x: destroyed: the key is deleted, and can't sign any more: " +
				"a zone whose parent vouches for it is found by nobody who validates"},
		{planned("aws_kms_key", Delete, `{"deletion_window_in_days":30}`, ""),
			"data-loss aws_kms_key.x: destroyed: the key is deleted in 30 days, and nothing that it encrypts can be read then"},
		{planned("aws_db_cluster_snapshot", Delete, `{}`, ""),
			"data-loss aws_db_cluster_snapshot.x: destroyed: the snapshot is deleted, and can't be made again"},
		{planned("aws_rds_cluster_snapshot_copy", Delete, `{}`, ""),
			"data-loss aws_rds_cluster_snapshot_copy.x: destroyed: the snapshot is deleted, and can't be made again"},
		{planned("aws_of_tomorrow", Delete, `{}`, ""),
			"data-loss aws_of_tomorrow.x: destroyed: titan does not know the type, so it counts as holding data"},
		{planned("aws_sns_topic_policy", Delete, `{}`, ""), ""},
		{planned("aws_cloudwatch_log_group", Replace, `{"name":"a"}`, `{"name":"b"}`).replacing(`[["name"]]`),
			"data-loss aws_cloudwatch_log_group.x: replaced: all that it holds is lost"},
		{planned("aws_docdb_cluster", Delete, `{"skip_final_snapshot":true}`, ""),
			"data-loss aws_docdb_cluster.x: destroyed: all that it holds is lost, and no final snapshot is taken"},
	} {
		report := reviewed(t, c.resource)
		if got := told(report); got != c.want {
			t.Errorf("got %s\nwant %s", got, c.want)
		}
		if want := c.want != ""; (report.ExitCode() == 1) != want {
			t.Errorf("%s: exit code %d", c.resource.Address, report.ExitCode())
		}
	}
}

// A deposed object is what a replacement has left: it holds data as much as the one that took its place.
func TestTheEndOfADeposedObject(t *testing.T) {
	deposed := planned("aws_s3_bucket", Delete, `{}`, "")
	deposed.Deposed = "ab12"
	if got := told(reviewed(t, deposed)); !strings.HasPrefix(got, "data-loss aws_s3_bucket.x: destroyed") {
		t.Error(got)
	}
}

func TestMovesAndImportsAreNoLosses(t *testing.T) {
	moved := planned("aws_s3_bucket.new", Move, `{"bucket":"logs"}`, `{"bucket":"logs"}`)
	moved.Previous = "aws_s3_bucket.old"
	imported := planned("aws_kms_key", Import, `{"policy":"{}"}`, `{"policy":"{}"}`)
	imported.Change.Importing = []byte(`{"id":"key"}`)
	report := reviewed(t, moved, imported)
	if told(report) != "" || report.ExitCode() != 0 {
		t.Error(told(report))
	}
	if c := report.Changes[1]; c.Action != Move || c.Previous != "aws_s3_bucket.old" ||
		report.Changes[0].Action != Import {
		t.Errorf("got %+v", report.Changes)
	}
	moved.Change.Actions = []string{"delete", "create"}
	if got := told(reviewed(t, moved)); !strings.HasPrefix(got, "data-loss") {
		t.Errorf("moved and replaced: %q", got)
	}
}

// A failover's restore is told apart from any other replacement of a database.
func TestWhatAFailoverDoesByDesign(t *testing.T) {
	const before = `{"snapshot_identifier":"a","skip_final_snapshot":false,"final_snapshot_identifier":"last"}`
	restore := planned("aws_rds_cluster", Replace, before, swap(before, `"a"`, `"b"`)).
		replacing(`[["snapshot_identifier"]]`)
	review := func(stack string, r resource) Report {
		return Review([]Plan{planOf(t, stack, r)}, Rules{Restored: []string{"prod-dr"}})
	}
	if got := review("prod-dr", restore); len(Of(got.Intended(), DataLoss)) != 1 || len(got.Failures()) != 0 {
		t.Errorf("got %s", told(got))
	}
	if got := review("prod", restore); len(Of(got.Failures(), DataLoss)) != 1 {
		t.Errorf("of who serves: %s", told(got))
	}
	instance := planned("aws_rds_cluster_instance", Replace, `{"cluster_identifier":"a"}`, `{}`).
		replacing(`[["cluster_identifier"]]`)
	if got := review("prod-dr", instance); len(got.Intended()) != 1 || got.ExitCode() != 0 {
		t.Errorf("its instance: %s", told(got))
	}
	other := restore.replacing(`[["snapshot_identifier"],["kms_key_id"]]`)
	if got := review("prod-dr", other); len(Of(got.Failures(), DataLoss)) != 1 {
		t.Errorf("for another reason: %s", told(got))
	}
	unsaved := planned("aws_rds_cluster", Replace, swap(before, "false", "true"), before).
		replacing(`[["snapshot_identifier"]]`)
	if got := review("prod-dr", unsaved); len(Of(got.Failures(), DataLoss)) != 1 {
		t.Errorf("without a last snapshot: %s", told(got))
	}
}
