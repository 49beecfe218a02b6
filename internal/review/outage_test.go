package review

import "testing"

var outageRows = []row{
	{"aws_rds_cluster",
		`{"engine_version":"17.6"}`,
		`{"engine_version":"17.9"}`,
		[]string{"outage warning engine_version changes"}},
	{"aws_rds_cluster_instance",
		`{"instance_class":"db.r8g.large","ca_cert_identifier":"a"}`,
		`{"instance_class":"db.r8g.xlarge","ca_cert_identifier":"b"}`,
		[]string{
			"outage warning instance_class", "outage warning ca_cert_identifier", "money warning instance_class is larger",
		}},
	{"aws_elasticache_replication_group",
		`{"node_type":"cache.r7g.xlarge","port":6379}`,
		`{"node_type":"cache.r7g.large","port":6380}`,
		[]string{"outage warning node_type", "outage port changes"}},
	{"aws_elasticache_replication_group",
		`{"automatic_failover_enabled":true,"multi_az_enabled":true,"num_cache_clusters":3,"user_group_ids":["a"]}`,
		`{"automatic_failover_enabled":false,"multi_az_enabled":false,"num_cache_clusters":1,"user_group_ids":[]}`,
		[]string{
			"exposure user_group_ids", "outage automatic_failover_enabled", "outage multi_az_enabled",
			"outage warning num_cache_clusters", "outage user_group_ids is gone",
		}},
	{"aws_elasticache_replication_group",
		`{"parameter_group_name":"a"}`,
		`{"parameter_group_name":"b"}`,
		[]string{"outage warning parameter_group_name"}},
	{"aws_rds_cluster",
		`{"db_cluster_parameter_group_name":"a"}`,
		`{"db_cluster_parameter_group_name":"b"}`,
		[]string{"outage warning db_cluster_parameter_group_name"}},
	{"aws_appautoscaling_target", `{"max_capacity":5}`, `{"max_capacity":2}`, []string{"outage warning max_capacity"}},
	{"aws_rds_cluster_parameter_group",
		`{"parameter":[{"name":"shared_preload_libraries","value":"a","apply_method":"pending-reboot"}]}`,
		`{"parameter":[{"name":"shared_preload_libraries","value":"a,b","apply_method":"pending-reboot"}]}`,
		[]string{"outage warning parameter[shared_preload_libraries] holds after a restart"}},
	{"aws_rds_cluster_parameter_group",
		`{"parameter":[{"name":"log_min_duration_statement","value":"1000","apply_method":"immediate"}]}`,
		`{"parameter":[{"name":"log_min_duration_statement","value":"500","apply_method":"immediate"}]}`,
		nil},
	{"aws_elasticache_parameter_group",
		`{"parameter":[{"name":"maxmemory-policy","value":"allkeys-lru"}]}`,
		`{"parameter":[{"name":"maxmemory-policy","value":"noeviction"}]}`,
		[]string{"outage warning parameter[maxmemory-policy] changes how the cache behaves"}},

	{"aws_eks_cluster", `{"version":"1.34"}`, `{"version":"1.35"}`, []string{"outage warning version changes"}},
	{"aws_eks_node_group",
		`{"version":"1.34","release_version":"a","launch_template":[{"version":"1"}],` +
			`"scaling_config":[{"min_size":3,"max_size":9,"desired_size":3}],"taint":[]}`,
		`{"version":"1.35","release_version":"b","launch_template":[{"version":"2"}],` +
			`"scaling_config":[{"min_size":1,"max_size":3,"desired_size":3}],"taint":[{"key":"spot","value":"x"}]}`,
		[]string{
			"outage warning version", "outage warning release_version", "outage warning launch_template.version",
			"outage warning scaling_config.max_size", "outage warning scaling_config.min_size",
			"outage warning taint[spot] is new",
		}},
	{"aws_eks_addon", `{"addon_version":"v1"}`, `{"addon_version":"v2"}`, []string{"outage warning addon_version"}},
	{"aws_eks_cluster",
		`{"vpc_config":[{"endpoint_private_access":true}]}`,
		`{"vpc_config":[{"endpoint_private_access":false}]}`,
		[]string{"outage vpc_config.endpoint_private_access"}},
	{"helm_release", `{"version":"1.0.0"}`, `{"version":"1.1.0"}`, []string{"outage warning version"}},

	{"aws_cloudfront_distribution",
		`{"enabled":true,"aliases":["api.example.com"]}`,
		`{"enabled":false,"aliases":[]}`,
		[]string{"outage enabled", "outage aliases lacks"}},
	{"aws_cloudfront_distribution",
		`{"viewer_certificate":[{"acm_certificate_arn":"a"}],"origin":[{"origin_id":"alb","domain_name":"a"}],` +
			`"ordered_cache_behavior":[{"path_pattern":"/static/*","viewer_protocol_policy":"https-only"}]}`,
		`{"viewer_certificate":[{"acm_certificate_arn":"b"}],"origin":[{"origin_id":"alb","domain_name":"b"}],` +
			`"ordered_cache_behavior":[]}`,
		[]string{
			"outage warning viewer_certificate.acm_certificate_arn", "outage warning origin[alb].domain_name",
			"outage ordered_cache_behavior[/static/*] is gone",
		}},
	{"aws_lb_listener",
		`{"certificate_arn":"a","port":443}`,
		`{"certificate_arn":"b","port":8443}`,
		[]string{"outage warning certificate_arn", "outage port"}},
	{"aws_lb_listener",
		`{"default_action":[{"type":"forward"}]}`,
		`{"default_action":[{"type":"fixed-response"}]}`,
		[]string{"outage default_action does not forward"}},
	{"aws_lb", `{"subnets":["a","b"]}`, `{"subnets":["a"]}`, []string{"outage subnets lacks"}},
	{"aws_lb_target_group",
		`{"health_check":[{"path":"/healthz"}]}`,
		`{"health_check":[{"path":"/readyz"}]}`,
		[]string{"outage warning health_check.path"}},
	{"aws_route53_record",
		`{"records":["a","b"],"health_check_id":"x","alias":[{"name":"a"}]}`,
		`{"records":["a"],"health_check_id":"","alias":[{"name":"b"}]}`,
		[]string{"outage records lacks", "outage warning alias.name", "outage health_check_id is gone"}},
	{"aws_route53_health_check",
		`{"disabled":false,"invert_healthcheck":false}`,
		`{"disabled":true,"invert_healthcheck":true}`,
		[]string{"outage warning invert_healthcheck", "outage disabled"}},
	{"aws_route53_hosted_zone_dnssec",
		`{"signing_status":"SIGNING"}`,
		`{"signing_status":"NOT_SIGNING"}`,
		[]string{"outage signing_status ends"}},
	{"aws_route53_key_signing_key", `{"status":"ACTIVE"}`, `{"status":"INACTIVE"}`, []string{"outage status ends"}},
	{"aws_sns_topic_subscription",
		`{"filter_policy":""}`,
		`{"filter_policy":"{\"a\":[\"b\"]}"}`,
		[]string{"outage warning filter_policy"}},
}

var moneyRows = []row{
	{"aws_eks_node_group",
		`{"capacity_type":"SPOT","scaling_config":[{"min_size":1,"max_size":3}]}`,
		`{"capacity_type":"ON_DEMAND","scaling_config":[{"min_size":3,"max_size":9}]}`,
		[]string{
			"money warning scaling_config.min_size", "money warning scaling_config.max_size", "money warning capacity_type",
		}},
	{"aws_appautoscaling_target",
		`{"max_capacity":2,"min_capacity":1}`,
		`{"max_capacity":5,"min_capacity":2}`,
		[]string{"money warning max_capacity", "money warning min_capacity"}},
	{"aws_rds_cluster",
		`{"serverlessv2_scaling_configuration":[{"min_capacity":0.5,"max_capacity":4}]}`,
		`{"serverlessv2_scaling_configuration":[{"min_capacity":1,"max_capacity":8}]}`,
		[]string{
			"money warning serverlessv2_scaling_configuration.max", "money warning serverlessv2_scaling_configuration.min",
		}},
	{"aws_elasticache_replication_group",
		`{"num_cache_clusters":2,"num_node_groups":1}`,
		`{"num_cache_clusters":3,"num_node_groups":2}`,
		[]string{"money warning num_cache_clusters", "money warning num_node_groups"}},
	{"aws_db_instance",
		`{"allocated_storage":20,"iops":1000}`,
		`{"allocated_storage":40,"iops":3000}`,
		[]string{"money warning allocated_storage", "money warning iops"}},
	{"aws_rds_cluster",
		`{"storage_type":"aurora","database_insights_mode":"standard",` +
			`"engine_lifecycle_support":"open-source-rds-extended-support-disabled"}`,
		`{"storage_type":"aurora-iopt1","database_insights_mode":"advanced",` +
			`"engine_lifecycle_support":"open-source-rds-extended-support"}`,
		[]string{
			"money warning storage_type", "money warning database_insights_mode", "money warning engine_lifecycle_support",
		}},
	{"aws_eks_cluster",
		`{"upgrade_policy":[{"support_type":"STANDARD"}]}`,
		`{"upgrade_policy":[{"support_type":"EXTENDED"}]}`,
		[]string{"money warning upgrade_policy.support_type"}},
	{"aws_cloudfront_distribution",
		`{"price_class":"PriceClass_100"}`,
		`{"price_class":"PriceClass_All"}`,
		[]string{"money warning price_class"}},
	{"aws_budgets_budget",
		`{"limit_amount":"100.0"}`,
		`{"limit_amount":"1000.0"}`,
		[]string{"money warning limit_amount"}},
	{"aws_shield_subscription", `{"auto_renew":"DISABLED"}`, `{"auto_renew":"ENABLED"}`, []string{"money auto_renew"}},
	{"aws_backup_vault_lock_configuration",
		`{"changeable_for_days":null}`,
		`{"changeable_for_days":3}`,
		[]string{"money changeable_for_days makes the lock final"}},
	{"aws_s3_bucket_object_lock_configuration",
		`{"rule":[{"default_retention":[{"days":1,"mode":"GOVERNANCE"}]}]}`,
		`{"rule":[{"default_retention":[{"days":1,"mode":"COMPLIANCE"}]}]}`,
		[]string{"money rule.default_retention.mode"}},
	{"aws_rds_cluster_instance",
		`{"instance_class":"db.r8g.large"}`,
		`{"instance_class":"db.r7g.large"}`,
		[]string{"outage warning instance_class", "money warning instance_class is of another family"}},
	{"aws_eks_node_group",
		`{"instance_types":["m7i.large"]}`,
		`{"instance_types":["m7i.xlarge"]}`,
		[]string{"money warning instance_types has another type"}},
}

func TestOutage(t *testing.T) { check(t, outageRows) }

func TestMoney(t *testing.T) { check(t, moneyRows) }

func TestWhatCannotBeUndone(t *testing.T) {
	for _, kind := range []string{"aws_rds_reserved_instance", "aws_shield_subscription"} {
		if report := reviewed(t, planned(kind, Create, "", `{"name":"x"}`)); len(Of(report.Failures(), Money)) != 1 {
			t.Errorf("%s: %s", kind, told(report))
		}
	}
	lock := planned("aws_backup_vault_lock_configuration", Create, "", `{"changeable_for_days":3}`)
	if report := reviewed(t, lock); len(Of(report.Failures(), Money)) != 1 {
		t.Error(told(report))
	}
}

// Where the new one is made first, nobody notices as much.
func TestANewOneThatIsThereFirst(t *testing.T) {
	group := planned("aws_eks_node_group", Replace, `{"instance_types":["a"]}`, `{"instance_types":["a"]}`)
	if got := reviewed(t, group); len(Of(got.Failures(), Outage)) != 1 {
		t.Error(told(got))
	}
	if got := reviewed(t, group.first()); len(Of(got.Notices(), Outage)) != 1 || got.ExitCode() != 0 {
		t.Error(told(got))
	}
}
