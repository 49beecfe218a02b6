package review

const remedyQuiet = "apply it when few use it"

// restartRules: users may notice, because something restarts or moves.
var restartRules = table{verdict: Outage, severity: Warning, rules: []rule{
	{"aws_rds_* aws_db_instance aws_elasticache_*", "engine_version", changed,
		"changes: it restarts", remedyQuiet},
	{"aws_rds_* aws_db_instance", "instance_class", changed,
		"changes: the instance restarts, a writer fails over", remedyQuiet},
	{"aws_elasticache_*", "node_type", changed,
		"changes: its nodes are replaced, one after the other", remedyQuiet},
	{"aws_rds_* aws_db_instance", "ca_cert_identifier", changed,
		"changes: clients that do not trust it can't connect", "give them the new authority first"},
	{"aws_elasticache_replication_group", "num_cache_clusters", lowered,
		"is lowered: fewer nodes answer", remedyKeep},
	{"aws_rds_* aws_db_instance aws_elasticache_*", "parameter_group_name", changed,
		"changes: it may restart", remedyQuiet},
	{"aws_rds_cluster", "db_cluster_parameter_group_name", changed, "changes: it may restart", remedyQuiet},
	{"aws_appautoscaling_target", "max_capacity", lowered,
		"is lowered: there are fewer under load", remedyKeep},
	{"aws_eks_cluster", "version", changed,
		"changes: it can't be taken back", "look whether everything in the cluster runs on it"},
	{"aws_eks_node_group", "version", changed,
		"changes: its nodes are replaced, one after the other", remedyQuiet},
	{"aws_eks_node_group", "release_version", changed,
		"changes: its nodes are replaced, one after the other", remedyQuiet},
	{"aws_eks_node_group", "launch_template.version", changed,
		"changes: its nodes are replaced, one after the other", remedyQuiet},
	{"aws_eks_node_group", "scaling_config.max_size", lowered, "is lowered: pods may find no node", remedyKeep},
	{"aws_eks_node_group", "scaling_config.min_size", lowered, "is lowered: fewer nodes are kept", remedyKeep},
	{"aws_eks_node_group", "taint[key]", added,
		"is new: pods that do not tolerate it find no node", remedyKeep},
	{"aws_eks_addon", "addon_version", changed, "changes: it restarts on each node", remedyQuiet},
	{"helm_release", "version", changed, "changes: its pods restart", "read the chart's notes"},
	{"aws_cloudfront_distribution", "viewer_certificate.acm_certificate_arn", changed,
		"is another certificate", "make sure that it has every name"},
	{"aws_cloudfront_distribution", "origin[origin_id].domain_name", changed,
		"changes: requests go elsewhere", remedyQuiet},
	{"aws_lb_listener aws_alb_listener", "certificate_arn", changed,
		"is another certificate", "make sure that it has every name"},
	{"aws_lb_target_group", "health_check.path", changed,
		"changes: hosts that do not answer there are taken out", remedyQuiet},
	{"aws_route53_record", "alias.name", changed, "changes: the name leads elsewhere", remedyQuiet},
	{"aws_route53_health_check", "invert_healthcheck", differs, "changes who is healthy", remedyQuiet},
	{"aws_sns_topic_subscription", "filter_policy", differs, "changes who hears of alarms", remedyKeep},
}}

// outageRules: users notice, because something is taken away.
var outageRules = table{verdict: Outage, rules: []rule{
	{"aws_rds_* aws_db_instance aws_elasticache_*", "port", changed,
		"changes: clients can't connect", remedyKeep},
	{"aws_elasticache_replication_group", "automatic_failover_enabled", turnedOff,
		"is switched off: a lost node is not replaced by another", remedyKeep},
	{"aws_elasticache_replication_group aws_db_instance", "multi_az_enabled", turnedOff,
		"is switched off: it is lost with its zone", remedyKeep},
	{"aws_elasticache_replication_group", "user_group_ids", removed, "is gone: users can't log in", remedyKeep},
	{"aws_eks_cluster", "vpc_config.endpoint_private_access", turnedOff,
		"is switched off: nodes reach the API from outside only", remedyKeep},
	{"aws_cloudfront_distribution", "enabled", turnedOff, "is switched off: nobody is served", remedyKeep},
	{"aws_cloudfront_distribution", "aliases", lacks, "lacks a name that users call", remedyKeep},
	{"aws_cloudfront_distribution", "ordered_cache_behavior[path_pattern]", removed,
		"is gone: its requests go elsewhere", remedyKeep},
	{"aws_lb_listener aws_alb_listener", "port", changed, "changes: nobody calls there", remedyKeep},
	{"aws_lb aws_alb", "subnets", lacks, "lacks a zone", remedyKeep},
	{"aws_route53_record", "records", lacks, "lacks what the name led to", remedyKeep},
	{"aws_route53_record", "health_check_id", removed, "is gone: it does not fail over", remedyKeep},
	{"aws_route53_health_check", "disabled", turnedOn, "is switched on: it counts as healthy", remedyKeep},
	{"aws_route53_hosted_zone_dnssec", "signing_status", from("SIGNING"), unsigned, remedySigned},
	{"aws_route53_key_signing_key", "status", from("ACTIVE"), unsigned, remedySigned},
}}

// A zone whose parent vouches for a key that signs nothing is gone for everybody who validates, for as long as caches
// keep the parent's DS record (Route 53 Developer Guide, 'Disabling DNSSEC signing').
const (
	unsigned     = "ends: whoever validates finds no name of the zone while its parent has the DS record"
	remedySigned = "take the DS record out of the parent first, and wait for its time to live (docs/runbooks/dnssec.md)"
)

// outageEndings: the end of what a request goes through, or what is needed on its way.
var outageEndings = []ending{
	{verdict: Outage, kinds: "aws_cloudfront_distribution", says: "nobody is served meanwhile", gentle: Warning},
	{verdict: Outage, kinds: "aws_lb aws_alb aws_lb_listener aws_lb_listener_rule aws_lb_target_group " +
		"aws_alb_listener aws_alb_listener_rule aws_alb_target_group", says: "no request comes through meanwhile",
		gentle: Warning},
	{verdict: Outage, kinds: "aws_route53_record", says: "the name leads nowhere meanwhile", gentle: Warning},
	{verdict: Outage, kinds: "aws_route53_health_check", says: "nothing fails over meanwhile", gentle: Warning},
	{verdict: Outage, kinds: "aws_route53_hosted_zone_dnssec aws_route53_key_signing_key",
		says: "whoever validates finds no name of the zone while its parent has the DS record", remedy: remedySigned},
	{verdict: Outage, kinds: "aws_acm_certificate aws_acm_certificate_validation",
		says: "a certificate that may be in use", gentle: Warning},
	{verdict: Outage, kinds: "aws_eks_node_group aws_eks_addon aws_eks_fargate_profile aws_autoscaling_group",
		says: "pods have nowhere to run, or lack what they need, meanwhile", gentle: Warning},
	{verdict: Outage, kinds: "aws_eks_access_entry aws_eks_access_policy_association", severity: Warning,
		says: "somebody has no access to the cluster any more"},
	{verdict: Outage, kinds: "aws_rds_cluster_instance aws_rds_cluster_endpoint",
		says: "connections end, and without another instance nothing answers", gentle: Warning},
	{verdict: Outage, kinds: "aws_elasticache_* aws_rds_cluster aws_eks_cluster helm_release",
		says: "nothing answers meanwhile", gentle: Warning},
	{verdict: Outage, kinds: "aws_vpc aws_subnet aws_route aws_route_table aws_route_table_association " +
		"aws_nat_gateway aws_internet_gateway aws_vpc_endpoint aws_eip aws_network_acl",
		says: "packets have no way meanwhile", gentle: Warning},
	{verdict: Outage, severity: Warning, kinds: "aws_vpc_security_group_*_rule aws_security_group_rule aws_security_group",
		says: "what it let through is stopped"},
	{verdict: Outage, severity: Warning, kinds: "aws_iam_role aws_iam_role_policy aws_iam_role_policy_attachment " +
		"aws_iam_openid_connect_provider aws_iam_policy", says: "who acts by it is refused"},
	{verdict: Outage, severity: Warning,
		kinds: "aws_cloudwatch_metric_alarm aws_cloudwatch_composite_alarm aws_sns_topic " +
			"aws_sns_topic_subscription aws_cloudwatch_event_rule aws_cloudwatch_event_target",
		actions: []Action{Delete, Forget}, says: "what it told of is not told any more"},
	{verdict: Outage, severity: Warning, kinds: "aws_appautoscaling_* aws_codepipeline aws_codebuild_project",
		actions: []Action{Delete, Forget}, says: "what it did is not done any more"},
}
