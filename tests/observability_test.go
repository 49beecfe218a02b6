package tests

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// alarmNamed is a stack's metric alarm by what follows the environment's prefix in its name.
func alarmNamed(t *testing.T, environment environments.Environment, stack Stack, id string) Block {
	t.Helper()
	for _, alarm := range stack.resources("aws_cloudwatch_metric_alarm") {
		if alarm.at("alarm_name") == environment.Prefix()+"-"+id {
			return alarm
		}
	}
	t.Fatalf("%s has no alarm %s", stack.Name, id)
	return Block{}
}

// dimensionOf are the dimensions of each namespace, and the resource types that each must name. What is in quotes is a value.
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
}

// onlyGlobal are the namespaces whose metrics are in us-east-1 alone.
var onlyGlobal = []string{"AWS/CloudFront", "AWS/WAFV2", "AWS/Route53"}

var reference = regexp.MustCompile(`^\$\{([a-z0-9_]+)\.([A-Za-z0-9_-]+)\.[a-z_]+\}(-\d{3})?$`)

// metricProblems are what is wrong with a metric: no alarm on it would ever ring, and no graph show anything. global is whether it is asked for in
// us-east-1.
func metricProblems(s Stack, namespace, name string, dimensions map[string]any, global bool) []string {
	if strings.HasPrefix(namespace, "Titan/") {
		for _, filter := range s.resources("aws_cloudwatch_log_metric_filter") {
			if filter.at("metric_transformation.namespace") == namespace && filter.at("metric_transformation.name") == name && len(dimensions) == 0 {
				return s.referenceProblems(fmt.Sprint(filter.at("log_group_name")), []string{"aws_cloudwatch_log_group"})
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

// referenceProblems says what keeps a value from naming a resource of the stack, of one of these types.
func (s Stack) referenceProblems(value string, types []string) []string {
	if slices.Contains(types, `"`+value+`"`) {
		return nil
	}
	// SNS counts by the topic's name, which is the environment's to give.
	for _, topic := range s.resources("aws_sns_topic") {
		if types[0] == "aws_sns_topic" && topic.at("name") == value {
			return nil
		}
	}
	m := reference.FindStringSubmatch(value)
	if m == nil || !slices.Contains(types, m[1]) {
		return []string{fmt.Sprintf("%q is no %s of this stack", value, strings.Join(types, " or "))}
	}
	if mapping(s.Root, "resource", m[1], m[2]) == nil {
		return []string{fmt.Sprintf("%q refers to nothing in this stack", value)}
	}
	return nil
}

// alarmProblems are what is wrong with a metric alarm's metrics.
func alarmProblems(s Stack, alarm Block) []string {
	global := alarm.at("provider") == "aws.global"
	if namespace, ok := alarm.at("namespace").(string); ok {
		return metricProblems(s, namespace, fmt.Sprint(alarm.at("metric_name")), mapping(alarm.Body, "dimensions"), global)
	}
	var problems []string
	returned := 0
	for i := range list(alarm.at("metric_query")) {
		query := fmt.Sprintf("metric_query.%d.", i)
		if alarm.at(query+"return_data") == true {
			returned++
		}
		if namespace, ok := alarm.at(query + "metric.namespace").(string); ok {
			dimensions, _ := alarm.at(query + "metric.dimensions").(map[string]any)
			problems = append(problems, metricProblems(s, namespace, fmt.Sprint(alarm.at(query+"metric.metric_name")), dimensions, global)...)
		}
	}
	if returned != 1 {
		problems = append(problems, fmt.Sprintf("%d queries return data, want one", returned))
	}
	return problems
}

// An alarm on a dimension that names nothing never rings, and nobody notices.
func TestEveryAlarmIsOnAResourceOfItsStack(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		alarms := stack.resources("aws_cloudwatch_metric_alarm")
		if len(alarms) < 20 {
			t.Errorf("%d alarms", len(alarms))
		}
		for _, alarm := range alarms {
			for _, problem := range alarmProblems(stack, alarm) {
				t.Errorf("%s: %s", alarm.Address, problem)
			}
		}
	})
}

func TestAnAlarmOnNothingIsSeen(t *testing.T) {
	for want, body := range map[string]map[string]any{
		`"titan-prod-alb" is no aws_lb`:                   {"namespace": "AWS/ApplicationELB", "metric_name": "RequestCount", "dimensions": map[string]any{"LoadBalancer": "titan-prod-alb"}},
		`is no aws_rds_cluster`:                           {"namespace": "AWS/RDS", "metric_name": "CPUUtilization", "dimensions": map[string]any{"DBClusterIdentifier": "${aws_lb.x.id}"}},
		`refers to nothing in this stack`:                 {"namespace": "AWS/RDS", "metric_name": "CPUUtilization", "dimensions": map[string]any{"DBClusterIdentifier": "${aws_rds_cluster.gone.id}"}},
		`AWS/RDS has no dimension "Cluster"`:              {"namespace": "AWS/RDS", "metric_name": "CPUUtilization", "dimensions": map[string]any{"Cluster": "x"}},
		`AWS/CloudFront has its metrics in us-east-1`:     {"namespace": "AWS/CloudFront", "metric_name": "Requests", "dimensions": map[string]any{"Region": "Global"}},
		`no metric filter counts Titan/prod Nothing`:      {"namespace": "Titan/prod", "metric_name": "Nothing"},
		`namespace "AWS/Elasticache" is not known here`:   {"namespace": "AWS/Elasticache", "metric_name": "Evictions"},
		`has no dimension: it would be of the whole`:      {"namespace": "AWS/NATGateway", "metric_name": "ErrorPortAllocation"},
		`0 queries return data, want one`:                 {"metric_query": []any{}},
		`"READ" is no "WRITER" or "READER" of this stack`: {"namespace": "AWS/RDS", "metric_name": "CPUUtilization", "dimensions": map[string]any{"Role": "READ"}},
	} {
		if problems := alarmProblems(stack(t, "prod"), Block{"planted", body}); !strings.Contains(strings.Join(problems, "; "), want) {
			t.Errorf("the check says %q, want %q", problems, want)
		}
	}
}

var runbookIn = regexp.MustCompile(`Runbook: (docs/runbooks/[a-z]+\.md)(?:#([a-z-]+))?`)

// Whoever is woken reads the description: it has to lead somewhere.
func TestEveryAlarmLeadsToItsRunbook(t *testing.T) {
	sections := map[string]bool{} // of docs/runbooks/alarms.md, and whether an alarm leads there
	content, err := os.ReadFile(filepath.Join("..", "docs", "runbooks", "alarms.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, heading := range regexp.MustCompile(`(?m)^## ([a-z-]+)$`).FindAllStringSubmatch(string(content), -1) {
		sections[heading[1]] = false
	}
	for _, environment := range loaded {
		stack := stack(t, environment.Name)
		for kind, attribute := range map[string]string{
			"aws_cloudwatch_metric_alarm": "alarm_description", "aws_cloudwatch_composite_alarm": "alarm_description", "aws_cloudwatch_event_rule": "description",
		} {
			for _, alarm := range stack.resources(kind) {
				m := runbookIn.FindStringSubmatch(fmt.Sprint(alarm.at(attribute)))
				if m == nil {
					t.Errorf("%s: %s names no runbook: %v", stack.Name, alarm.Address, alarm.at(attribute))
					continue
				}
				if _, err := os.Stat(filepath.Join("..", m[1])); err != nil {
					t.Errorf("%s: %s: %v", stack.Name, alarm.Address, err)
				}
				if m[1] != "docs/runbooks/alarms.md" {
					continue
				}
				if _, ok := sections[m[2]]; !ok {
					t.Errorf("%s: %s leads to a section %q that alarms.md does not have", stack.Name, alarm.Address, m[2])
				}
				sections[m[2]] = true
			}
		}
		if len(stack.resources("aws_budgets_budget")) > 0 {
			sections["budget"] = true // a budget has no description
		}
	}
	for section, used := range sections {
		if !used {
			t.Errorf("no alarm leads to the section %q of alarms.md", section)
		}
	}
}

// An alarm tells a topic of its own region, or is a cause of one that does.
func TestEveryAlarmIsHeard(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		var causes string
		for _, composite := range stack.resources("aws_cloudwatch_composite_alarm") {
			causes += fmt.Sprint(composite.at("alarm_rule"))
		}
		for _, check := range stack.resources("aws_route53_health_check") {
			causes += fmt.Sprint(check.at("cloudwatch_alarm_name"))
		}
		for _, kind := range []string{"aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"} {
			for _, alarm := range stack.resources(kind) {
				if alarm.at("alarm_actions") == nil && strings.Contains(causes, "${"+alarm.Address+".") {
					continue
				}
				topic := "observability/operations"
				if alarm.at("provider") == "aws.global" {
					topic = "observability/operations-global"
				}
				arn := fmt.Sprintf("${%s.arn}", stack.resource(t, "aws_sns_topic", topic).Address)
				alarm.has(t, "alarm_actions", []string{arn})
				alarm.has(t, "ok_actions", []string{arn})
			}
		}
	})
}

// 'Composite alarms combine alarms of their own region and account only.'
func TestServiceDownLooksAtItsOwnRegion(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		composites := stack.resources("aws_cloudwatch_composite_alarm")
		besides := environment.Edge.Enabled || environment.DR.Role != environments.DRNone
		if want := 1 + map[bool]int{true: 1}[besides]; len(composites) != want {
			t.Errorf("%d composite alarms, want %d: one where it runs, one where its users come in", len(composites), want)
		}
		for _, composite := range composites {
			causes := regexp.MustCompile(`ALARM\("\$\{([^}]+)\.alarm_name\}"\)`).FindAllStringSubmatch(fmt.Sprint(composite.at("alarm_rule")), -1)
			if len(causes) == 0 {
				t.Errorf("%s has no cause: %v", composite.Address, composite.at("alarm_rule"))
			}
			for _, cause := range causes {
				kind, id, _ := strings.Cut(cause[1], ".")
				body := mapping(stack.Root, "resource", kind, id)
				if body == nil || body["provider"] != composite.at("provider") {
					t.Errorf("%s looks at %s, which is in another region or not there", composite.Address, cause[1])
				}
			}
		}
		rule := fmt.Sprint(stack.resource(t, "aws_cloudwatch_composite_alarm", "observability/service-down").at("alarm_rule"))
		for _, cause := range []string{"load-balancer-hosts", "load-balancer-outage", "database-writer"} {
			if !strings.Contains(rule, alarmNamed(t, environment, stack, cause).Address) {
				t.Errorf("the service is not down when %s rings: %s", cause, rule)
			}
		}
	})
}

func TestThresholdsAreTheFiles(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		th := environment.Observability.Thresholds
		want := map[string]int{
			"load-balancer-errors": th.ErrorPercent, "load-balancer-outage": th.OutagePercent, "load-balancer-latency": th.LatencyMilliseconds,
			"nodes-cpu": th.CPUPercent, "nodes-memory": th.MemoryPercent, "nodes-disk": th.DiskPercent,
			"database-cpu": th.CPUPercent, "database-memory": th.DatabaseMemoryMiB * 1024 * 1024, "database-connections": th.DatabaseConnections,
			"cache-engine-cpu-001": th.CPUPercent, "cache-cpu-001": th.CPUPercent, "cache-memory-001": th.MemoryPercent, "cache-evictions-001": th.CacheEvictions,
			"application-errors": th.ApplicationErrors, "database-errors": th.DatabaseErrors, "denied-calls": th.DeniedCalls,
			"certificate-regional": th.CertificateDays,
		}
		if environment.Edge.Enabled {
			want["edge-errors"], want["edge-outage"], want["certificate-edge"] = th.ErrorPercent, th.OutagePercent, th.CertificateDays
		}
		if environment.Database.MaxReaders > 0 {
			want["database-readers-cpu"], want["database-lag"] = th.CPUPercent, th.ReplicaLagMilliseconds
		}
		if environment.Cache.Mode == environments.CacheReplicated {
			want["cache-lag-001"] = th.CacheLagSeconds
		}
		for id, threshold := range want {
			alarmNamed(t, environment, stack, id).has(t, "threshold", threshold)
		}
	})
	other := variant(t, "dev", func(e *environments.Environment) { e.Observability.Thresholds.CPUPercent = 42 })
	alarmNamed(t, loadedNamed(t, "dev"), other, "nodes-cpu").has(t, "threshold", 42)
}

// What a period without data means is the alarm's to say: by default it means nothing, and what is gone does not ring.
func TestSilenceMeansWhatItShould(t *testing.T) {
	environment, prod := loadedNamed(t, "prod"), stack(t, "prod")
	for id, missing := range map[string]string{
		"load-balancer-hosts":  "breaching",    // no target at all
		"load-balancer-errors": "notBreaching", // no request
		"nodes-failed":         "breaching",    // Container Insights is gone
		"database-writer":      "breaching",    // no instance
		"cache-engine-cpu-001": "breaching",    // no node
		"cache-lag-001":        "notBreaching", // the primary has no lag
		"certificate-regional": "ignore",       // it comes twice a day, and not once it has ended
		"region-health":        "missing",      // Route 53 always tells; else CloudWatch is in trouble
	} {
		alarmNamed(t, environment, prod, id).has(t, "treat_missing_data", missing)
	}
	for _, name := range []string{"dev", "prod"} {
		for _, alarm := range stack(t, name).resources("aws_cloudwatch_metric_alarm") {
			if alarm.at("treat_missing_data") == nil {
				t.Errorf("%s does not say what silence means", alarm.Address)
			}
		}
	}
	// A database that scales to nothing is silent then.
	paused := variant(t, "dev", func(e *environments.Environment) { e.Database.MinCapacity = 0 })
	for _, alarm := range paused.resources("aws_cloudwatch_metric_alarm") {
		if strings.HasSuffix(fmt.Sprint(alarm.at("alarm_name")), "-database-writer") {
			t.Errorf("%s rings whenever the database sleeps", alarm.Address)
		}
	}
}

// RequestCount leaves out what the load balancer answered without a target: without it, an outage of all pods is a share of nothing.
func TestErrorShareCountsRequestsThatFoundNoPod(t *testing.T) {
	alarm := alarmNamed(t, loadedNamed(t, "prod"), stack(t, "prod"), "load-balancer-outage")
	alarm.has(t, "metric_query.0.expression", "100 * SUM([failed, refused]) / SUM([requests, refused])")
	for i, metric := range []string{"HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count", "RequestCount"} {
		alarm.has(t, fmt.Sprintf("metric_query.%d.metric.metric_name", i+1), metric)
		alarm.has(t, fmt.Sprintf("metric_query.%d.metric.stat", i+1), "Sum")
	}
}

// 'Alarms for auto-scaling triggers': those that act are Application Auto Scaling's own, behind the policy; ours tell that scaling did not help, and
// change nothing's size.
func TestAutoscalingTriggersRingAndOneOwnerActs(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		triggers := []string{"nodes-cpu", "nodes-memory", "pods-pending"}
		if environment.Database.MaxReaders > environment.Database.Readers {
			triggers = append(triggers, "database-readers-cpu")
			policy := stack.resource(t, "aws_appautoscaling_policy", "database/readers-cpu")
			policy.has(t, "policy_type", "TargetTrackingScaling")
			target, _ := policy.at("target_tracking_scaling_policy_configuration.target_value").(float64)
			if alarm := alarmNamed(t, environment, stack, "database-readers-cpu"); alarm.at("threshold").(float64) <= target {
				t.Errorf("the alarm rings at %v %%, before autoscaling acts at %v %%", alarm.at("threshold"), target)
			}
		}
		for _, id := range triggers {
			for _, action := range list(alarmNamed(t, environment, stack, id).at("alarm_actions")) {
				if !strings.HasPrefix(fmt.Sprint(action), "${aws_sns_topic.") {
					t.Errorf("%s acts on %v: the autoscaler would undo it", id, action)
				}
			}
		}
		alarmNamed(t, environment, stack, "nodes-most").has(t, "threshold", environment.Cluster.MaxNodes(3))
	})
}

// A standby's health check is bad by design. CloudWatch deletes no alarm that a composite one names, so the alarm stays, and never rings.
func TestAStandbysHealthNeverRings(t *testing.T) {
	for name, c := range map[string]struct {
		stack     Stack
		threshold float64
	}{
		"a secondary that waits":   {stack(t, "prod-dr"), 0},
		"a secondary that serves":  {variant(t, "prod-dr", func(e *environments.Environment) { e.DR.Active = true }), 1},
		"a primary":                {stack(t, "prod"), 1},
		"a primary that is fenced": {variant(t, "prod", func(e *environments.Environment) { e.DR.Fenced = true }), 0},
	} {
		alarm := c.stack.resource(t, "aws_cloudwatch_metric_alarm", "observability/region-health")
		alarm.has(t, "comparison_operator", "LessThanThreshold")
		if alarm.has(t, "threshold", c.threshold); t.Failed() {
			t.Fatal(name)
		}
		rule := fmt.Sprint(c.stack.resource(t, "aws_cloudwatch_composite_alarm", "observability/service-down-for-users").at("alarm_rule"))
		if !strings.Contains(rule, alarm.Address) {
			t.Errorf("%s: users' service is down by %s, whatever %s says", name, rule, alarm.Address)
		}
	}
}

func TestFailedBackupsAreTold(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		rule := stack.resource(t, "aws_cloudwatch_event_rule", "observability/backup-failed")
		rule.has(t, "event_pattern", `{"detail":{"backupVaultName":[{"prefix":"`+environment.Prefix()+
			`-"}],"state":["FAILED","ABORTED","EXPIRED"]},"detail-type":["Backup Job State Change"],"source":["aws.backup"]}`)
		target := stack.resource(t, "aws_cloudwatch_event_target", "observability/backup-failed-target")
		target.refers(t, "arn", stack.resource(t, "aws_sns_topic", "observability/operations"))
		// With a role, EventBridge fails to publish to an encrypted topic (EventBridge User Guide, 'Using resource-based policies').
		target.lacks(t, "role_arn")
	})
}

// Versions outlive a mistake, not an intruder who deletes them: that is told at once.
func TestDeletionForGoodIsTold(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, deployed Stack) {
		var kept []string
		for _, bucket := range []Block{
			stack(t, environment.Name+"-bootstrap").resource(t, "aws_s3_bucket", "state/bucket"),
			deployed.resource(t, "aws_s3_bucket", "backup/logs/bucket"), deployed.resource(t, "aws_s3_bucket", "backup/backups/bucket"),
		} {
			kept = append(kept, fmt.Sprintf("%q", bucket.at("bucket")))
		}
		deployed.resource(t, "aws_cloudwatch_event_rule", "observability/deleted-for-good").has(t, "event_pattern", `{"detail":{"bucket":{"name":[`+strings.Join(kept, ",")+
			`]},"deletion-type":["Permanently Deleted"],"reason":["DeleteObject"]},"detail-type":["Object Deleted"],"source":["aws.s3"]}`)
		target := deployed.resource(t, "aws_cloudwatch_event_target", "observability/deleted-for-good-target")
		target.refers(t, "arn", deployed.resource(t, "aws_sns_topic", "observability/operations"))
		target.lacks(t, "role_arn")
		for _, name := range []string{environment.Name + "-bootstrap", environment.Name} {
			for _, events := range stack(t, name).resources("aws_s3_bucket_notification") {
				events.has(t, "eventbridge", true) // or no rule ever hears of it
			}
		}
	})
}

func TestBudgetRingsSpentAndForecast(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if environment.Observability.BudgetUSD == 0 {
			if len(stack.resources("aws_budgets_budget")) > 0 {
				t.Error("a budget of nothing")
			}
			return
		}
		budget := stack.resource(t, "aws_budgets_budget", "observability/budget")
		budget.has(t, "limit_amount", fmt.Sprint(environment.Observability.BudgetUSD))
		budget.has(t, "cost_filter.0.values", []string{"user:environment$" + environment.Name})
		for i, kind := range []string{"ACTUAL", "FORECASTED"} {
			notification := fmt.Sprintf("notification.%d.", i)
			budget.has(t, notification+"notification_type", kind)
			budget.has(t, notification+"threshold", 80)
			budget.has(t, notification+"subscriber_sns_topic_arns", []string{"${" + stack.resource(t, "aws_sns_topic", "observability/operations").Address + ".arn}"})
		}
	})
}
