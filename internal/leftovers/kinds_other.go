package leftovers

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// otherKinds hold nothing that could not be made again.
var otherKinds = []kind{
	{service: "sns", terraform: "aws_sns_topic", imported: byARN,
		delete: "sns delete-topic --topic-arn ARN", look: lookTopic, remove: removeTopic},
	{service: "cloudwatch", resource: "alarm", terraform: "aws_cloudwatch_metric_alarm",
		delete: "cloudwatch delete-alarms --alarm-names NAME", look: lookAlarm, remove: removeAlarm},
	{service: "codebuild", resource: "project", terraform: "aws_codebuild_project",
		delete: "codebuild delete-project --name NAME", look: lookProject, remove: removeProject},
	{service: "codepipeline", terraform: "aws_codepipeline", delete: "codepipeline delete-pipeline --name NAME"},
	{service: "ssm", resource: "parameter", terraform: "aws_ssm_parameter",
		delete: "ssm delete-parameter --name NAME", look: lookParameter, remove: removeParameter},
	{service: "rds", resource: "subgrp", terraform: "aws_db_subnet_group",
		delete: "rds delete-db-subnet-group --db-subnet-group-name NAME"},
	{service: "rds", resource: "cluster-pg", terraform: "aws_rds_cluster_parameter_group",
		delete: "rds delete-db-cluster-parameter-group --db-cluster-parameter-group-name NAME"},
	{service: "elasticache", resource: "subnetgroup", terraform: "aws_elasticache_subnet_group",
		delete: "elasticache delete-cache-subnet-group --cache-subnet-group-name NAME"},
	{service: "elasticache", resource: "parametergroup", terraform: "aws_elasticache_parameter_group",
		delete: "elasticache delete-cache-parameter-group --cache-parameter-group-name NAME"},
	{service: "elasticache", resource: "usergroup", terraform: "aws_elasticache_user_group",
		delete: "elasticache delete-user-group --user-group-id NAME"},
	{service: "elasticache", resource: "user", terraform: "aws_elasticache_user",
		delete: "elasticache delete-user --user-id NAME"},
	{service: "backup", resource: "backup-plan", terraform: "aws_backup_plan",
		delete: "backup delete-backup-plan --backup-plan-id NAME"},
	{service: "events", resource: "rule", terraform: "aws_cloudwatch_event_rule", before: "remove its targets first",
		delete: "events delete-rule --name NAME"},
	{service: "firehose", resource: "deliverystream", terraform: "aws_kinesis_firehose_delivery_stream", imported: byARN,
		delete: "firehose delete-delivery-stream --delivery-stream-name NAME"},
	{service: "acm", resource: "certificate", terraform: "aws_acm_certificate", imported: byARN,
		delete: "acm delete-certificate --certificate-arn ARN"},
	{service: "cloudfront", resource: "distribution", terraform: "aws_cloudfront_distribution",
		before: "disable it first, and wait until that is deployed; then delete it in the console"},
	{service: "route53", resource: "healthcheck", terraform: "aws_route53_health_check",
		delete: "route53 delete-health-check --health-check-id NAME"},
	{service: "wafv2", resource: "webacl", terraform: "aws_wafv2_web_acl", imported: webACLID},
	{service: "iam", resource: "role", terraform: "aws_iam_role", before: "detach its policies first",
		delete: "iam delete-role --role-name NAME"},
	{service: "iam", resource: "policy", terraform: "aws_iam_policy", imported: byARN,
		delete: "iam delete-policy --policy-arn ARN"},
	{service: "iam", resource: "oidc-provider", terraform: "aws_iam_openid_connect_provider", imported: byARN,
		delete: "iam delete-open-id-connect-provider --open-id-connect-provider-arn ARN"},
}

// webACLID is how a web ACL is imported: ID/NAME/SCOPE. Its ARN has them as global/NAME/ID.
func webACLID(_ arn.ARN, name string) string {
	parts := strings.Split(name, "/")
	if len(parts) != 3 {
		return ""
	}
	scope := "REGIONAL"
	if parts[0] == "global" {
		scope = "CLOUDFRONT"
	}
	return parts[2] + "/" + parts[1] + "/" + scope
}
