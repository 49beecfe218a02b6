package soundness

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
)

// dimensionOf are the dimensions of each namespace, and the resource types that each must name. What is in quotes is a
// value.
// replication is the type of a bucket's replication.
const replication = "aws_s3_bucket_replication_configuration"

var dimensionOf = map[string]map[string][]string{
	"AWS/CloudFront":         {"DistributionId": {"aws_cloudfront_distribution"}, "Region": {`"Global"`}},
	"AWS/WAFV2":              {"WebACL": {"aws_wafv2_web_acl"}, "Rule": {`"ALL"`}},
	"AWS/Route53":            {"HealthCheckId": {"aws_route53_health_check"}},
	"AWS/ApplicationELB":     {"LoadBalancer": {"aws_lb"}, "TargetGroup": {"aws_lb_target_group"}},
	"ContainerInsights":      {"ClusterName": {"aws_eks_cluster"}},
	"AWS/RDS":                {"DBClusterIdentifier": {"aws_rds_cluster"}, "Role": {`"WRITER"`, `"READER"`}},
	"AWS/ElastiCache":        {"CacheClusterId": {"aws_elasticache_cluster", "aws_elasticache_replication_group"}},
	"AWS/NATGateway":         {"NatGatewayId": {"aws_nat_gateway"}},
	"AWS/CertificateManager": {"CertificateArn": {"aws_acm_certificate_validation"}},
	"AWS/SNS":                {"TopicName": {"aws_sns_topic"}},
	"AWS/SQS":                {"QueueName": {"aws_sqs_queue"}},
	"AWS/Logs":               {"LogGroupName": {"aws_cloudwatch_log_group"}},
	// A copy's vault and a replica are in another region, and state is replicated by the account's stack: these are
	// names, of any stack of the account.
	"AWS/Backup": {"BackupVaultName": {"aws_backup_vault"}, "ResourceType": {`"Aurora"`}},
	"AWS/S3":     {"SourceBucket": {"aws_s3_bucket"}, "DestinationBucket": {"aws_s3_bucket"}, "RuleId": {replication}},
}

// nameOf are the attributes by which a metric names a resource of these types, and whether the resource may be another
// stack's.
var nameOf = map[string]struct {
	attribute string
	elsewhere bool
}{
	"aws_sns_topic":    {"name", false},
	"aws_backup_vault": {"name", true},
	"aws_s3_bucket":    {"bucket", true},
	replication:        {"rule.0.id", true},
}

// onlyGlobal are the namespaces whose metrics are in us-east-1 alone.
var onlyGlobal = []string{"AWS/CloudFront", "AWS/WAFV2", "AWS/Route53"}

var reference = regexp.MustCompile(`^\$\{([a-z0-9_]+)\.([A-Za-z0-9_-]+)\.[a-z_]+\}(-\d{3})?$`)

// Known is whether it is known what the metrics of a namespace are of.
func Known(namespace string) bool {
	_, known := dimensionOf[namespace]
	return known || isOwn(namespace)
}

// isOwn is whether a namespace is not AWS's: metric filters count in it.
func isOwn(namespace string) bool {
	return !strings.HasPrefix(namespace, "AWS/") && dimensionOf[namespace] == nil
}

// Metric is what is wrong with a metric that a stack asks for in its own region: no alarm on it would ever ring, and no
// graph show anything. all are the stacks, of whose accounts some metrics may be.
func Metric(s synth.Stack, all []synth.Stack, namespace, name string, dimensions map[string]any) []string {
	if isOwn(namespace) {
		for _, filter := range s.Resources("aws_cloudwatch_log_metric_filter") {
			counts := filter.At("metric_transformation.namespace") == namespace &&
				filter.At("metric_transformation.name") == name
			if counts && len(dimensions) == 0 {
				return referenceProblems(s, all, fmt.Sprint(filter.At("log_group_name")), []string{"aws_cloudwatch_log_group"})
			}
		}
		return []string{fmt.Sprintf("no metric filter counts %s %s", namespace, name)}
	}
	known, ok := dimensionOf[namespace]
	if !ok {
		return []string{fmt.Sprintf("namespace %q is not known here", namespace)}
	}
	var problems []string
	if slices.Contains(onlyGlobal, namespace) && s.Place.Region != environments.GlobalRegion {
		problems = append(problems, fmt.Sprintf("%s has its metrics in us-east-1", namespace))
	}
	if len(dimensions) == 0 {
		problems = append(problems, fmt.Sprintf("%s %s has no dimension: it would be of the whole account", namespace, name))
	}
	for dimension, value := range dimensions {
		types, ok := known[dimension]
		if !ok {
			problems = append(problems, fmt.Sprintf("%s has no dimension %q", namespace, dimension))
			continue
		}
		problems = append(problems, referenceProblems(s, all, fmt.Sprint(value), types)...)
	}
	return problems
}

// referenceProblems says what keeps a value from naming a resource of one of these types: of the stack, or where its
// type allows it of another stack of the account.
func referenceProblems(s synth.Stack, all []synth.Stack, value string, types []string) []string {
	if slices.Contains(types, `"`+value+`"`) {
		return nil
	}
	if named, ok := nameOf[types[0]]; ok && !strings.HasPrefix(value, "${") {
		for _, other := range ofItsAccount(s, all) {
			for _, block := range other.Resources(types[0]) {
				if block.At(named.attribute) == value && (named.elsewhere || other.Name == s.Name) {
					return nil
				}
			}
		}
	}
	m := reference.FindStringSubmatch(value)
	if m == nil || !slices.Contains(types, m[1]) {
		return []string{fmt.Sprintf("%q is no %s of this stack", value, strings.Join(types, " or "))}
	}
	if synth.Object(s.Root, "resource", m[1], m[2]) == nil {
		return []string{fmt.Sprintf("%q refers to nothing in this stack", value)}
	}
	return nil
}

// ofItsAccount are the stack itself, as it is, and the others of its account.
func ofItsAccount(s synth.Stack, all []synth.Stack) []synth.Stack {
	stacks := []synth.Stack{s}
	for _, other := range all {
		if other.Name != s.Name && other.AccountID == s.AccountID {
			stacks = append(stacks, other)
		}
	}
	return stacks
}

// Alarm is what is wrong with the metrics of an alarm of a stack.
func Alarm(s synth.Stack, all []synth.Stack, alarm synth.Block) []string {
	if namespace, ok := alarm.At("namespace").(string); ok {
		return Metric(s, all, namespace, fmt.Sprint(alarm.At("metric_name")), synth.Object(alarm.Body, "dimensions"))
	}
	var problems []string
	returned := 0
	for i := range synth.List(alarm.At("metric_query")) {
		query := fmt.Sprintf("metric_query.%d.", i)
		if alarm.At(query+"return_data") == true {
			returned++
		}
		if namespace, ok := alarm.At(query + "metric.namespace").(string); ok {
			name := fmt.Sprint(alarm.At(query + "metric.metric_name"))
			dimensions, _ := alarm.At(query + "metric.dimensions").(map[string]any)
			problems = append(problems, Metric(s, all, namespace, name, dimensions)...)
		}
	}
	if returned != 1 {
		problems = append(problems, fmt.Sprintf("%d queries return data, want one", returned))
	}
	return problems
}
