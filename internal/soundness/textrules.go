package soundness

import "regexp"

// textRule is what AWS takes as a text.
type textRule struct {
	characters *regexp.Regexp // of the whole of it; nil is all
	longest    int            // in characters; 0 is not said
	source     string
}

// Sets of characters that more than one text has.
var (
	ec2Text  = regexp.MustCompile(`^[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]*$`)
	iamText  = regexp.MustCompile(`^[\x09\x0A\x0D\x20-\x7E\xA1-\x{FF}]*$`)
	wafText  = regexp.MustCompile(`^[\w+=:#@/\-,.][\w+=:#@/\-,.\s]+[\w+=:#@/\-,.]$`)
	wafName  = regexp.MustCompile(`^[\w-]+$`)
	stepName = regexp.MustCompile(`^[A-Za-z0-9.@\-_]+$`)
	// tagText is the narrowest of the services' own sets: IAM's, ACM's, CloudFront's, WAF's and Systems Manager's.
	tagText = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)
)

// textRules are the texts that AWS restricts, by resource type and path of the attribute; * is every item of a list.
// Plan and validate see none of these: EC2's refusal of an apostrophe comes in the middle of a first apply.
var textRules = map[string]map[string]textRule{
	"aws_cloudfront_cache_policy": {"comment": {nil, 128, "CloudFront API Reference, CachePolicyConfig"}},
	"aws_cloudfront_distribution": {"comment": {nil, 128, "CloudFront API Reference, DistributionConfig"}},
	"aws_cloudfront_origin_access_control": {
		"description": {nil, 256, "CloudFront API Reference, OriginAccessControlConfig"},
	},
	"aws_cloudfront_origin_request_policy": {
		"comment": {nil, 128, "CloudFront API Reference, OriginRequestPolicyConfig"},
	},
	"aws_cloudfront_response_headers_policy": {
		"comment": {nil, 128, "CloudFront API Reference, ResponseHeadersPolicyConfig"},
	},
	"aws_cloudwatch_composite_alarm": {
		"alarm_description": {nil, 1024, "CloudWatch API Reference, PutCompositeAlarm"},
	},
	"aws_cloudwatch_event_rule":   {"description": {nil, 512, "EventBridge API Reference, PutRule"}},
	"aws_cloudwatch_metric_alarm": {"alarm_description": {nil, 1024, "CloudWatch API Reference, PutMetricAlarm"}},
	"aws_codebuild_project":       {"description": {nil, 255, "CodeBuild API Reference, CreateProject"}},
	"aws_codepipeline":            pipelineTexts,
	"aws_db_subnet_group": {
		"description": {iamText, 0, "RDS API Reference, CreateDBSubnetGroup, which names no set: ASCII"},
	},
	"aws_elasticache_parameter_group": {
		"description": {iamText, 0, "ElastiCache API Reference, CreateCacheParameterGroup, which names no set: ASCII"},
	},
	"aws_elasticache_replication_group": {
		"description": {iamText, 0, "ElastiCache API Reference, CreateReplicationGroup, which names no set: ASCII"},
	},
	"aws_elasticache_subnet_group": {
		"description": {iamText, 0, "ElastiCache API Reference, CreateCacheSubnetGroup, which names no set: ASCII"},
	},
	"aws_iam_policy":      {"description": {iamText, 1000, "IAM API Reference, CreatePolicy; the set is CreateRole's"}},
	"aws_iam_role":        {"description": {iamText, 1000, "IAM API Reference, CreateRole"}},
	"aws_kms_key":         {"description": {nil, 8192, "KMS API Reference, CreateKey"}},
	"aws_launch_template": {"description": {nil, 255, "EC2 API Reference, CreateLaunchTemplate"}},
	"aws_lb_listener": {
		"default_action.*.fixed_response.message_body": {
			nil, 1024, "Elastic Load Balancing API Reference, FixedResponseActionConfig",
		},
	},
	"aws_lb_listener_rule": {
		"action.*.fixed_response.message_body": {
			nil, 1024, "Elastic Load Balancing API Reference, FixedResponseActionConfig",
		},
	},
	"aws_rds_cluster_parameter_group": {
		"description": {iamText, 0, "RDS API Reference, CreateDBClusterParameterGroup, which names no set: ASCII"},
	},
	"aws_route53_zone":                    {"comment": {nil, 256, "Route 53 API Reference, HostedZoneConfig"}},
	"aws_secretsmanager_secret":           {"description": {nil, 2048, "Secrets Manager API Reference, CreateSecret"}},
	"aws_security_group":                  {"description": {ec2Text, 255, "EC2 API Reference, CreateSecurityGroup"}},
	"aws_sns_topic":                       {"display_name": {iamText, 100, "SNS API Reference, SetTopicAttributes"}},
	"aws_ssm_parameter":                   {"description": {nil, 1024, "Systems Manager API Reference, PutParameter"}},
	"aws_vpc_security_group_egress_rule":  {"description": {ec2Text, 255, "EC2 API Reference, IpRange"}},
	"aws_vpc_security_group_ingress_rule": {"description": {ec2Text, 255, "EC2 API Reference, IpRange"}},
	"aws_wafv2_ip_set": {
		"description": {wafText, 256, "WAFV2 API Reference, CreateIPSet"},
		"name":        {wafName, 128, "WAFV2 API Reference, CreateIPSet"},
	},
	"aws_wafv2_web_acl": {
		"description": {wafText, 256, "WAFV2 API Reference, CreateWebACL"},
		"name":        {wafName, 128, "WAFV2 API Reference, CreateWebACL"},
	},
}

var pipelineTexts = map[string]textRule{
	"variable.*.description":           {nil, 200, "CodePipeline API Reference, PipelineVariableDeclaration"},
	"stage.*.name":                     {stepName, 100, "CodePipeline API Reference, StageDeclaration"},
	"stage.*.action.*.name":            {stepName, 100, "CodePipeline API Reference, ActionDeclaration"},
	"stage.*.action.*.configuration.*": {nil, 1000, "CodePipeline API Reference, ActionDeclaration, configuration"},
	"stage.*.action.*.output_artifacts.*": {
		regexp.MustCompile(`^[a-zA-Z0-9_\-]+$`), 100, "CodePipeline API Reference, OutputArtifact",
	},
}

// tagRules are the keys' and the values'.
var (
	tagKeys   = textRule{tagText, 128, "Resource Groups Tagging API Reference, and each service's own"}
	tagValues = textRule{tagText, 256, tagKeys.source}
)
