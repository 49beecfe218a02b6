package workload

import "github.com/titan-platform/titan/internal/iampolicy"

// ContainerInsightsLogGroups are the log groups that the add-on amazon-cloudwatch-observability writes to: Fluent Bit
// to the first three, the agent's metrics to the last (aws-observability/helm-charts, values.yaml; CloudWatch User
// Guide, 'Container Insights').
func ContainerInsightsLogGroups(cluster string) []string {
	prefix := "/aws/containerinsights/" + cluster + "/"
	return []string{prefix + "application", prefix + "dataplane", prefix + "host", prefix + "performance"}
}

// CloudWatch sends the cluster's logs and metrics to CloudWatch. AWS's CloudWatchAgentServerPolicy is wider: metrics
// travel as log events (embedded metric format), the log groups are made by Terraform with their retention and key,
// and traces go another way.
func CloudWatch(p Scope) Workload {
	var groups []string
	for _, name := range ContainerInsightsLogGroups(p.Cluster) {
		groups = append(groups, p.ARN("logs", "log-group:"+name+":*"))
	}
	return Workload{
		Name:           "amazon-cloudwatch-observability",
		Namespace:      "amazon-cloudwatch",
		ServiceAccount: "cloudwatch-agent",
		Statements: []iampolicy.Statement{
			allow("WriteLogs", groups, "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"),
			allow("NameNodes", everything, "ec2:DescribeTags", "ec2:DescribeVolumes"),
		},
	}
}
