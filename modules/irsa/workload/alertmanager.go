package workload

import "github.com/titan-platform/titan/internal/iampolicy"

// Alertmanager sends Prometheus' alerts to the topic that alarms go to. Who publishes to an encrypted topic uses its
// key, by way of SNS (SNS Developer Guide, 'Key management', 'Configuring AWS KMS permissions'; prometheus.io,
// Alertmanager, 'sns_configs').
func Alertmanager(p Scope, topicARN, keyARN string) Workload {
	encrypt := allow("EncryptAlerts", []string{keyARN}, "kms:Decrypt", "kms:GenerateDataKey")
	encrypt.Condition = iampolicy.Conditions{"StringEquals": {"kms:ViaService": {"sns." + p.Region + ".amazonaws.com"}}}
	return Workload{
		Name:           "alertmanager",
		Namespace:      MonitoringNamespace,
		ServiceAccount: "alertmanager",
		Statements:     []iampolicy.Statement{allow("TellOfAlerts", []string{topicARN}, "sns:Publish"), encrypt},
	}
}
