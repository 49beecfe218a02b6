package preflight

import (
	"context"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight/needs"
)

// creations are the calls that make what the stacks hold most of, by resource type. A denial of one of them ends an
// apply; that all are allowed does not say that every call is.
var creations = []struct{ kind, action string }{
	{"aws_vpc", "ec2:CreateVpc"}, {"aws_nat_gateway", "ec2:CreateNatGateway"},
	{"aws_internet_gateway", "ec2:CreateInternetGateway"}, {"aws_eip", "ec2:AllocateAddress"},
	{"aws_vpc_endpoint", "ec2:CreateVpcEndpoint"}, {"aws_eks_cluster", "eks:CreateCluster"},
	{"aws_eks_node_group", "eks:CreateNodegroup"}, {"aws_lb", "elasticloadbalancing:CreateLoadBalancer"},
	{"aws_rds_cluster", "rds:CreateDBCluster"},
	{"aws_elasticache_replication_group", "elasticache:CreateReplicationGroup"},
	{"aws_elasticache_cluster", "elasticache:CreateCacheCluster"}, {"aws_kms_key", "kms:CreateKey"},
	{"aws_s3_bucket", "s3:CreateBucket"}, {"aws_iam_role", "iam:CreateRole"}, {"aws_iam_role", "iam:PassRole"},
	{"aws_iam_openid_connect_provider", "iam:CreateOpenIDConnectProvider"},
	{"aws_secretsmanager_secret", "secretsmanager:CreateSecret"}, {"aws_ssm_parameter", "ssm:PutParameter"},
	{"aws_cloudwatch_log_group", "logs:CreateLogGroup"}, {"aws_cloudwatch_metric_alarm", "cloudwatch:PutMetricAlarm"},
	{"aws_sns_topic", "sns:CreateTopic"}, {"aws_ecr_repository", "ecr:CreateRepository"},
	{"aws_codepipeline", "codepipeline:CreatePipeline"}, {"aws_codebuild_project", "codebuild:CreateProject"},
	{"aws_backup_vault", "backup:CreateBackupVault"}, {"aws_acm_certificate", "acm:RequestCertificate"},
	{"aws_route53_zone", "route53:CreateHostedZone"}, {"aws_route53_record", "route53:ChangeResourceRecordSets"},
	{"aws_cloudfront_distribution", "cloudfront:CreateDistribution"}, {"aws_wafv2_web_acl", "wafv2:CreateWebACL"},
}

// askPermissions asks IAM whether the caller may make what the stacks hold in a region.
func askPermissions(
	ctx context.Context, client simulation, caller string, n *needs.Needs, region environments.Region,
) []Result {
	subject := "permissions of the caller in " + string(region)
	var actions []string
	for _, creation := range creations {
		if len(n.Names(region, creation.kind)) > 0 {
			actions = append(actions, creation.action)
		}
	}
	if len(actions) == 0 {
		return nil
	}
	verdicts, err := simulate(ctx, client, caller,
		question{actions: actions, keys: map[string]string{"aws:RequestedRegion": string(region)}})
	if err != nil {
		return []Result{unanswered(subject, err)}
	}
	var denials, doubts []string
	for _, v := range verdicts {
		switch {
		case v.allowed:
		case v.certain:
			denials = append(denials, v.action)
		default:
			doubts = append(doubts, v.action)
		}
	}
	return judgePermissions(subject, len(actions), denials, doubts)
}

func judgePermissions(subject string, asked int, denials, doubts []string) []Result {
	var results []Result
	if len(denials) > 0 {
		slices.Sort(denials)
		results = append(results, bad(subject, "have them allowed, or run it as somebody who may",
			"denied: %s", strings.Join(denials, ", ")))
	}
	if len(doubts) > 0 {
		slices.Sort(doubts)
		results = append(results, unknown(subject, "compare with the policies of the caller and of the organization",
			"not allowed on all resources, or under a condition: %s", strings.Join(doubts, ", ")))
	}
	if results == nil {
		results = append(results, good(subject, "%d calls that make what the stacks hold are allowed", asked))
	}
	return results
}
