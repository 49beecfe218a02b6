package review

// networkRules: something can be reached that could not. Addresses of security groups are compared in addresses.go.
var networkRules = []rule{
	{verdict: Exposure, kinds: []string{"*"}, path: "publicly_accessible", worse: turnedOn, created: true,
		says: "is switched on: it has a public address", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_eks_cluster"}, path: "vpc_config.endpoint_public_access", worse: turnedOn,
		says: "is switched on: its API can be called from outside of the VPC", remedy: "reach it from inside the VPC"},
	{verdict: Exposure, kinds: []string{"aws_eks_cluster"}, path: "vpc_config.public_access_cidrs", worse: widerAddresses,
		says: "allows more addresses to call its API", remedy: "list the addresses that need it"},
	{verdict: Exposure, kinds: []string{"aws_eks_cluster"}, path: "vpc_config.public_access_cidrs", worse: openToAll,
		created: true, says: "allows everybody to call its API", remedy: "list the addresses that need it"},
	{verdict: Exposure, kinds: []string{"aws_lb", "aws_alb"}, path: "internal", worse: turnedOff,
		says: "is switched off: it has public addresses", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_lb", "aws_alb"}, path: "security_groups", worse: gains,
		says: "has another group, whose rules let others in", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_lb", "aws_alb"}, path: "drop_invalid_header_fields", worse: turnedOff,
		says: "is switched off: malformed headers reach the application", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_rds_cluster", "aws_db_instance"}, path: "vpc_security_group_ids", worse: gains,
		says: "has another group, whose rules let others in", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_elasticache_*"}, path: "security_group_ids", worse: gains,
		says: "has another group, whose rules let others in", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_eks_cluster"}, path: "vpc_config.security_group_ids", worse: gains,
		says: "has another group, whose rules let others in", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_vpc_endpoint"}, path: "security_group_ids", worse: gains,
		says: "has another group, whose rules let others in", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_subnet"}, path: "map_public_ip_on_launch", worse: turnedOn,
		says: "is switched on: what starts there has a public address", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_instance", "aws_launch_template"},
		path: "network_interfaces.associate_public_ip_address", worse: turnedOn,
		says: "is switched on: it has a public address", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_route"}, path: "gateway_id", worse: changed,
		says: "changes where packets go", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_ec2_managed_prefix_list"}, path: "entry", worse: gains,
		says: "has another address, which every rule that names it allows", remedy: remedyKeep},

	{verdict: Exposure, kinds: []string{"aws_cloudfront_distribution"}, path: "web_acl_id", worse: removed,
		says: "is gone: nothing filters requests", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_cloudfront_distribution"}, path: "origin[origin_id].origin_access_control_id",
		worse: removed, says: "is gone: requests to the bucket are not signed", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_cloudfront_distribution"}, path: "restrictions.geo_restriction.restriction_type",
		worse: from("whitelist"), says: "changes: other countries are let in", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_cloudfront_distribution"}, path: "default_cache_behavior.trusted_key_groups",
		worse: removed, says: "is gone: requests need no signature", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_cloudfront_distribution"},
		path: "ordered_cache_behavior[path_pattern].trusted_key_groups", worse: removed,
		says: "is gone: requests need no signature", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_wafv2_web_acl", "aws_wafv2_rule_group"}, path: "rule[name]", worse: removed,
		says: "is gone: what it blocked is let in", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_wafv2_web_acl", "aws_wafv2_rule_group"}, path: "rule[name].action.block",
		worse: goneBlock, says: "is gone: what it blocked is let in", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_wafv2_web_acl"}, path: "rule[name].override_action.none", worse: goneBlock,
		says: "is gone: what the group blocks is only counted", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_wafv2_web_acl"}, path: "rule[name].statement.rate_based_statement.limit",
		worse: raised, says: "is raised: one address may call more often", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_wafv2_web_acl"}, path: "default_action.block", worse: goneBlock,
		says: "is gone: what no rule blocks is let in", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_wafv2_ip_set"}, path: "addresses", worse: differs,
		says: "has other addresses, and what is done with them is the rule's to say", remedy: "look at the rules that name it"},

	{verdict: Exposure, kinds: []string{"kubernetes_network_policy*"}, path: "spec", worse: differs,
		says: "changes, and is not compared: other pods or addresses may be reached", remedy: "read what it lets through"},
}

// goneBlock: an empty block such as block {} is gone. A plan has it as a list of one object without values.
func goneBlock(before, after node) bool {
	return before.value != nil && len(before.items()) > 0 && len(after.items()) == 0 && !after.isUnknown()
}

// exposureEndings: the end of what keeps others out.
var exposureEndings = []ending{
	{verdict: Exposure, kinds: []string{"aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"},
		says: "a policy or a list may make its buckets public", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_s3_bucket_ownership_controls"}, says: "access control lists count again",
		remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_s3_bucket_server_side_encryption_configuration"},
		says: "later objects are not encrypted by its key", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_wafv2_web_acl", "aws_wafv2_web_acl_association", "aws_cloudfront_origin_access_control"},
		says: "nothing filters requests any more", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_ebs_encryption_by_default", "aws_ebs_snapshot_block_public_access",
		"aws_ec2_image_block_public_access", "aws_ec2_instance_metadata_defaults", "aws_iam_account_password_policy"},
		says: "the account's default is less strict", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_guardduty_detector", "aws_guardduty_detector_feature", "aws_accessanalyzer_analyzer",
		"aws_securityhub_account", "aws_securityhub_standards_subscription"}, actions: []Action{Delete, Forget},
		says: "nothing notices an intruder any more", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"kubernetes_network_policy*"}, says: "what it kept apart may meet",
		remedy: remedyKeep, gentle: Warning},
	{verdict: Exposure, kinds: []string{"aws_network_acl_rule", "aws_network_acl"}, says: "what it kept out may come in",
		remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_shield_protection"}, says: "it is not protected from floods any more",
		remedy: remedyKeep},
}

// exposureBeginnings: what shares with others by being there.
var exposureBeginnings = []beginning{
	{verdict: Exposure, kinds: []string{"aws_ami_launch_permission", "aws_snapshot_create_volume_permission", "aws_ram_principal_association",
		"aws_ram_resource_association", "aws_lambda_function_url", "aws_vpc_endpoint_service_allowed_principal",
		"aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter", "aws_ec2_transit_gateway_vpc_attachment",
		"aws_redshift_data_share_authorization", "aws_ec2_client_vpn_authorization_rule", "aws_lambda_permission"},
		says: "others can reach or use what it is for", remedy: "make sure of who they are"},
	{verdict: Exposure, kinds: []string{"aws_iam_access_key", "aws_iam_user_login_profile", "aws_iam_user"},
		says: "a login that does not end by itself", remedy: "use a role"},
}
