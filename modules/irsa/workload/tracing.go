package workload

import "github.com/titan-platform/titan/internal/iampolicy"

// Tracing sends traces to X-Ray: the collector, under the document's xray_role. The document's policy lacks
// GetSamplingStatisticSummaries, which AWSXRayDaemonWriteAccess has for what samples centrally.
func Tracing(p Scope) Workload {
	return Workload{
		Name:           "xray",
		Namespace:      TracingNamespace,
		ServiceAccount: "opentelemetry-collector",
		Statements: []iampolicy.Statement{
			// No action of these knows a resource.
			allow("WriteTraces", everything, "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
				"xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries"),
			// Kubernetes' events (opentelemetry-collector-contrib, internal/aws/cwlogs: what pushes events).
			allow("WriteEvents", []string{p.ARN("logs", "log-group:"+EventLogGroup(p.Cluster)+":*")}, "logs:CreateLogStream",
				"logs:PutLogEvents"),
		},
	}
}

// EventLogGroup is where Kubernetes' events are kept, beside what Container Insights writes.
func EventLogGroup(cluster string) string { return "/aws/containerinsights/" + cluster + "/events" }
