package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// logGroup is a log group that an environment must have: who writes it, and how the writer is known to come after it.
type logGroup struct {
	days        int
	kind, path  string // of the writer
	destination string // the writer's attribute that refers to the group; empty where it depends on the group
}

// logGroups are all the log groups of an environment's stack, by the name that AWS writes to. A service makes its own,
// kept for ever and without a key, wherever it finds none under that name. RDSOSMetrics is written and nobody's here:
// an account has it once, and RDS keeps it for 30 days.
func logGroups(e environments.Environment) map[string]logGroup {
	days := int(e.Observability.LogDays)
	groups := map[string]logGroup{
		"/aws/eks/" + e.ClusterName() + "/cluster": {days: days, kind: "aws_eks_cluster", path: "cluster/eks"},
		"/aws/kinesisfirehose/" + e.Prefix() + "-application-logs": {
			days:        365,
			kind:        "aws_kinesis_firehose_delivery_stream",
			path:        "backup/delivery",
			destination: "extended_s3_configuration.cloudwatch_logging_options.log_group_name",
		},
		"/aws/vpc-flow-logs/" + e.Prefix(): {
			days:        int(e.Network.FlowLogDays),
			kind:        "aws_flow_log",
			path:        "network/flow-log",
			destination: "log_destination",
		},
	}
	// The application's own logs are in the first of these.
	for _, kind := range []string{"application", "dataplane", "host", "performance"} {
		groups["/aws/containerinsights/"+e.ClusterName()+"/"+kind] = logGroup{
			days: days,
			kind: "aws_eks_addon",
			path: "cluster/amazon-cloudwatch-observability",
		}
	}
	groups["/aws/containerinsights/"+e.ClusterName()+"/events"] = logGroup{
		days: days,
		kind: "aws_iam_policy",
		path: "tracing/xray_policy",
	}
	for _, log := range []string{"postgresql", "iam-db-auth-error"} {
		groups["/aws/rds/cluster/"+e.DatabaseName()+"/"+log] = logGroup{
			days: days,
			kind: "aws_rds_cluster",
			path: "database/aurora",
		}
	}
	cache := "aws_elasticache_replication_group"
	if e.Cache.Mode == environments.CacheSingle {
		cache = "aws_elasticache_cluster"
	}
	for _, log := range []string{"slow-log", "engine-log"} {
		groups["/aws/vendedlogs/elasticache/"+e.CacheName()+"/"+log] = logGroup{days: days, kind: cache, path: "cache/cache"}
	}
	for project, path := range builds(e) {
		groups["/aws/codebuild/"+e.Prefix()+"-"+project] = logGroup{
			days:        days,
			kind:        "aws_codebuild_project",
			path:        path,
			destination: "logs_config.cloudwatch_logs.group_name",
		}
	}
	return groups
}

// edgeLogGroups are those of the stack of us-east-1.
func edgeLogGroups(e environments.Environment) map[string]logGroup {
	if !e.Edge.Enabled {
		return nil
	}
	days := int(e.Observability.LogDays)
	return map[string]logGroup{
		"/aws/vendedlogs/cloudfront/" + e.GlobalPrefix(): {
			days: days, kind: "aws_cloudwatch_log_delivery_destination", path: "edge/access-log-destination",
			destination: "delivery_destination_configuration.0.destination_resource_arn",
		},
		"aws-waf-logs-" + e.GlobalPrefix(): {
			days: days, kind: "aws_wafv2_web_acl_logging_configuration", path: "edge/web-acl-logging",
			destination: "log_destination_configs.0",
		},
	}
}

// accountLogGroups are those of the stack of an account's first region.
func accountLogGroups(account environments.Account) map[string]logGroup {
	return map[string]logGroup{
		"/aws/cloudtrail/" + account.Project: {
			days: int(account.LogDays), kind: "aws_cloudtrail", path: "trail/trail", destination: "cloud_watch_logs_group_arn",
		},
	}
}

// builds are the CodeBuild projects of an environment, and where they are in its stack.
func builds(e environments.Environment) map[string]string {
	projects := map[string]string{}
	if e.Cluster.Deployer == environments.DeployerCodeBuild {
		projects["deployer-plan"], projects["deployer-apply"] = "deployer/plan/project", "deployer/apply/project"
	}
	if e.Delivery.Repository == "" {
		return projects
	}
	projects["deploy"] = "birthday-app/deploy/project"
	if e.DR.Role == environments.DRSecondary {
		return projects // built and published by its primary
	}
	projects["publish"] = "birthday-app/delivery/publish/project"
	if e.Delivery.PromotesFrom != "" {
		projects["promote"] = "birthday-app/delivery/promote/project"
	} else {
		projects["build"] = "birthday-app/delivery/build/project"
	}
	return projects
}

// The document has one log group, /aws/eks/titan-cluster, to which nothing ever writes, kept for
// ever and without a key.
func TestEveryLogGroupIsListedKeptEncryptedAndMadeBeforeItsWriter(t *testing.T) {
	listed := map[order.Kind]struct {
		groups func(environments.Environment) map[string]logGroup
		key    string
	}{
		order.Environment: {logGroups, "encryption/logs_kms"},
		order.Global:      {edgeLogGroups, "encryption/operations_kms"},
	}
	for _, one := range order.All(loaded) {
		if account := environmentOf(t, one.Name).Account; one.Name == soundness.FirstOf(account) {
			t.Run(one.Name, func(t *testing.T) {
				holdsLogGroups(t, stack(t, one.Name), accountLogGroups(account), "trail-encryption/trail_kms")
			})
			continue
		}
		kind, known := listed[one.Kind]
		if !known {
			if groups := stack(t, one.Name).Resources("aws_cloudwatch_log_group"); len(groups) > 0 {
				t.Errorf("%s has log groups, which are not listed: %s", one.Name, groups[0].Address)
			}
			continue
		}
		t.Run(one.Name, func(t *testing.T) {
			holdsLogGroups(t, stack(t, one.Name), kind.groups(environmentOf(t, one.Name)), kind.key)
		})
	}
}

// holdsLogGroups fails unless a stack has these log groups and no others, under a key, each before its writer.
func holdsLogGroups(t *testing.T, stack Stack, want map[string]logGroup, key string) {
	t.Helper()
	for _, group := range stack.Resources("aws_cloudwatch_log_group") {
		name := fmt.Sprint(group.At("name"))
		listed, ok := want[name]
		if !ok {
			t.Errorf("%s is %q, which is not listed, or there twice", group.Address, name)
			continue
		}
		delete(want, name)
		group.WantValue(t, "retention_in_days", listed.days)
		group.WantReference(t, "kms_key_id", stack.Resource(t, "aws_kms_key", key))
		writer := stack.Resource(t, listed.kind, listed.path)
		if listed.destination != "" {
			writer.WantReference(t, listed.destination, group)
		} else if !contains(synth.List(writer.At("depends_on")), group.Address) {
			t.Errorf("%s does not wait for %s, to which it writes", writer.Address, name)
		}
	}
	for name := range want {
		t.Errorf("no log group %s", name)
	}
}

// A filter on a log group that is not made yet is refused, so it refers to the group.
func TestMetricFiltersWaitForTheirLogGroups(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		for id, group := range map[string]string{
			"application-errors": "cluster/insights-application",
			"denied-calls":       "cluster/eks_logs",
			"database-errors":    "database/logs-postgresql",
		} {
			filter := stack.Resource(t, "aws_cloudwatch_log_metric_filter", "observability/"+id+"-filter")
			filter.WantReference(t, "log_group_name", stack.Resource(t, "aws_cloudwatch_log_group", group))
			filter.WantValue(t, "metric_transformation.namespace", "Titan/"+environment.Name)
			filter.WantValue(t, "metric_transformation.default_value", "0")
		}
		pattern := fmt.Sprint(stack.Resource(t, "aws_cloudwatch_log_metric_filter",
			"observability/application-errors-filter").At("pattern"))
		if !strings.Contains(pattern, `$.kubernetes.namespace_name = "`+environment.Application.Namespace+`"`) {
			t.Errorf("errors of every namespace count as the application's: %s", pattern)
		}
	})
}
