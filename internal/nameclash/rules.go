package nameclash

// reach is where no two resources of a type may have one name.
type reach int

const (
	anywhere  reach = iota // two may have it: it is inside of another resource, or names something else
	regional               // an account and region have it once
	global                 // an account has it once
	worldwide              // all accounts together have it once
	cluster                // a cluster of Kubernetes has it once, and a stack has one cluster
)

// rule says what names the resources of a type.
type rule struct {
	reach reach
	// arguments name it together; none is a setting, which is there once.
	arguments []string
	space     string // of which types share their names; empty is the type's own
}

// alarms of both types share their names (CloudWatch API Reference, PutCompositeAlarm, AlarmName); a snapshot and a
// copy of one do, too.
const (
	alarmSpace    = "alarm"
	snapshotSpace = "cluster snapshot"
)

// rules are the types of resources that have a name, each as its service's API reference says of it.
var rules = map[string]rule{
	"aws_accessanalyzer_analyzer":             {regional, []string{"analyzer_name"}, ""},
	"aws_cloudtrail":                          {regional, []string{"name"}, ""},
	"aws_config_configuration_recorder":       {regional, nil, ""}, // there is one, whatever its name
	"aws_config_delivery_channel":             {regional, nil, ""},
	"aws_guardduty_detector":                  {regional, nil, ""},
	"aws_iam_account_password_policy":         {global, nil, ""},
	"aws_iam_openid_connect_provider":         {global, []string{"url"}, ""},
	"aws_iam_service_linked_role":             {global, []string{"aws_service_name"}, ""},
	"aws_s3_account_public_access_block":      {global, nil, ""},
	"aws_securityhub_account":                 {regional, nil, ""},
	"aws_shield_subscription":                 {global, nil, ""},
	"aws_backup_plan":                         {regional, []string{"name"}, ""},
	"aws_backup_restore_testing_plan":         {regional, []string{"name"}, ""},
	"aws_backup_vault":                        {regional, []string{"name"}, ""},
	"aws_budgets_budget":                      {global, []string{"name"}, ""},
	"aws_cloudfront_cache_policy":             {global, []string{"name"}, ""},
	"aws_cloudfront_function":                 {global, []string{"name"}, ""},
	"aws_cloudfront_key_group":                {global, []string{"name"}, ""},
	"aws_cloudfront_public_key":               {global, []string{"name"}, ""},
	"aws_cloudfront_origin_access_control":    {global, []string{"name"}, ""},
	"aws_cloudfront_origin_request_policy":    {global, []string{"name"}, ""},
	"aws_cloudfront_response_headers_policy":  {global, []string{"name"}, ""},
	"aws_cloudwatch_composite_alarm":          {regional, []string{"alarm_name"}, alarmSpace},
	"aws_cloudwatch_dashboard":                {global, []string{"dashboard_name"}, ""},
	"aws_cloudwatch_event_rule":               {regional, []string{"name"}, ""},
	"aws_cloudwatch_log_delivery_destination": {regional, []string{"name"}, ""},
	"aws_cloudwatch_log_delivery_source":      {regional, []string{"name"}, ""},
	"aws_cloudwatch_log_group":                {regional, []string{"name"}, ""},
	"aws_cloudwatch_metric_alarm":             {regional, []string{"alarm_name"}, alarmSpace},
	"aws_codebuild_project":                   {regional, []string{"name"}, ""},
	"aws_codeconnections_connection":          {regional, []string{"name"}, ""},
	"aws_codepipeline":                        {regional, []string{"name"}, ""},
	"aws_rds_reserved_instance":               {regional, []string{"reservation_id"}, ""},
	"aws_shield_protection":                   {global, []string{"name"}, ""},
	"aws_db_cluster_snapshot":                 {regional, []string{"db_cluster_snapshot_identifier"}, snapshotSpace},
	"aws_db_subnet_group":                     {regional, []string{"name"}, ""},
	"aws_ecr_repository":                      {regional, []string{"name"}, ""},
	"aws_eks_cluster":                         {regional, []string{"name"}, ""},
	"aws_elasticache_cluster":                 {regional, []string{"cluster_id"}, "cache"},
	"aws_elasticache_parameter_group":         {regional, []string{"name"}, ""},
	"aws_elasticache_replication_group":       {regional, []string{"replication_group_id"}, "cache"},
	"aws_elasticache_subnet_group":            {regional, []string{"name"}, ""},
	"aws_elasticache_user":                    {regional, []string{"user_id"}, ""},
	"aws_elasticache_user_group":              {regional, []string{"user_group_id"}, ""},
	"aws_iam_policy":                          {global, []string{"name"}, ""},
	"aws_iam_role":                            {global, []string{"name"}, ""},
	"aws_kinesis_firehose_delivery_stream":    {regional, []string{"name"}, ""},
	"aws_kms_alias":                           {regional, []string{"name"}, ""},
	"aws_launch_template":                     {regional, []string{"name"}, ""},
	"aws_lb":                                  {regional, []string{"name"}, ""},
	"aws_rds_cluster":                         {regional, []string{"cluster_identifier"}, ""},
	"aws_rds_cluster_instance":                {regional, []string{"identifier"}, ""},
	"aws_rds_cluster_snapshot_copy": {regional, []string{"target_db_cluster_snapshot_identifier"},
		snapshotSpace},
	"aws_rds_export_task":                     {regional, []string{"export_task_identifier"}, ""},
	"aws_route53_record":                      {global, []string{"name", "type", "set_identifier"}, ""},
	"aws_route53_zone":                        {global, []string{"name"}, ""},
	"aws_s3_bucket":                           {worldwide, []string{"bucket"}, ""},
	"aws_s3_bucket_replication_configuration": {worldwide, []string{"bucket"}, ""}, // a bucket has one
	"aws_secretsmanager_secret":               {regional, []string{"name"}, ""},    // a replica takes it in its region
	"aws_sns_topic":                           {regional, []string{"name"}, ""},
	"aws_ssm_parameter":                       {regional, []string{"name"}, ""},
	"aws_wafv2_ip_set":                        {regional, []string{"name", "scope"}, ""},
	"aws_wafv2_web_acl":                       {regional, []string{"name", "scope"}, ""},
	"aws_cloudwatch_query_definition":         {regional, []string{"name"}, ""},
	"aws_xray_group":                          {regional, []string{"group_name"}, ""},
	"aws_xray_sampling_rule":                  {regional, []string{"rule_name"}, ""},

	// Settings: two stacks that have one would undo each other's.
	"aws_backup_region_settings":           {regional, nil, ""},
	"aws_ebs_default_kms_key":              {regional, nil, ""},
	"aws_ebs_snapshot_block_public_access": {regional, nil, ""},
	"aws_ec2_image_block_public_access":    {regional, nil, ""},
	"aws_ec2_instance_metadata_defaults":   {regional, nil, ""},
	"aws_ebs_encryption_by_default":        {regional, nil, ""},
	"aws_ecr_replication_configuration":    {regional, nil, ""},
	"aws_xray_encryption_config":           {regional, nil, ""},

	"aws_accessanalyzer_archive_rule":          {reach: anywhere}, // of its analyzer
	"aws_config_configuration_recorder_status": {reach: anywhere}, // its recorder's name
	"aws_guardduty_detector_feature":           {reach: anywhere}, // of its detector
	"aws_acm_certificate":                      {reach: anywhere}, // any number of a name
	"aws_appautoscaling_policy":                {reach: anywhere}, // of its target
	"aws_backup_restore_testing_selection":     {reach: anywhere}, // of its plan
	"aws_backup_selection":                     {reach: anywhere}, // of its plan
	"aws_cloudwatch_log_metric_filter":         {reach: anywhere}, // of its log group
	"aws_cloudwatch_log_stream":                {reach: anywhere}, // of its log group
	"aws_cloudwatch_log_subscription_filter":   {reach: anywhere}, // of its log group
	"aws_ec2_transit_gateway_vpc_attachment":   {reach: anywhere}, // its gateway's id, of its VPC
	"aws_eks_addon":                            {reach: anywhere}, // of its cluster
	"aws_iam_role_policy":                      {reach: anywhere}, // of its role
	"aws_route":                                {reach: anywhere}, // its gateway's id, of its table
	"aws_route53_health_check":                 {reach: anywhere}, // an alarm's name
	"aws_route53_key_signing_key":              {reach: anywhere}, // of its zone
	"aws_security_group":                       {reach: anywhere}, // of its VPC
	"aws_vpc_endpoint":                         {reach: anywhere}, // a service's name, of its VPC
	"helm_release":                             {cluster, []string{"name", "namespace"}, ""},
}
