package review

import (
	"slices"
	"strings"
)

// protectionRules: what keeps data from being deleted is taken away.
var protectionRules = table{verdict: DataLoss, rules: []rule{
	{"*", "deletion_protection", turnedOff, "is switched off: the service would let it be deleted", remedyKeep},
	{"*", "deletion_protection_enabled", turnedOff,
		"is switched off: the service would let it be deleted", remedyKeep},
	{"*", "skip_final_snapshot", turnedOn, "is switched on: nothing is kept when it is destroyed", remedyKeep},
	{"*", "final_snapshot_identifier", removed, "is gone: nothing is kept when it is destroyed", remedyKeep},
	{"*", "delete_automated_backups", turnedOn, "is switched on: its backups are deleted with it", remedyKeep},
	{"*", "force_destroy", turnedOn, "is switched on: it can be destroyed with all that is in it", remedyKeep},
	{"*", "force_delete", turnedOn, "is switched on: it can be destroyed with all that is in it", remedyKeep},
	{"aws_cloudwatch_log_group", "skip_destroy", turnedOff,
		"is switched off: its logs are deleted with it", remedyKeep},
	{"aws_instance aws_launch_template", "disable_api_termination", turnedOff, "is switched off", remedyKeep},
	{"aws_s3_bucket_versioning", "versioning_configuration.status", turnedOff,
		"stops: what is overwritten is lost", remedyKeep},
	{"aws_s3_bucket_versioning", "versioning_configuration.mfa_delete", turnedOff,
		"stops: versions can be deleted without a second factor", remedyKeep},
	{"aws_s3_bucket_object_lock_configuration", "object_lock_enabled", turnedOff, "stops", remedyKeep},
	{"aws_s3_bucket_object_lock_configuration", "rule.default_retention.mode", from("COMPLIANCE"),
		"is weaker: who may bypass governance can delete", remedyKeep},
	{"aws_s3_bucket_object_lock_configuration", "rule", removed,
		"is gone: later objects are not locked", remedyKeep},
	{"aws_kms_*", "is_enabled", turnedOff, "is switched off: nothing that it encrypts can be read", remedyKeep},
	{"aws_kms_*", "enabled", turnedOff, "is switched off: nothing that it encrypts can be read", remedyKeep},
	{"aws_ecr_repository", "image_tag_mutability", from("IMMUTABLE"),
		"changes: an image can be overwritten by another of its tag", remedyKeep},
	{"aws_dynamodb_table", "point_in_time_recovery.enabled", turnedOff,
		"is switched off: what is deleted by mistake is lost", remedyKeep},
	{"aws_dynamodb_table", "ttl.enabled", turnedOn, "is switched on: items end by themselves", remedyKeep},
}}

// protectionOutageRules: what keeps a part of the request path from being deleted is taken away.
var protectionOutageRules = table{verdict: Outage, rules: []rule{
	{"aws_lb aws_alb", "enable_deletion_protection", turnedOff,
		"is switched off: the service would let it be deleted", remedyKeep},
}}

// unprotected are the attributes that `protection: off` in an environment's file changes; guards are the types of what
// only protects, and goes with it.
var (
	unprotected = []string{
		"deletion_protection", "enable_deletion_protection", "skip_final_snapshot", "final_snapshot_identifier",
		"delete_automated_backups", "force_destroy", "deletion_window_in_days",
	}
	guards = []string{"aws_backup_vault_policy"}
)

// declared is whether a finding is what a file has acknowledged by taking its protection off.
func (r *reviewer) declared(c *change, f Finding) bool {
	if !slices.Contains(r.rules.Unprotected, c.stack) {
		return false
	}
	attribute, _, _ := strings.Cut(f.Summary, " ")
	return c.action == Update && slices.Contains(unprotected, attribute) ||
		c.action == Delete && slices.Contains(guards, c.kind)
}

// guardEndings: the end of a setting that protects data, or keeps copies and logs.
var guardEndings = []ending{
	{verdict: DataLoss, kinds: "aws_s3_bucket_versioning", says: "what is overwritten is lost"},
	{verdict: DataLoss, kinds: "aws_s3_bucket_object_lock_configuration", says: "objects are not locked any more"},
	{verdict: DataLoss, kinds: "aws_s3_bucket_replication_configuration", says: "no copy is made any more"},
	{verdict: DataLoss, kinds: "aws_backup_plan aws_backup_selection", says: "no backup is made any more"},
	{verdict: DataLoss, kinds: "aws_backup_vault_lock_configuration", actions: []Action{Delete, Forget},
		says: "recovery points can be deleted"},
	{verdict: DataLoss, kinds: "aws_backup_vault_lock_configuration", severity: Warning, actions: []Action{Replace},
		says: "recovery points can be deleted for the seconds between the old lock and the new one"},
	{verdict: DataLoss, kinds: "aws_backup_vault_policy", says: "what kept recovery points from being deleted is gone"},
	{verdict: DataLoss, kinds: "aws_backup_restore_testing_*", severity: Warning,
		says: "backups are not tested any more"},
	{verdict: DataLoss, kinds: "aws_ecr_replication_configuration", says: "no copy of an image is made any more"},
	{verdict: DataLoss, kinds: "aws_db_instance_automated_backups_replication aws_dynamodb_table_replica " +
		"aws_efs_backup_policy aws_efs_replication_configuration aws_redshift_snapshot_copy " +
		"aws_rbin_rule",
		says: "no copy is made any more"},
	{verdict: DataLoss, kinds: "aws_secretsmanager_secret_version", actions: []Action{Delete, Forget},
		says: "its value is lost"},
	{verdict: DataLoss, kinds: "aws_cloudtrail aws_flow_log aws_cloudwatch_log_delivery " +
		"aws_cloudwatch_log_delivery_source aws_cloudwatch_log_delivery_destination " +
		"aws_cloudwatch_log_subscription_filter aws_s3_bucket_logging " +
		"aws_wafv2_web_acl_logging_configuration aws_route53_query_log " +
		"aws_config_configuration_recorder aws_config_configuration_recorder_status " +
		"aws_config_delivery_channel aws_kinesis_firehose_delivery_stream",
		actions: []Action{Delete, Forget}, says: "no log is written any more"},
}

// copyRules: backups, copies and replicas stop.
var copyRules = table{verdict: DataLoss, rules: []rule{
	{"aws_s3_bucket_replication_configuration", "rule[id]", removed,
		"is gone: no copy is made any more", remedyKeep},
	{"aws_s3_bucket_replication_configuration", "rule[id].status", turnedOff,
		"stops: no copy is made any more", remedyKeep},
	{"aws_s3_bucket_replication_configuration", "rule[id].filter", differs,
		"changes: other objects are copied", remedyKeep},
	{"aws_s3_bucket_replication_configuration", "rule[id].destination.bucket", changed,
		"changes: what was copied is not in the new place", "replicate what is there, too"},
	{"aws_backup_plan", "rule[rule_name]", removed, "is gone: its backups are not made any more", remedyKeep},
	{"aws_backup_plan", "rule[rule_name].copy_action[destination_vault_arn]", removed,
		"is gone: no copy is made any more", remedyKeep},
	{"aws_backup_plan", "rule[rule_name].enable_continuous_backup", turnedOff,
		"is switched off: only what was there at a backup can be restored", remedyKeep},
	{"aws_backup_selection", "resources", lacks, "lacks what was backed up", remedyKeep},
	{"aws_backup_selection", "not_resources", gains, "leaves out what was backed up", remedyKeep},
	{"aws_backup_selection", "selection_tag", lacks, "lacks what was backed up", remedyKeep},
	{"aws_backup_selection", "condition", differs, "changes what is backed up", remedyKeep},
	{"aws_backup_region_settings", "resource_type_opt_in_preference", switchesOff,
		"leaves a service out of its backups", remedyKeep},
	{"aws_secretsmanager_secret", "replica[region]", removed,
		"is gone: the copy in that region is deleted", remedyKeep},
	{"aws_ecr_replication_configuration", "replication_configuration.rule", lacks, "lacks a copy", remedyKeep},
	{"aws_dynamodb_table", "replica[region_name]", removed,
		"is gone: the copy in that region is deleted", remedyKeep},
}}

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
var logRules = table{verdict: DataLoss, rules: []rule{
	{"*", "enabled_cloudwatch_logs_exports", lacks, "lacks a log that was kept", remedyKeep},
	{"aws_eks_cluster", "enabled_cluster_log_types", lacks, "lacks a log that was kept", remedyKeep},
	{"aws_elasticache_*", "log_delivery_configuration[log_type]", removed,
		"is gone: the log is not kept any more", remedyKeep},
	{"aws_lb", "access_logs.enabled", turnedOff,
		"is switched off: requests are not logged any more", remedyKeep},
	{"aws_cloudfront_distribution", "logging_config", removed,
		"is gone: requests are not logged any more", remedyKeep},
	{"aws_cloudtrail", "enable_logging", turnedOff,
		"is switched off: calls are not logged any more", remedyKeep},
	{"aws_cloudtrail", "is_multi_region_trail", turnedOff,
		"is switched off: calls in other regions are not logged any more", remedyKeep},
	{"aws_cloudtrail", "include_global_service_events", turnedOff,
		"is switched off: calls of IAM are not logged any more", remedyKeep},
	{"aws_cloudtrail", "enable_log_file_validation", turnedOff,
		"is switched off: a changed log file is not noticed", remedyKeep},
	{"aws_cloudtrail", "cloud_watch_logs_group_arn", removed,
		"is gone: alarms on calls see nothing", remedyKeep},
	{"aws_config_configuration_recorder_status", "is_enabled", turnedOff,
		"is switched off: changes are not recorded any more", remedyKeep},
}}
