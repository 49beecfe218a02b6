package review

import "slices"

// permissionRules: somebody may do more. Policy documents are compared in policies.go.
var permissionRules = []rule{
	{verdict: Exposure, kinds: []string{"aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"},
		path: "block_public_acls", worse: turnedOff, says: "is switched off", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"},
		path: "block_public_policy", worse: turnedOff, says: "is switched off", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"},
		path: "ignore_public_acls", worse: turnedOff, says: "is switched off", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"},
		path: "restrict_public_buckets", worse: turnedOff, says: "is switched off", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_s3_bucket_acl", "aws_s3_bucket", "aws_s3_object"}, path: "acl", created: true,
		worse: to("public-read", "public-read-write", "authenticated-read"), says: "lets everybody in", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_s3_bucket_ownership_controls"}, path: "rule.object_ownership",
		worse: from("BucketOwnerEnforced"), says: "changes: access control lists count again", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_iam_role", "aws_iam_user"}, path: "permissions_boundary", worse: changed,
		says: "changes: what bounded its permissions", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_iam_role"}, path: "managed_policy_arns", worse: gains,
		says: "has another policy", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_iam_role"}, path: "max_session_duration", worse: raised,
		says: "is raised: a stolen session lasts longer", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_iam_*_attachment"}, path: "policy_arn", worse: changed,
		says: "is another policy", remedy: "read what it allows"},
	{verdict: Exposure, kinds: []string{"aws_iam_openid_connect_provider"}, path: "client_id_list", worse: gains,
		says: "takes tokens of another audience", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_iam_account_password_policy"}, path: "minimum_password_length", worse: lowered,
		says: "is lowered", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_eks_access_entry"}, path: "kubernetes_groups", worse: gains,
		says: "is in another group, with the roles that are bound to it", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_eks_access_policy_association"}, path: "policy_arn", worse: changed,
		says: "is another policy", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_eks_access_policy_association"}, path: "access_scope.type",
		worse: from("namespace"), says: "changes: it holds for the whole cluster", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_eks_access_policy_association"}, path: "access_scope.namespaces", worse: gains,
		says: "has another namespace", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_eks_cluster"}, path: "access_config.authentication_mode", worse: from("API"),
		says: "changes: who is in the cluster's own map has access, too", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_elasticache_user"}, path: "access_string", worse: changed,
		says: "changes, and is not compared: it may allow more commands or keys", remedy: "read what it allows"},
	{verdict: Exposure, kinds: []string{"aws_elasticache_user"}, path: "authentication_mode.type", worse: from("iam"),
		says: "is weaker", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_elasticache_user"}, path: "no_password_required", worse: turnedOn,
		says: "is switched on", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_elasticache_user_group"}, path: "user_ids", worse: gains,
		says: "has another user", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_elasticache_replication_group"}, path: "user_group_ids", worse: changed,
		says: "are other users", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"kubernetes_role*", "kubernetes_cluster_role*"}, path: "rule", worse: gainsVerbs,
		says: "allows more", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"kubernetes_role_binding*", "kubernetes_cluster_role_binding*"}, path: "subject",
		worse: gains, says: "has another subject", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_launch_template", "aws_instance"}, path: "metadata_options.http_tokens",
		worse: from("required"), says: "is weaker: credentials of a node can be taken by a single request", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_launch_template", "aws_instance"},
		path: "metadata_options.http_put_response_hop_limit", worse: raised,
		says: "is raised: pods reach the credentials of a node", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_ec2_instance_metadata_defaults"}, path: "http_tokens", worse: from("required"),
		says: "is weaker", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_ebs_encryption_by_default", "aws_guardduty_detector"}, path: "enabled",
		worse: turnedOff, says: "is switched off", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_guardduty_detector"}, path: "enable", worse: turnedOff,
		says: "is switched off", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_ebs_snapshot_block_public_access", "aws_ec2_image_block_public_access"},
		path: "state", worse: changed, says: "changes: what is shared may become public", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_rds_cluster"}, path: "manage_master_user_password", worse: turnedOff,
		says: "is switched off: the password is somebody's to keep and to rotate", remedy: remedyKeep},
	{verdict: Exposure, kinds: []string{"aws_sns_topic_subscription"}, path: "endpoint", worse: changed,
		says: "is somebody else's", remedy: "make sure of who it is"},
}

// gainsVerbs: a role of Kubernetes has a rule that none before covers. A rule without names is for all of its resources.
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
	{[]string{"aws_eks_access_policy_association", "aws_eks_access_entry"}, "cluster_name", "somebody has access to the cluster"},
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
