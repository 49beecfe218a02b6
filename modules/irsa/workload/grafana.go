package workload

import "github.com/titan-platform/titan/internal/iampolicy"

// Grafana reads metrics, alarms, traces, and the logs of these groups; not the control plane's audit log. Source:
// grafana.com, 'Configure the CloudWatch data source' and 'X-Ray data source', IAM policies.
func Grafana(p Scope, logGroups ...string) Workload {
	var groups []string
	for _, name := range logGroups {
		groups = append(groups, p.ARN("logs", "log-group:"+name+":*"))
	}
	return Workload{
		Name:           "grafana",
		Namespace:      MonitoringNamespace,
		ServiceAccount: "grafana",
		Statements: []iampolicy.Statement{
			allow("ReadMetrics", everything, "cloudwatch:DescribeAlarmsForMetric", "cloudwatch:GetMetricData",
				"cloudwatch:ListMetrics", "ec2:DescribeInstances", "ec2:DescribeRegions", "ec2:DescribeTags", "tag:GetResources"),
			allow("ReadAlarms", []string{p.ARN("cloudwatch", "alarm:*")}, "cloudwatch:DescribeAlarms",
				"cloudwatch:DescribeAlarmHistory"),
			allow("ReadTraces", everything, "xray:BatchGetTraces", "xray:GetGroups", "xray:GetInsight",
				"xray:GetInsightSummaries", "xray:GetServiceGraph", "xray:GetTimeSeriesServiceStatistics", "xray:GetTraceGraph",
				"xray:GetTraceSummaries"),
			allow("FindLogs", everything, "logs:DescribeLogGroups"),
			allow("ReadLogs", groups, "logs:GetLogEvents", "logs:GetLogGroupFields", "logs:GetQueryResults", "logs:StartQuery"),
			allow("StopQueries", everything, "logs:StopQuery"),
		},
	}
}
