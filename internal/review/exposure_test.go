package review

import (
	"strings"
	"testing"
)

const cdn = `{"web_acl_id":"acl","origin":[{"origin_id":"alb","origin_access_control_id":"oac",` +
	`"custom_origin_config":[{"origin_protocol_policy":"https-only","origin_ssl_protocols":["TLSv1.2"]}]}],` +
	`"restrictions":[{"geo_restriction":[{"restriction_type":"whitelist"}]}],` +
	`"default_cache_behavior":[{"trusted_key_groups":["a"],"viewer_protocol_policy":"redirect-to-https"}],` +
	`"ordered_cache_behavior":[{"path_pattern":"/a","trusted_key_groups":["a"],"viewer_protocol_policy":"https-only"}],` +
	`"viewer_certificate":[{"minimum_protocol_version":"TLSv1.2_2021"}]}`

const webACL = `{"default_action":[{"block":[{}],"allow":[]}],` +
	`"rule":[{"name":"rate","action":[{"block":[{}],"count":[]}],"override_action":[],` +
	`"statement":[{"rate_based_statement":[{"limit":2000}]}]},` +
	`{"name":"common","action":[],"override_action":[{"none":[{}],"count":[]}],"statement":[]}]}`

const publicBlock = `{"block_public_acls":true,"block_public_policy":true,"ignore_public_acls":true,` +
	`"restrict_public_buckets":true}`

var exposureRows = []row{
	{"aws_db_instance",
		`{"publicly_accessible":false}`,
		`{"publicly_accessible":true}`,
		[]string{"exposure publicly_accessible"}},
	{"aws_eks_cluster",
		`{"vpc_config":[{"endpoint_public_access":false,"public_access_cidrs":["192.0.2.0/24"]}]}`,
		`{"vpc_config":[{"endpoint_public_access":true,"public_access_cidrs":["0.0.0.0/0"]}]}`,
		[]string{
			"exposure vpc_config.endpoint_public_access", "exposure vpc_config.public_access_cidrs allows more",
			"exposure vpc_config.public_access_cidrs allows everybody",
		}},
	{"aws_eks_cluster",
		`{"version":"1.34","vpc_config":[{"endpoint_public_access":false,"public_access_cidrs":["0.0.0.0/0"]}]}`,
		`{"version":"1.34","vpc_config":[{"endpoint_public_access":false,"public_access_cidrs":["0.0.0.0/0"]}]}`,
		nil},
	{"aws_eks_cluster",
		`{"vpc_config":[{"public_access_cidrs":["192.0.2.0/24"]}]}`,
		`{"vpc_config":[{"public_access_cidrs":["192.0.2.128/25","192.0.2.0/25"]}]}`,
		nil},
	{"aws_lb",
		`{"internal":true,"security_groups":["a"],"drop_invalid_header_fields":true}`,
		`{"internal":false,"security_groups":["a","b"],"drop_invalid_header_fields":false}`,
		[]string{"exposure internal", "exposure security_groups", "exposure drop_invalid"}},
	{"aws_rds_cluster",
		`{"vpc_security_group_ids":["a"]}`,
		`{"vpc_security_group_ids":["a","b"]}`,
		[]string{"exposure vpc_security_group_ids"}},
	{"aws_elasticache_replication_group",
		`{"security_group_ids":["a"]}`,
		`{"security_group_ids":["b"]}`,
		[]string{"exposure security_group_ids has another group"}},
	{"aws_eks_cluster",
		`{"vpc_config":[{"security_group_ids":["a"]}]}`,
		`{"vpc_config":[{"security_group_ids":["a","b"]}]}`,
		[]string{"exposure vpc_config.security_group_ids"}},
	{"aws_vpc_endpoint",
		`{"security_group_ids":["a"]}`,
		`{"security_group_ids":["a","b"]}`,
		[]string{"exposure security_group_ids"}},
	{"aws_subnet",
		`{"map_public_ip_on_launch":false}`,
		`{"map_public_ip_on_launch":true}`,
		[]string{"exposure map_public_ip_on_launch"}},
	{"aws_launch_template",
		`{"network_interfaces":[{"associate_public_ip_address":"false"}],` +
			`"metadata_options":[{"http_tokens":"required","http_put_response_hop_limit":1}]}`,
		`{"network_interfaces":[{"associate_public_ip_address":"true"}],` +
			`"metadata_options":[{"http_tokens":"optional","http_put_response_hop_limit":2}]}`,
		[]string{
			"exposure network_interfaces", "exposure metadata_options.http_tokens", "exposure metadata_options.http_put",
		}},
	{"aws_route", `{"gateway_id":"igw-1"}`, `{"gateway_id":"igw-2"}`, []string{"exposure gateway_id"}},
	{"aws_ec2_managed_prefix_list",
		`{"entry":[{"cidr":"10.0.0.0/8"}]}`,
		`{"entry":[{"cidr":"10.0.0.0/8"},{"cidr":"11.0.0.0/8"}]}`,
		[]string{"exposure entry"}},

	{"aws_cloudfront_distribution", cdn, swap(cdn, `"acl"`, `""`), []string{"exposure web_acl_id is gone"}},
	{"aws_cloudfront_distribution", cdn, swap(cdn, `"oac"`, `""`),
		[]string{"exposure origin[alb].origin_access_control_id"}},
	{"aws_cloudfront_distribution", cdn, swap(cdn, `whitelist`, `none`), []string{"exposure restrictions"}},
	{"aws_cloudfront_distribution", cdn,
		swap(cdn, `{"trusted_key_groups":["a"],"viewer_protocol_policy":"redirect-to-https"`,
			`{"trusted_key_groups":[],"viewer_protocol_policy":"allow-all"`),
		[]string{
			"exposure default_cache_behavior.trusted_key_groups", "exposure default_cache_behavior.viewer_protocol_policy",
		}},
	{"aws_cloudfront_distribution", cdn,
		swap(cdn, `"trusted_key_groups":["a"],"viewer_protocol_policy":"https-only"`,
			`"trusted_key_groups":[],"viewer_protocol_policy":"allow-all"`),
		[]string{"exposure ordered_cache_behavior[/a].trusted", "exposure ordered_cache_behavior[/a].viewer"}},
	{"aws_cloudfront_distribution", cdn, swap(cdn, `redirect-to-https`, `https-only`), nil},
	{"aws_cloudfront_distribution", cdn, swap(cdn, `TLSv1.2_2021`, `TLSv1`),
		[]string{"exposure viewer_certificate.minimum_protocol_version"}},
	{"aws_cloudfront_distribution", cdn,
		swap(cdn, `"https-only","origin_ssl_protocols":["TLSv1.2"]`,
			`"match-viewer","origin_ssl_protocols":["TLSv1","TLSv1.2"]`),
		[]string{
			"exposure origin[alb].custom_origin_config.origin_protocol_policy",
			"exposure origin[alb].custom_origin_config.origin_ssl",
		}},
	{"aws_wafv2_web_acl", webACL,
		swap(webACL, `"rate","action":[{"block":[{}],"count":[]}]`, `"rate","action":[{"block":[],"count":[{}]}]`),
		[]string{"exposure rule[rate].action.block is gone"}},
	{"aws_wafv2_web_acl", webACL, swap(webACL, `[{"none":[{}],"count":[]}]`, `[{"none":[],"count":[{}]}]`),
		[]string{"exposure rule[common].override_action.none"}},
	{"aws_wafv2_web_acl", webACL, swap(webACL, `2000`, `5000`),
		[]string{"exposure rule[rate].statement.rate_based_statement.limit"}},
	{"aws_wafv2_web_acl", webACL, swap(webACL, `{"block":[{}],"allow":[]}`, `{"block":[],"allow":[{}]}`),
		[]string{"exposure default_action.block"}},
	{"aws_wafv2_web_acl", webACL, `{"default_action":[{"block":[{}],"allow":[]}],"rule":[]}`,
		[]string{"exposure rule[rate] is gone", "exposure rule[common] is gone"}},
	{"aws_wafv2_web_acl", webACL,
		swap(webACL, `"rule":[`,
			`"rule":[{"name":"login","action":[{"block":[{}]}],`+
				`"statement":[{"rate_based_statement":[{"limit":10,"scope_down_statement":[{"regex_match_statement":[{}]}]}]}]},`),
		nil},
	{"aws_wafv2_web_acl", webACL,
		swap(webACL, `"rule":[`,
			`"rule":[{"name":"allow","action":[{"allow":[{}]}],"statement":[{"ip_set_reference_statement":[{"arn":"a"}]}]},`),
		[]string{"exposure rule[allow].action.allow is new"}},
	{"aws_wafv2_web_acl", webACL,
		swap(webACL, `{"limit":2000}`, `{"limit":2000,"scope_down_statement":[{"regex_match_statement":[{}]}]}`),
		[]string{"exposure rule[rate] is about other requests"}},
	{"aws_wafv2_web_acl", webACL,
		swap(webACL, `"count":[]}],"statement":[]`,
			`"count":[]}],"statement":[{"managed_rule_group_statement":[{"name":"g","rule_action_override":[{"name":"r"}]}]}]`),
		[]string{"exposure rule[common] counts more"}},
	{"aws_wafv2_ip_set", `{"addresses":["192.0.2.0/24"]}`, `{"addresses":[]}`, []string{"exposure addresses"}},
	{"kubernetes_network_policy_v1",
		`{"spec":[{"ingress":[]}]}`,
		`{"spec":[{"ingress":[{}]}]}`,
		[]string{"exposure spec"}},

	{"aws_elasticache_replication_group",
		`{"transit_encryption_enabled":true,"at_rest_encryption_enabled":"true","transit_encryption_mode":"required",` +
			`"kms_key_id":"a"}`,
		`{"transit_encryption_enabled":false,"at_rest_encryption_enabled":"false","transit_encryption_mode":"preferred",` +
			`"kms_key_id":null}`,
		[]string{
			"exposure transit_encryption_enabled", "exposure transit_encryption_mode", "exposure at_rest_encryption_enabled",
			"exposure kms_key_id is gone",
		}},
	{"aws_rds_cluster",
		`{"storage_encrypted":true,"manage_master_user_password":true}`,
		`{"storage_encrypted":false,"manage_master_user_password":null}`,
		[]string{"exposure storage_encrypted", "exposure manage_master_user_password"}},
	{"aws_ebs_volume", `{"encrypted":true}`, `{"encrypted":false}`, []string{"exposure encrypted"}},
	{"aws_sns_topic", `{"kms_master_key_id":"a"}`, `{"kms_master_key_id":""}`, []string{"exposure kms_master_key_id"}},
	{"aws_s3_bucket_server_side_encryption_configuration",
		`{"rule":[{"apply_server_side_encryption_by_default":[{"sse_algorithm":"aws:kms"}]}]}`,
		`{"rule":[{"apply_server_side_encryption_by_default":[{"sse_algorithm":"AES256"}]}]}`,
		[]string{"exposure rule.apply_server_side"}},
	{"aws_eks_cluster",
		`{"encryption_config":[{"resources":["secrets"]}]}`,
		`{"encryption_config":[]}`,
		[]string{"exposure encryption_config"}},
	{"aws_kms_key",
		`{"enable_key_rotation":true}`,
		`{"enable_key_rotation":false}`,
		[]string{"exposure enable_key_rotation"}},
	{"aws_lb_listener", `{"protocol":"HTTPS"}`, `{"protocol":"HTTP"}`, []string{"exposure protocol"}},
	{"aws_lb_target_group", `{"protocol":"HTTPS"}`, `{"protocol":"HTTP"}`, []string{"exposure protocol"}},
	{"aws_opensearch_domain",
		`{"domain_endpoint_options":[{"enforce_https":true}]}`,
		`{"domain_endpoint_options":[{"enforce_https":false}]}`,
		[]string{"exposure domain_endpoint_options"}},
	{"aws_lb_listener",
		`{"ssl_policy":"ELBSecurityPolicy-TLS13-1-2-2021-06"}`,
		`{"ssl_policy":"ELBSecurityPolicy-2016-08"}`,
		[]string{"exposure ssl_policy is lowered"}},
	{"aws_lb_listener",
		`{"ssl_policy":"ELBSecurityPolicy-TLS13-1-2-2021-06"}`,
		`{"ssl_policy":"ELBSecurityPolicy-TLS13-1-2-Res-2021-06"}`,
		[]string{"exposure warning ssl_policy changes"}},
	{"aws_lb_listener",
		`{"ssl_policy":"ELBSecurityPolicy-TLS13-1-2-2021-06"}`,
		`{"ssl_policy":"ELBSecurityPolicy-TLS13-1-3-2021-06"}`,
		nil},

	{"aws_s3_bucket_public_access_block", publicBlock,
		`{"block_public_acls":false,"block_public_policy":false,"ignore_public_acls":false,"restrict_public_buckets":false}`,
		[]string{"exposure block_public_acls", "exposure block_public_policy", "exposure ignore", "exposure restrict"}},
	{"aws_s3_bucket_acl", `{"acl":"private"}`, `{"acl":"public-read"}`, []string{"exposure acl lets everybody in"}},
	{"aws_s3_bucket_ownership_controls",
		`{"rule":[{"object_ownership":"BucketOwnerEnforced"}]}`,
		`{"rule":[{"object_ownership":"ObjectWriter"}]}`,
		[]string{"exposure rule.object_ownership"}},
	{"aws_iam_role",
		`{"permissions_boundary":"arn:b","managed_policy_arns":[],"max_session_duration":3600}`,
		`{"permissions_boundary":"","managed_policy_arns":["arn:a"],"max_session_duration":43200}`,
		[]string{"exposure permissions_boundary", "exposure managed_policy_arns", "exposure max_session_duration"}},
	{"aws_iam_role_policy_attachment",
		`{"policy_arn":"a"}`,
		`{"policy_arn":"b"}`,
		[]string{"exposure policy_arn is another policy"}},
	{"aws_iam_openid_connect_provider",
		`{"client_id_list":["sts.amazonaws.com"]}`,
		`{"client_id_list":["sts.amazonaws.com","x"]}`,
		[]string{"exposure client_id_list"}},
	{"aws_iam_account_password_policy",
		`{"minimum_password_length":14}`,
		`{"minimum_password_length":8}`,
		[]string{"exposure minimum_password_length"}},
	{"aws_eks_access_entry",
		`{"kubernetes_groups":["a"]}`,
		`{"kubernetes_groups":["a","system:masters"]}`,
		[]string{"exposure kubernetes_groups"}},
	{"aws_eks_access_policy_association",
		`{"policy_arn":"view","access_scope":[{"type":"namespace","namespaces":["a"]}]}`,
		`{"policy_arn":"edit","access_scope":[{"type":"namespace","namespaces":["a","b"]}]}`,
		[]string{"exposure policy_arn", "exposure access_scope.namespaces"}},
	{"aws_eks_access_policy_association",
		`{"access_scope":[{"type":"namespace","namespaces":["a"]}]}`,
		`{"access_scope":[{"type":"cluster","namespaces":[]}]}`,
		[]string{"exposure access_scope.type"}},
	{"aws_eks_cluster",
		`{"access_config":[{"authentication_mode":"API"}]}`,
		`{"access_config":[{"authentication_mode":"API_AND_CONFIG_MAP"}]}`,
		[]string{"exposure access_config"}},
	{"aws_elasticache_user",
		`{"access_string":"on ~* +get","no_password_required":false,"authentication_mode":[{"type":"iam"}]}`,
		`{"access_string":"on ~* +@all","no_password_required":true,"authentication_mode":[{"type":"password"}]}`,
		[]string{"exposure access_string", "exposure authentication_mode.type", "exposure no_password_required"}},
	{"aws_elasticache_user_group", `{"user_ids":["a"]}`, `{"user_ids":["a","b"]}`, []string{"exposure user_ids"}},
	{"kubernetes_role_v1",
		`{"rule":[{"verbs":["get"]}]}`,
		`{"rule":[{"verbs":["get","delete"]}]}`,
		[]string{"exposure rule allows more"}},
	{"kubernetes_role_v1",
		`{"rule":[{"verbs":["get","list"],"resources":["pods"]}]}`,
		`{"rule":[{"verbs":["get"],"resources":["pods"]},{"verbs":["list"],"resources":["pods"]}]}`,
		nil},
	{"kubernetes_role_v1",
		`{"rule":[{"verbs":["get"],"resources":["secrets"],"resource_names":["a"]}]}`,
		`{"rule":[{"verbs":["get"],"resources":["secrets"]}]}`,
		[]string{"exposure rule allows more"}},
	{"kubernetes_role_binding_v1",
		`{"subject":[{"name":"a"}]}`,
		`{"subject":[{"name":"a"},{"name":"b"}]}`,
		[]string{"exposure subject"}},
	{"aws_ec2_instance_metadata_defaults",
		`{"http_tokens":"required"}`,
		`{"http_tokens":"optional"}`,
		[]string{"exposure http_tokens"}},
	{"aws_ebs_encryption_by_default", `{"enabled":true}`, `{"enabled":false}`, []string{"exposure enabled"}},
	{"aws_guardduty_detector", `{"enable":true}`, `{"enable":false}`, []string{"exposure enable"}},
	{"aws_ebs_snapshot_block_public_access",
		`{"state":"block-all-sharing"}`,
		`{"state":"unblocked"}`,
		[]string{"exposure state"}},
	{"aws_sns_topic_subscription",
		`{"endpoint":"a@example.com"}`,
		`{"endpoint":"b@example.com"}`,
		[]string{"exposure endpoint"}},

	{"aws_lb_listener_rule",
		`{"action":[{"type":"forward"}],"condition":[{"http_header":[{"http_header_name":"X-Origin-Verify",` +
			`"values":["abcdefgh"]}]},{"path_pattern":[{"values":["/"]}]}]}`,
		`{"action":[{"type":"forward"}],"condition":[{"path_pattern":[{"values":["/"]}]}]}`,
		[]string{"exposure condition lacks one"}},
	{"aws_lb_listener_rule",
		`{"action":[{"type":"forward"}],"condition":[{"path_pattern":[{"values":["/a"]}]}]}`,
		`{"action":[{"type":"forward"}],"condition":[{"path_pattern":[{"values":["/a","/b"]}]}]}`,
		[]string{"exposure condition takes other requests"}},
	{"aws_lb_listener_rule",
		`{"action":[{"type":"forward"}],"condition":[{"http_header":[{"http_header_name":"X-Origin-Verify",` +
			`"values":["abcdefgh"]}]}]}`,
		`{"action":[{"type":"forward"}],"condition":[{"http_header":[{"http_header_name":"X-Origin-Verify",` +
			`"values":["ijklmnop"]}]}]}`,
		[]string{"exposure warning condition takes another secret value"}},
	{"aws_lb_listener_rule",
		`{"action":[{"type":"forward"}],"condition":[{"http_header":[{"http_header_name":"X-Serving-Environment",` +
			`"values":[":standby"]}]}]}`,
		`{"action":[{"type":"forward"}],"condition":[{"http_header":[{"http_header_name":"X-Serving-Environment",` +
			`"values":["prod-dr"]}]}]}`,
		nil},
	{"aws_lb_listener_rule",
		`{"action":[{"type":"forward"}],"condition":[{"host_header":[],` +
			`"http_header":[{"http_header_name":"X-Origin-Verify","values":["abcdefgh"]}],"path_pattern":null}]}`,
		`{"action":[{"type":"forward"}],"condition":[{"host_header":null,` +
			`"http_header":[{"http_header_name":"X-Origin-Verify","values":["abcdefgh"]}],"path_pattern":[]}]}`,
		nil},
	{"aws_lb_listener_rule",
		`{"action":[{"type":"fixed-response"}],"condition":[]}`,
		`{"action":[{"type":"forward"}],"condition":[]}`,
		[]string{"exposure action forwards"}},
	{"aws_lb_listener",
		`{"default_action":[{"type":"fixed-response"}]}`,
		`{"default_action":[{"type":"forward"}]}`,
		[]string{"exposure default_action forwards"}},
	{"aws_rds_cluster_parameter_group",
		`{"parameter":[{"name":"rds.force_ssl","value":"1","apply_method":"pending-reboot"}]}`,
		`{"parameter":[{"name":"rds.force_ssl","value":"0","apply_method":"pending-reboot"}]}`,
		[]string{"exposure parameter[rds.force_ssl] is switched off", "outage warning parameter[rds.force_ssl]"}},
}

func TestExposure(t *testing.T) { check(t, exposureRows) }

func TestWhatIsAttachedToWhatStands(t *testing.T) {
	attachment := planned("aws_iam_role_policy_attachment", Create, "",
		`{"role":"builder","policy_arn":"arn:aws:iam::aws:policy/AdministratorAccess"}`)
	report := reviewed(t, attachment)
	if got := told(report); got != "exposure aws_iam_role_policy_attachment.x: created: the role has another policy" ||
		!strings.Contains(report.Findings[0].Detail, "AdministratorAccess") {
		t.Errorf("got %s, %+v", got, report.Findings)
	}
	role := planned("aws_iam_role", Create, "", `{"name":"builder","assume_role_policy":"{\"Statement\":[]}"}`)
	if got := told(reviewed(t, attachment, role)); got != "" {
		t.Errorf("to a role of the same plan: %s", got)
	}
	later := planned("aws_iam_role_policy_attachment", Create, "", `{"policy_arn":"arn"}`).unknown(`{"role":true}`)
	if got := told(reviewed(t, later)); got != "" {
		t.Errorf("to a role that is not there yet: %s", got)
	}
}
