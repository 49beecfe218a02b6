package summary

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/graph"
)

func read(t *testing.T) *graph.Graph {
	t.Helper()
	g, err := graph.Read(graph.Stack{Name: "prod", JSON: []byte(`{
		"provider": {"aws": [{"region": "eu-west-1"}]},
		"resource": {
			"aws_subnet": {"network_a_1": {}, "network_b_2": {}},
			"aws_cloudwatch_metric_alarm": {
				"observability_errors_3": {"alarm_name": "errors",
					"alarm_description": "Too many. Runbook: docs/runbooks/alarms.md#errors"},
				"observability_bare_4": {"alarm_name": "bare", "alarm_description": "Nobody says what to do."}},
			"aws_backup_plan": {"backup_daily_5": {"name": "daily",
				"rule": [{"schedule": "cron(0 1 * * ? *)", "lifecycle": {"delete_after": 35}}]}},
			"aws_cloudwatch_event_rule": {"backup_events_6": {"name": "by event"}},
			"aws_cloudwatch_log_group": {"network_logs_7": {"name": "${local.x}", "retention_in_days": 365}}},
		"locals": {"x": "y"}}`)},
		graph.Stack{Name: "other", JSON: []byte(`{"resource": {"aws_subnet": {"network_c_1": {}}}}`)})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestModules(t *testing.T) {
	want := []Module{
		{"backup", 2, []string{"aws_backup_plan (1)", "aws_cloudwatch_event_rule (1)"}},
		{"network", 3, []string{"aws_cloudwatch_log_group (1)", "aws_subnet (2)"}},
		{"observability", 2, []string{"aws_cloudwatch_metric_alarm (2)"}},
	}
	if diff := cmp.Diff(want, Modules(read(t), []string{"prod"})); diff != "" {
		t.Error(diff)
	}
}

func TestAlarmsHaveTheirRunbooks(t *testing.T) {
	want := []Alarm{
		{"bare", "eu-west-1", "Nobody says what to do.", ""},
		{"errors", "eu-west-1", "Too many.", "docs/runbooks/alarms.md#errors"},
	}
	if diff := cmp.Diff(want, Alarms(read(t), []string{"prod"})); diff != "" {
		t.Error(diff)
	}
}

func TestSchedulesAndRetention(t *testing.T) {
	schedules := []Row{{"daily: schedule", "cron(0 1 * * ? *)", "prod: aws_backup_plan.backup_daily_5"}}
	if diff := cmp.Diff(schedules, Schedules(read(t), []string{"prod"})); diff != "" {
		t.Error(diff)
	}
	retention := []Row{
		{"aws_cloudwatch_log_group.network_logs_7: retention in days", "365 days",
			"prod: aws_cloudwatch_log_group.network_logs_7"},
		{"daily: delete after", "35 days", "prod: aws_backup_plan.backup_daily_5"},
	}
	if diff := cmp.Diff(retention, Retention(read(t), []string{"prod"})); diff != "" {
		t.Error(diff)
	}
}
