package stacks

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/cluster"
	"github.com/titan-platform/titan/modules/dns"
	"github.com/titan-platform/titan/modules/irsa"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// alertmanagerRole joins Prometheus' Alertmanager, which runs in the cluster, to the topic that alarms go to.
func alertmanagerRole(stack cdktf.TerraformStack, environment environments.Environment, eks cluster.Output, topicARN, keyARN string) {
	place := workload.Place{Partition: partition, AccountID: environment.Account.ID, Region: string(environment.Region), Cluster: environment.ClusterName()}
	role := irsa.New(stack, "alertmanager-role", irsa.Config{
		Prefix: environment.Prefix(), ProviderARN: eks.ProviderARN, Issuer: eks.Issuer, Workload: workload.Alertmanager(place, topicARN, keyARN),
	})
	output(stack, "alertmanager_role_arn", "the role of Alertmanager's service account", role.RoleARN)
}

// decidingHealthCheck is the health check that says whether the region serves; none for a standby, which is unhealthy by design.
func decidingHealthCheck(environment environments.Environment, origin dns.Origin) string {
	if environment.Standby() {
		return ""
	}
	return origin.HealthCheckID
}
