package review

import "slices"

// permissionRules: somebody may do more. Policy documents are compared in policies.go.
var permissionRules = table{verdict: Exposure, rules: []rule{
	{"aws_s3_bucket_public_access_block aws_s3_account_public_access_block", "block_public_acls", turnedOff,
		"is switched off", remedyKeep},
	{"aws_s3_bucket_public_access_block aws_s3_account_public_access_block", "block_public_policy", turnedOff,
		"is switched off", remedyKeep},
	{"aws_s3_bucket_public_access_block aws_s3_account_public_access_block", "ignore_public_acls", turnedOff,
		"is switched off", remedyKeep},
	{"aws_s3_bucket_public_access_block aws_s3_account_public_access_block",
		"restrict_public_buckets", turnedOff,
		"is switched off", remedyKeep},
	{"aws_s3_bucket_ownership_controls", "rule.object_ownership", from("BucketOwnerEnforced"),
		"changes: access control lists count again", remedyKeep},
	{"aws_iam_role aws_iam_user", "permissions_boundary", changed,
		"changes: what bounded its permissions", remedyKeep},
	{"aws_iam_role", "managed_policy_arns", gains, "has another policy", remedyKeep},
	{"aws_iam_role", "max_session_duration", raised, "is raised: a stolen session lasts longer", remedyKeep},
	{"aws_iam_*_attachment", "policy_arn", changed, "is another policy", "read what it allows"},
	{"aws_iam_openid_connect_provider", "client_id_list", gains,
		"takes tokens of another audience", remedyKeep},
	{"aws_iam_account_password_policy", "minimum_password_length", lowered, "is lowered", remedyKeep},
	{"aws_eks_access_entry", "kubernetes_groups", gains,
		"is in another group, with the roles that are bound to it", remedyKeep},
	{"aws_eks_access_policy_association", "policy_arn", changed, "is another policy", remedyKeep},
	{"aws_eks_access_policy_association", "access_scope.type", from("namespace"),
		"changes: it holds for the whole cluster", remedyKeep},
	{"aws_eks_access_policy_association", "access_scope.namespaces", gains,
		"has another namespace", remedyKeep},
	{"aws_eks_cluster", "access_config.authentication_mode", from("API"),
		"changes: who is in the cluster's own map has access, too", remedyKeep},
	{"aws_elasticache_user", "access_string", changed,
		"changes, and is not compared: it may allow more commands or keys", "read what it allows"},
	{"aws_elasticache_user", "authentication_mode.type", from("iam"), "is weaker", remedyKeep},
	{"aws_elasticache_user", "no_password_required", turnedOn, "is switched on", remedyKeep},
	{"aws_elasticache_user_group", "user_ids", gains, "has another user", remedyKeep},
	{"aws_elasticache_replication_group", "user_group_ids", changed, "are other users", remedyKeep},
	{"kubernetes_role* kubernetes_cluster_role*", "rule", gainsVerbs, "allows more", remedyKeep},
	{"kubernetes_role_binding* kubernetes_cluster_role_binding*", "subject", gains,
		"has another subject", remedyKeep},
	{"aws_launch_template aws_instance", "metadata_options.http_tokens", from("required"),
		"is weaker: credentials of a node can be taken by a single request", remedyKeep},
	{"aws_launch_template aws_instance", "metadata_options.http_put_response_hop_limit", raised,
		"is raised: pods reach the credentials of a node", remedyKeep},
	{"aws_ec2_instance_metadata_defaults", "http_tokens", from("required"), "is weaker", remedyKeep},
	{"aws_ebs_encryption_by_default aws_guardduty_detector", "enabled", turnedOff,
		"is switched off", remedyKeep},
	{"aws_guardduty_detector", "enable", turnedOff, "is switched off", remedyKeep},
	{"aws_ebs_snapshot_block_public_access aws_ec2_image_block_public_access", "state", changed,
		"changes: what is shared may become public", remedyKeep},
	{"aws_rds_cluster", "manage_master_user_password", turnedOff,
		"is switched off: the password is somebody's to keep and to rotate", remedyKeep},
	{"aws_sns_topic_subscription", "endpoint", changed, "is somebody else's", "make sure of who it is"},
}}

// permissionCreatedRules hold for what is created, too.
var permissionCreatedRules = table{verdict: Exposure, created: true, rules: []rule{
	{"aws_s3_bucket_acl aws_s3_bucket aws_s3_object",
		"acl", to("public-read", "public-read-write", "authenticated-read"),
		"lets everybody in", remedyKeep},
}}

// gainsVerbs: a role of Kubernetes has a rule that none before covers. A rule without names is for all resources of
// its types.
func gainsVerbs(before, after node) bool {
	return slices.ContainsFunc(after.items(), func(a node) bool {
		return !slices.ContainsFunc(before.items(), func(b node) bool {
			for _, list := range []string{"verbs", "resources", "api_groups", "non_resource_urls"} {
				if gains(b.field(list), a.field(list)) && !slices.Contains(b.field(list).texts(), "*") {
					return false
				}
			}
			names := b.field("resource_names")
			return isEmpty(names.value) || !isEmpty(a.field("resource_names").value) && !gains(names, a.field("resource_names"))
		})
	})
}

// attached are the types that give something that stands more: to whom, and by which argument.
var attached = []struct {
	kinds    []string
	argument string
	says     string
}{
	{[]string{"aws_iam_role_policy_attachment"}, "role", "the role has another policy"},
	{[]string{"aws_iam_user_policy_attachment"}, "user", "the user has another policy"},
	{[]string{"aws_iam_group_policy_attachment"}, "group", "the group has another policy"},
	{[]string{"aws_eks_access_policy_association", "aws_eks_access_entry"}, "cluster_name",
		"somebody has access to the cluster"},
	{[]string{"aws_elasticache_user_group_association"}, "user_group_id", "the group has another user"},
	{[]string{"aws_network_interface_sg_attachment"}, "network_interface_id", "it has another security group"},
	{[]string{"aws_sns_topic_subscription"}, "topic_arn", "somebody else receives what the topic says"},
	{[]string{"aws_route"}, "route_table_id", "packets have another way"},
	{[]string{"aws_wafv2_web_acl_association"}, "resource_arn", "another web ACL decides who is let in"},
}

// attaches finds what is created beside something that stands, and gives it more.
func (r *reviewer) attaches(c *change) {
	if c.action != Create {
		return
	}
	for _, entry := range attached {
		if !slices.Contains(entry.kinds, c.kind) || r.standing.isNew(c.after.field(entry.argument)) {
			continue
		}
		what := c.after.field("policy_arn")
		for _, other := range []string{"principal_arn", "user_id", "security_group_id", "endpoint", "gateway_id"} {
			if what.value == nil && what.unknown != true {
				what = c.after.field(other)
			}
		}
		r.find(c, Finding{Verdict: Exposure, Rule: "attached", Summary: "created: " + entry.says,
			Detail: entry.argument + " " + r.line(c.after.field(entry.argument)) + ": " + r.line(what),
			Remedy: "make sure that it needs that"})
	}
}
