package review

// Remedies that several rules have.
const (
	remedyKeep   = "keep what it was"
	remedyExport = "copy what is needed elsewhere first"
)

// retentionRules: data, backups, copies and logs are kept for a shorter time.
var retentionRules = []rule{
	{verdict: DataLoss, kinds: []string{"*"}, path: "backup_retention_period", worse: lowered,
		says: "is lowered: older backups are deleted", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"*"}, path: "snapshot_retention_limit", worse: lowered,
		says: "is lowered: older snapshots are deleted", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_redshift*"}, path: "automated_snapshot_retention_period", worse: lowered,
		says: "is lowered: older snapshots are deleted", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_cloudwatch_log_group"}, path: "retention_in_days", worse: loweredForever,
		says: "is lowered: older logs are deleted", remedy: remedyExport},
	{verdict: DataLoss, kinds: []string{"aws_kinesis_stream"}, path: "retention_period", worse: lowered,
		says: "is lowered: older records are deleted", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_sqs_queue"}, path: "message_retention_seconds", worse: lowered,
		says: "is lowered: older messages are deleted", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_cloudwatch_event_archive"}, path: "retention_days", worse: loweredForever,
		says: "is lowered: older events are deleted", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_rds_*", "aws_db_*"}, path: "performance_insights_retention_period",
		worse: lowered, says: "is lowered: older measurements are deleted", remedy: remedyKeep},

	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_lifecycle_configuration"}, path: "rule[id].expiration.days",
		worse: sooner, says: "is sooner: objects are deleted earlier", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_lifecycle_configuration"}, path: "rule[id].expiration.date",
		worse: differs, says: "changes: objects are deleted on that day", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_lifecycle_configuration"},
		path: "rule[id].noncurrent_version_expiration.noncurrent_days", worse: sooner,
		says: "is sooner: older versions are deleted earlier", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_lifecycle_configuration"},
		path: "rule[id].noncurrent_version_expiration.newer_noncurrent_versions", worse: lowered,
		says: "is lowered: fewer versions are kept", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_lifecycle_configuration"}, path: "rule[id]",
		worse: takesMoreObjects, says: "deletes other objects than before", remedy: "add a rule instead of changing one"},

	{verdict: DataLoss, kinds: []string{"aws_backup_plan"}, path: "rule[rule_name].lifecycle.delete_after",
		worse: loweredForever, says: "is lowered: later recovery points end earlier", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_backup_plan"},
		path: "rule[rule_name].copy_action[destination_vault_arn].lifecycle.delete_after", worse: loweredForever,
		says: "is lowered: later copies end earlier", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_backup_vault_lock_configuration"}, path: "min_retention_days", worse: lowered,
		says: "is lowered: recovery points may end earlier", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_object_lock_configuration"},
		path: "rule.default_retention.days", worse: lowered, says: "is lowered: later objects are locked for less time",
		remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_object_lock_configuration"},
		path: "rule.default_retention.years", worse: lowered, says: "is lowered: later objects are locked for less time",
		remedy: remedyKeep},

	{verdict: DataLoss, kinds: []string{"aws_kms_*"}, path: "deletion_window_in_days", worse: lowered,
		says: "is lowered: a mistaken deletion is noticed for less time", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_secretsmanager_secret"}, path: "recovery_window_in_days", worse: lowered,
		says: "is lowered: a deleted secret can be restored for less time", remedy: remedyKeep},
}

// takesMoreObjects: a lifecycle rule that deletes is for other objects, or is switched on.
func takesMoreObjects(before, after node) bool {
	deletes := !isEmpty(after.field("expiration").value) || !isEmpty(after.field("noncurrent_version_expiration").value)
	if !deletes || isEmpty(before.value) || !isTrue(after.field("status").value) {
		return false // a new rule is compared by its days
	}
	return !isTrue(before.field("status").value) || !same(before.field("prefix").value, after.field("prefix").value) ||
		!same(before.field("filter").value, after.field("filter").value)
}
