package review

// networkRules: something can be reached that could not. Addresses of security groups are compared in addresses.go.
// networkCreatedRules hold for what is created, too.
var networkCreatedRules = table{verdict: Exposure, created: true, rules: []rule{
	{"*", "publicly_accessible", turnedOn, "is switched on: it has a public address", remedyKeep},
	{"aws_eks_cluster", "vpc_config.public_access_cidrs", openToAll,
		"allows everybody to call its API", "list the addresses that need it"},
}}

var networkRules = table{verdict: Exposure, rules: []rule{
	{"aws_eks_cluster", "vpc_config.endpoint_public_access", turnedOn,
		"is switched on: its API can be called from outside of the VPC", "reach it from inside the VPC"},
	{"aws_eks_cluster", "vpc_config.public_access_cidrs", widerAddresses,
		"allows more addresses to call its API", "list the addresses that need it"},
	{"aws_lb aws_alb", "internal", turnedOff, "is switched off: it has public addresses", remedyKeep},
	{"aws_lb aws_alb", "security_groups", gains, "has another group, whose rules let others in", remedyKeep},
	{"aws_lb aws_alb", "drop_invalid_header_fields", turnedOff,
		"is switched off: malformed headers reach the application", remedyKeep},
	{"aws_rds_cluster aws_db_instance", "vpc_security_group_ids", gains,
		"has another group, whose rules let others in", remedyKeep},
	{"aws_elasticache_*", "security_group_ids", gains,
		"has another group, whose rules let others in", remedyKeep},
	{"aws_eks_cluster", "vpc_config.security_group_ids", gains,
		"has another group, whose rules let others in", remedyKeep},
	{"aws_vpc_endpoint", "security_group_ids", gains,
		"has another group, whose rules let others in", remedyKeep},
	{"aws_subnet", "map_public_ip_on_launch", turnedOn,
		"is switched on: what starts there has a public address", remedyKeep},
	{"aws_instance aws_launch_template", "network_interfaces.associate_public_ip_address", turnedOn,
		"is switched on: it has a public address", remedyKeep},
	{"aws_route", "gateway_id", changed, "changes where packets go", remedyKeep},
	{"aws_ec2_managed_prefix_list", "entry", gains,
		"has another address, which every rule that names it allows", remedyKeep},
	{"aws_cloudfront_distribution", "web_acl_id", removed, "is gone: nothing filters requests", remedyKeep},
	{"aws_cloudfront_distribution", "origin[origin_id].origin_access_control_id", removed,
		"is gone: requests to the bucket are not signed", remedyKeep},
	{"aws_cloudfront_distribution", "restrictions.geo_restriction.restriction_type", from("whitelist"),
		"changes: other countries are let in", remedyKeep},
	{"aws_cloudfront_distribution", "default_cache_behavior.trusted_key_groups", removed,
		"is gone: requests need no signature", remedyKeep},
	{"aws_cloudfront_distribution", "ordered_cache_behavior[path_pattern].trusted_key_groups", removed,
		"is gone: requests need no signature", remedyKeep},
	{"aws_wafv2_web_acl aws_wafv2_rule_group", "rule[name]", removed,
		"is gone: what it blocked is let in", remedyKeep},
	{"aws_wafv2_web_acl aws_wafv2_rule_group", "rule[name].action.block", goneBlock,
		"is gone: what it blocked is let in", remedyKeep},
	{"aws_wafv2_web_acl", "rule[name].override_action.none", goneBlock,
		"is gone: what the group blocks is only counted", remedyKeep},
	{"aws_wafv2_web_acl aws_wafv2_rule_group", "rule[name].action.allow", added,
		"is new: what it matches passes every later rule", "let exceptions be about single rules"},
	{"aws_wafv2_web_acl", "rule[name]", countsMore,
		"counts more rules of its group: what they blocked is let in", remedyKeep},
	{"aws_wafv2_web_acl aws_wafv2_rule_group", "rule[name]", isAboutOthers,
		"is about other requests, and is not compared: it may let in what it blocked", "read what it matches"},
	{"aws_wafv2_web_acl", "rule[name].statement.rate_based_statement.limit", rateRaised,
		"is raised: one address may call more often", remedyKeep},
	{"aws_wafv2_web_acl", "default_action.block", goneBlock,
		"is gone: what no rule blocks is let in", remedyKeep},
	{"aws_wafv2_ip_set", "addresses", differs,
		"has other addresses, and what is done with them is the rule's to say", "look at the rules that name it"},
	{"kubernetes_network_policy*", "spec", differs,
		"changes, and is not compared: other pods or addresses may be reached", "read what it lets through"},
}}

// goneBlock: an empty block such as block {} is gone. A plan has it as a list of one object without values.
func goneBlock(before, after node) bool {
	return before.value != nil && len(before.items()) > 0 && len(after.items()) == 0 && !after.isUnknown()
}

// exposureEndings: the end of what keeps others out.
var exposureEndings = []ending{
	{verdict: Exposure, kinds: "aws_s3_bucket_public_access_block aws_s3_account_public_access_block",
		says: "a policy or a list may make its buckets public", remedy: remedyKeep},
	{verdict: Exposure, kinds: "aws_s3_bucket_ownership_controls", says: "access control lists count again",
		remedy: remedyKeep},
	{verdict: Exposure, kinds: "aws_s3_bucket_server_side_encryption_configuration",
		says: "later objects are not encrypted by its key", remedy: remedyKeep},
	{verdict: Exposure, kinds: "aws_wafv2_web_acl aws_wafv2_web_acl_association aws_cloudfront_origin_access_control",
		says: "nothing filters requests any more", remedy: remedyKeep},
	{verdict: Exposure, kinds: "aws_ebs_encryption_by_default aws_ebs_snapshot_block_public_access " +
		"aws_ec2_image_block_public_access aws_ec2_instance_metadata_defaults " +
		"aws_iam_account_password_policy",
		says: "the account's default is less strict", remedy: remedyKeep},
	{verdict: Exposure, kinds: "aws_guardduty_detector aws_guardduty_detector_feature aws_accessanalyzer_analyzer " +
		"aws_securityhub_account aws_securityhub_standards_subscription", actions: []Action{Delete, Forget},
		says: "nothing notices an intruder any more", remedy: remedyKeep},
	{verdict: Exposure, kinds: "kubernetes_network_policy*", says: "what it kept apart may meet",
		remedy: remedyKeep, gentle: Warning},
	{verdict: Exposure, kinds: "aws_network_acl_rule aws_network_acl", says: "what it kept out may come in",
		remedy: remedyKeep},
	{verdict: Exposure, kinds: "aws_vpc_endpoint_policy", says: "the endpoint lets everything through again",
		remedy: remedyKeep},
	{verdict: Exposure, kinds: "aws_shield_protection", says: "it is not protected from floods any more",
		remedy: remedyKeep},
}

// exposureBeginnings: what shares with others by being there.
var exposureBeginnings = []beginning{
	{verdict: Exposure, kinds: "aws_ami_launch_permission aws_snapshot_create_volume_permission " +
		"aws_ram_principal_association aws_ram_resource_association aws_lambda_function_url " +
		"aws_vpc_endpoint_service_allowed_principal aws_vpc_peering_connection " +
		"aws_vpc_peering_connection_accepter aws_ec2_transit_gateway_vpc_attachment " +
		"aws_redshift_data_share_authorization aws_ec2_client_vpn_authorization_rule " +
		"aws_lambda_permission",
		says: "others can reach or use what it is for", remedy: "make sure of who they are"},
	{verdict: Exposure, kinds: "aws_iam_access_key aws_iam_user_login_profile aws_iam_user",
		says: "a login that does not end by itself", remedy: "use a role"},
}
