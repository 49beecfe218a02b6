package review

// Remedies that several rules have.
const (
	remedyKeep   = "keep what it was"
	remedyExport = "copy what is needed elsewhere first"
)

// retentionRules: data, backups, copies and logs are kept for a shorter time.
var retentionRules = table{verdict: DataLoss, rules: []rule{
	{"*", "backup_retention_period", lowered, "is lowered: older backups are deleted", remedyKeep},
	{"*", "snapshot_retention_limit", lowered, "is lowered: older snapshots are deleted", remedyKeep},
	{"aws_redshift*", "automated_snapshot_retention_period", lowered,
		"is lowered: older snapshots are deleted", remedyKeep},
	{"aws_cloudwatch_log_group", "retention_in_days", loweredForever,
		"is lowered: older logs are deleted", remedyExport},
	{"aws_kinesis_stream", "retention_period", lowered, "is lowered: older records are deleted", remedyKeep},
	{"aws_sqs_queue", "message_retention_seconds", lowered,
		"is lowered: older messages are deleted", remedyKeep},
	{"aws_cloudwatch_event_archive", "retention_days", loweredForever,
		"is lowered: older events are deleted", remedyKeep},
	{"aws_rds_* aws_db_*", "performance_insights_retention_period", lowered,
		"is lowered: older measurements are deleted", remedyKeep},
	{"aws_s3_bucket_lifecycle_configuration", "rule[id].expiration.days", sooner,
		"is sooner: objects are deleted earlier", remedyKeep},
	{"aws_s3_bucket_lifecycle_configuration", "rule[id].expiration.date", differs,
		"changes: objects are deleted on that day", remedyKeep},
	{"aws_s3_bucket_lifecycle_configuration", "rule[id].noncurrent_version_expiration.noncurrent_days", sooner,
		"is sooner: older versions are deleted earlier", remedyKeep},
	{"aws_s3_bucket_lifecycle_configuration",
		"rule[id].noncurrent_version_expiration.newer_noncurrent_versions", lowered,
		"is lowered: fewer versions are kept", remedyKeep},
	{"aws_s3_bucket_lifecycle_configuration", "rule[id]", takesMoreObjects,
		"deletes other objects than before", "add a rule instead of changing one"},
	{"aws_backup_plan", "rule[rule_name].lifecycle.delete_after", loweredForever,
		"is lowered: later recovery points end earlier", remedyKeep},
	{"aws_backup_plan",
		"rule[rule_name].copy_action[destination_vault_arn].lifecycle.delete_after", loweredForever,
		"is lowered: later copies end earlier", remedyKeep},
	{"aws_backup_vault_lock_configuration", "min_retention_days", lowered,
		"is lowered: recovery points may end earlier", remedyKeep},
	{"aws_s3_bucket_object_lock_configuration", "rule.default_retention.days", lowered,
		"is lowered: later objects are locked for less time", remedyKeep},
	{"aws_s3_bucket_object_lock_configuration", "rule.default_retention.years", lowered,
		"is lowered: later objects are locked for less time", remedyKeep},
	{"aws_kms_*", "deletion_window_in_days", lowered,
		"is lowered: a mistaken deletion is noticed for less time", remedyKeep},
	{"aws_secretsmanager_secret", "recovery_window_in_days", lowered,
		"is lowered: a deleted secret can be restored for less time", remedyKeep},
}}

// takesMoreObjects: a lifecycle rule that deletes is for other objects, or is switched on.
func takesMoreObjects(before, after node) bool {
	deletes := !isEmpty(after.field("expiration").value) || !isEmpty(after.field("noncurrent_version_expiration").value)
	if !deletes || isEmpty(before.value) || !isTrue(after.field("status").value) {
		return false // a new rule is compared by its days
	}
	return !isTrue(before.field("status").value) || !same(before.field("prefix").value, after.field("prefix").value) ||
		!same(before.field("filter").value, after.field("filter").value)
}
