package tests

import (
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/stacks/order"
)

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
		`"titan-prod-alb" is no aws_lb`: on("AWS/ApplicationELB", of("LoadBalancer", "titan-prod-alb")),
		`is no aws_rds_cluster`:         on("AWS/RDS", of("DBClusterIdentifier", "${aws_lb.x.id}")),
		`refers to nothing in this stack`: on("AWS/RDS",
			of("DBClusterIdentifier", "${aws_rds_cluster.gone.id}")),
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
