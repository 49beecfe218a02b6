package workload

import "github.com/titan-platform/titan/internal/iampolicy"

// Alertmanager publishes to the alarm topic, which keyARN encrypts. Sources: prometheus.io, 'Alertmanager configuration', sns_config; SNS
// Developer Guide, 'Enable compatibility between event sources from AWS services and encrypted topics', for what a publisher does with the key.
func Alertmanager(p Place, topicARN, keyARN string) Workload {
	encrypt := allow("EncryptMessages", []string{keyARN}, "kms:Decrypt", "kms:GenerateDataKey")
	encrypt.Condition = iampolicy.Conditions{"StringEquals": {"kms:ViaService": {"sns." + p.Region + ".amazonaws.com"}}}
	return Workload{
		Name:           "alertmanager",
		Namespace:      MonitoringNamespace,
		ServiceAccount: "alertmanager",
		Statements:     []iampolicy.Statement{allow("Publish", []string{topicARN}, "sns:Publish"), encrypt},
	}
}
