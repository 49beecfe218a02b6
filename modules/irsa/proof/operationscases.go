package proof

import (
	"github.com/titan-platform/titan/modules/irsa/workload"
)

func tracing() Case {
	return Case{
		Workload: workload.Tracing(Scope),
		Needed: []Call{
			{"logs:PutLogEvents",
				arns("logs")("log-group:/aws/containerinsights/titan-prod-cluster/events:log-stream:events"), nil},
			{"xray:PutTraceSegments", "*", nil},
			{"xray:GetSamplingRules", "*", nil},
			{"xray:GetSamplingStatisticSummaries", "*", nil},
		},
		Forbidden: []Call{
			{"xray:GetTraceSummaries", "*", nil},
			{"xray:DeleteSamplingRule", arns("xray")("sampling-rule/default"), nil},
			{"logs:PutLogEvents",
				arns("logs")("log-group:/aws/containerinsights/titan-prod-cluster/application:log-stream:events"), nil},
		},
	}
}

func alertmanager() Case {
	topic := arns("sns")("titan-prod-operations")
	viaSNS := keys{"kms:ViaService": "sns.eu-west-1.amazonaws.com"}
	return Case{
		Workload: workload.Alertmanager(Scope, topic, operationsKey),
		Needed: []Call{
			{"sns:Publish", topic, nil},
			{"kms:GenerateDataKey", operationsKey, viaSNS},
			{"kms:Decrypt", operationsKey, viaSNS},
		},
		Forbidden: []Call{
			{"sns:Publish", arns("sns")("other"), nil},
			{"sns:Subscribe", topic, nil},
			{"kms:GenerateDataKey", operationsKey, keys{"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
			{"kms:GenerateDataKey", otherKey, viaSNS},
		},
	}
}

func grafana() Case {
	logs := arns("logs")
	application := "log-group:/aws/containerinsights/titan-prod-cluster/application:*"
	return Case{
		Workload: workload.Grafana(Scope, workload.ContainerInsightsLogGroups(Scope.Cluster)...),
		Needed: []Call{
			{"cloudwatch:GetMetricData", "*", nil},
			{"xray:GetTraceSummaries", "*", nil},
			{"logs:StartQuery", logs(application), nil},
		},
		Forbidden: []Call{
			{"logs:StartQuery", logs("log-group:/aws/eks/titan-prod-cluster/cluster:*"), nil},
			{"cloudwatch:PutMetricAlarm", arns("cloudwatch")("alarm:a"), nil},
			{"cloudwatch:PutMetricData", "*", nil},
			{"xray:PutTraceSegments", "*", nil},
			{"logs:DeleteLogGroup", logs(application), nil},
		},
	}
}
