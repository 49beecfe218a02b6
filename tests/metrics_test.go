package tests

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// dimensionOf are the dimensions of each namespace, and the resource types that each must name. What is in quotes is a
// value.
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

// metricProblems are what is wrong with a metric: no alarm on it would ever ring, and no graph show anything. global is
// whether it is asked for in us-east-1.
func metricProblems(s Stack, namespace, name string, dimensions map[string]any, global bool) []string {
	if strings.HasPrefix(namespace, "Titan/") {
		for _, filter := range s.Resources("aws_cloudwatch_log_metric_filter") {
			counts := filter.At("metric_transformation.namespace") == namespace && filter.At("metric_transformation.name") == name
			if counts && len(dimensions) == 0 {
				return s.referenceProblems(fmt.Sprint(filter.At("log_group_name")), []string{"aws_cloudwatch_log_group"})
			}
		}
		return []string{fmt.Sprintf("no metric filter counts %s %s", namespace, name)}
	}
	known, ok := dimensionOf[namespace]
	if !ok {
		return []string{fmt.Sprintf("namespace %q is not known here", namespace)}
	}
	var problems []string
	if slices.Contains(onlyGlobal, namespace) && !global {
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
		problems = append(problems, s.referenceProblems(fmt.Sprint(value), types)...)
	}
	return problems
}

// referenceProblems says what keeps a value from naming a resource of one of these types: of the stack, or where its
// type allows it of another stack of the account.
func (s Stack) referenceProblems(value string, types []string) []string {
	if slices.Contains(types, `"`+value+`"`) {
		return nil
	}
	if named, ok := nameOf[types[0]]; ok && !strings.HasPrefix(value, "${") {
		for _, other := range s.ofItsAccount() {
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
func (s Stack) ofItsAccount() []Stack {
	account := map[string]string{}
	for _, environment := range loaded {
		for _, one := range order.Of(environment) {
			account[one.Name] = environment.Account.ID
		}
	}
	stacks := []Stack{s}
	for name, other := range synthesized {
		if name != s.Name && account[name] == account[s.Name] {
			stacks = append(stacks, other)
		}
	}
	return stacks
}

// alarmProblems are what is wrong with a metric alarm's metrics. global is whether its stack is in us-east-1.
func alarmProblems(s Stack, alarm Block, global bool) []string {
	if namespace, ok := alarm.At("namespace").(string); ok {
		return metricProblems(s, namespace, fmt.Sprint(alarm.At("metric_name")), synth.Object(alarm.Body, "dimensions"), global)
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
			problems = append(problems, metricProblems(s, namespace, name, dimensions, global)...)
		}
	}
	if returned != 1 {
		problems = append(problems, fmt.Sprintf("%d queries return data, want one", returned))
	}
	return problems
}

// An alarm on a dimension that names nothing never rings, and nobody notices. An alarm sees metrics of its own region
// alone.
func TestEveryAlarmIsOnAResourceOfItsStack(t *testing.T) {
	eachDashboard(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		here, alarms := tabled(t, stack.Name), stack.Resources("aws_cloudwatch_metric_alarm")
		least := 20
		if here.Kind == order.Global {
			least = 1
			if environment.Edge.Enabled {
				least = 3
			}
		}
		if len(alarms) < least {
			t.Errorf("%d alarms", len(alarms))
		}
		for _, alarm := range alarms {
			for _, problem := range soundness.Alarm(stack, committed(), alarm) {
				t.Errorf("%s: %s", alarm.Address, problem)
			}
		}
	})
}

func TestAnAlarmOnNothingIsSeen(t *testing.T) {
	on := func(namespace string, dimensions map[string]any) map[string]any {
		return map[string]any{"namespace": namespace, "metric_name": "Planted", "dimensions": dimensions}
	}
	of := func(dimension, value string) map[string]any { return map[string]any{dimension: value} }
	for want, body := range map[string]map[string]any{
		`"titan-prod-alb" is no aws_lb`:                   on("AWS/ApplicationELB", of("LoadBalancer", "titan-prod-alb")),
		`is no aws_rds_cluster`:                           on("AWS/RDS", of("DBClusterIdentifier", "${aws_lb.x.id}")),
		`refers to nothing in this stack`:                 on("AWS/RDS", of("DBClusterIdentifier", "${aws_rds_cluster.gone.id}")),
		`AWS/RDS has no dimension "Cluster"`:              on("AWS/RDS", of("Cluster", "x")),
		`"READ" is no "WRITER" or "READER" of this stack`: on("AWS/RDS", of("Role", "READ")),
		`AWS/CloudFront has its metrics in us-east-1`:     on("AWS/CloudFront", of("Region", "Global")),
		`no metric filter counts Titan/prod Planted`:      on("Titan/prod", nil),
		`namespace "AWS/Elasticache" is not known here`:   on("AWS/Elasticache", nil),
		`has no dimension: it would be of the whole`:      on("AWS/NATGateway", nil),
		`0 queries return data, want one`:                 {"metric_query": []any{}},
		// Another account's, and another region's.
		`"titan-staging" is no aws_backup_vault`:       on("AWS/Backup", of("BackupVaultName", "titan-staging")),
		`"titan-prod-global-operations" is no aws_sns`: on("AWS/SNS", of("TopicName", "titan-prod-global-operations")),
	} {
		problems := soundness.Alarm(stack(t, "prod"), committed(), Block{Address: "planted", Body: body})
		if !strings.Contains(strings.Join(problems, "; "), want) {
			t.Errorf("the check says %q, want %q", problems, want)
		}
	}
}
