package workload

import "github.com/titan-platform/titan/internal/iampolicy"

// Tracing sends traces to X-Ray: the collector, under the document's xray_role. The document's policy lacks
// GetSamplingStatisticSummaries, which AWSXRayDaemonWriteAccess has for what samples centrally. No action of these knows a resource.
func Tracing() Workload {
	return Workload{
		Name:           "xray",
		Namespace:      TracingNamespace,
		ServiceAccount: "opentelemetry-collector",
		Statements: []iampolicy.Statement{
			allow("WriteTraces", everything, "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
				"xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries"),
		},
	}
}
