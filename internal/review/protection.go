package review

// protectionRules: what keeps data from being deleted is taken away.
var protectionRules = []rule{
	{verdict: DataLoss, kinds: []string{"*"}, path: "deletion_protection", worse: turnedOff,
		says: "is switched off: the service would let it be deleted", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"*"}, path: "deletion_protection_enabled", worse: turnedOff,
		says: "is switched off: the service would let it be deleted", remedy: remedyKeep},
	{verdict: Outage, kinds: []string{"aws_lb", "aws_alb"}, path: "enable_deletion_protection", worse: turnedOff,
		says: "is switched off: the service would let it be deleted", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"*"}, path: "skip_final_snapshot", worse: turnedOn,
		says: "is switched on: nothing is kept when it is destroyed", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"*"}, path: "final_snapshot_identifier", worse: removed,
		says: "is gone: nothing is kept when it is destroyed", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"*"}, path: "delete_automated_backups", worse: turnedOn,
		says: "is switched on: its backups are deleted with it", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"*"}, path: "force_destroy", worse: turnedOn,
		says: "is switched on: it can be destroyed with all that is in it", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"*"}, path: "force_delete", worse: turnedOn,
		says: "is switched on: it can be destroyed with all that is in it", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_cloudwatch_log_group"}, path: "skip_destroy", worse: turnedOff,
		says: "is switched off: its logs are deleted with it", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_instance", "aws_launch_template"}, path: "disable_api_termination",
		worse: turnedOff, says: "is switched off", remedy: remedyKeep},

	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_versioning"}, path: "versioning_configuration.status",
		worse: turnedOff, says: "stops: what is overwritten is lost", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_versioning"}, path: "versioning_configuration.mfa_delete",
		worse: turnedOff, says: "stops: versions can be deleted without a second factor", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_object_lock_configuration"}, path: "object_lock_enabled",
		worse: turnedOff, says: "stops", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_object_lock_configuration"}, path: "rule.default_retention.mode",
		worse: from("COMPLIANCE"), says: "is weaker: who may bypass governance can delete", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_object_lock_configuration"}, path: "rule", worse: removed,
		says: "is gone: later objects are not locked", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_kms_*"}, path: "is_enabled", worse: turnedOff,
		says: "is switched off: nothing that it encrypts can be read", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_kms_*"}, path: "enabled", worse: turnedOff,
		says: "is switched off: nothing that it encrypts can be read", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_ecr_repository"}, path: "image_tag_mutability", worse: from("IMMUTABLE"),
		says: "changes: an image can be overwritten by another of its tag", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_dynamodb_table"}, path: "point_in_time_recovery.enabled", worse: turnedOff,
		says: "is switched off: what is deleted by mistake is lost", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_dynamodb_table"}, path: "ttl.enabled", worse: turnedOn,
		says: "is switched on: items end by themselves", remedy: remedyKeep},
}

// guardEndings: the end of a setting that protects data, or keeps copies and logs.
var guardEndings = []ending{
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_versioning"}, says: "what is overwritten is lost"},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_object_lock_configuration"}, says: "objects are not locked any more"},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_replication_configuration"}, says: "no copy is made any more"},
	{verdict: DataLoss, kinds: []string{"aws_backup_plan", "aws_backup_selection"}, says: "no backup is made any more"},
	{verdict: DataLoss, kinds: []string{"aws_backup_vault_lock_configuration"}, says: "recovery points can be deleted"},
	{verdict: DataLoss, kinds: []string{"aws_backup_vault_policy"}, says: "what kept recovery points from being deleted is gone"},
	{verdict: DataLoss, kinds: []string{"aws_backup_restore_testing_*"}, severity: Warning,
		says: "backups are not tested any more"},
	{verdict: DataLoss, kinds: []string{"aws_ecr_replication_configuration"}, says: "no copy of an image is made any more"},
	{verdict: DataLoss, kinds: []string{"aws_db_instance_automated_backups_replication", "aws_dynamodb_table_replica",
		"aws_efs_backup_policy", "aws_efs_replication_configuration", "aws_redshift_snapshot_copy", "aws_rbin_rule"},
		says: "no copy is made any more"},
	{verdict: DataLoss, kinds: []string{"aws_secretsmanager_secret_version"}, actions: []Action{Delete, Forget},
		says: "its value is lost"},
	{verdict: DataLoss, kinds: []string{"aws_cloudtrail", "aws_flow_log", "aws_cloudwatch_log_delivery",
		"aws_cloudwatch_log_delivery_source", "aws_cloudwatch_log_delivery_destination", "aws_cloudwatch_log_subscription_filter",
		"aws_s3_bucket_logging", "aws_wafv2_web_acl_logging_configuration", "aws_route53_query_log",
		"aws_config_configuration_recorder", "aws_config_configuration_recorder_status", "aws_config_delivery_channel",
		"aws_kinesis_firehose_delivery_stream"},
		actions: []Action{Delete, Forget}, says: "no log is written any more"},
}

// copyRules: backups, copies and replicas stop.
var copyRules = []rule{
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_replication_configuration"}, path: "rule[id]", worse: removed,
		says: "is gone: no copy is made any more", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_replication_configuration"}, path: "rule[id].status",
		worse: turnedOff, says: "stops: no copy is made any more", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_replication_configuration"}, path: "rule[id].filter",
		worse: differs, says: "changes: other objects are copied", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_s3_bucket_replication_configuration"}, path: "rule[id].destination.bucket",
		worse: changed, says: "changes: what was copied is not in the new place", remedy: "replicate what is there, too"},
	{verdict: DataLoss, kinds: []string{"aws_backup_plan"}, path: "rule[rule_name]", worse: removed,
		says: "is gone: its backups are not made any more", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_backup_plan"}, path: "rule[rule_name].copy_action[destination_vault_arn]",
		worse: removed, says: "is gone: no copy is made any more", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_backup_plan"}, path: "rule[rule_name].enable_continuous_backup",
		worse: turnedOff, says: "is switched off: only what was there at a backup can be restored", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_backup_selection"}, path: "resources", worse: lacks,
		says: "lacks what was backed up", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_backup_selection"}, path: "not_resources", worse: gains,
		says: "leaves out what was backed up", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_backup_selection"}, path: "selection_tag", worse: lacks,
		says: "lacks what was backed up", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_backup_selection"}, path: "condition", worse: differs,
		says: "changes what is backed up", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_backup_region_settings"}, path: "resource_type_opt_in_preference",
		worse: switchesOff, says: "leaves a service out of its backups", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_secretsmanager_secret"}, path: "replica[region]", worse: removed,
		says: "is gone: the copy in that region is deleted", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_ecr_replication_configuration"}, path: "replication_configuration.rule",
		worse: lacks, says: "lacks a copy", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_dynamodb_table"}, path: "replica[region_name]", worse: removed,
		says: "is gone: the copy in that region is deleted", remedy: remedyKeep},
}

// switchesOff: a service of a map of switches.
func switchesOff(before, after node) bool {
	for _, name := range before.fields() {
		if turnedOff(before.field(name), after.field(name)) {
			return true
		}
	}
	return false
}

// logRules: logs stop.
var logRules = []rule{
	{verdict: DataLoss, kinds: []string{"*"}, path: "enabled_cloudwatch_logs_exports", worse: lacks,
		says: "lacks a log that was kept", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_eks_cluster"}, path: "enabled_cluster_log_types", worse: lacks,
		says: "lacks a log that was kept", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_elasticache_*"}, path: "log_delivery_configuration[log_type]", worse: removed,
		says: "is gone: the log is not kept any more", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_lb"}, path: "access_logs.enabled", worse: turnedOff,
		says: "is switched off: requests are not logged any more", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_cloudfront_distribution"}, path: "logging_config", worse: removed,
		says: "is gone: requests are not logged any more", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_cloudtrail"}, path: "enable_logging", worse: turnedOff,
		says: "is switched off: calls are not logged any more", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_cloudtrail"}, path: "is_multi_region_trail", worse: turnedOff,
		says: "is switched off: calls in other regions are not logged any more", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_cloudtrail"}, path: "include_global_service_events", worse: turnedOff,
		says: "is switched off: calls of IAM are not logged any more", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_cloudtrail"}, path: "enable_log_file_validation", worse: turnedOff,
		says: "is switched off: a changed log file is not noticed", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_cloudtrail"}, path: "cloud_watch_logs_group_arn", worse: removed,
		says: "is gone: alarms on calls see nothing", remedy: remedyKeep},
	{verdict: DataLoss, kinds: []string{"aws_config_configuration_recorder_status"}, path: "is_enabled", worse: turnedOff,
		says: "is switched off: changes are not recorded any more", remedy: remedyKeep},
}
