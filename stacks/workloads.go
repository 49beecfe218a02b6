package stacks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/cache"
	"github.com/titan-platform/titan/modules/cluster"
	"github.com/titan-platform/titan/modules/database"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/irsa"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// workloadParts is what the policies of workloads are about.
type workloadParts struct {
	cluster        cluster.Output
	keys           encryption.Output
	database       database.Output
	cache          cache.Output
	targetGroupARN string
	topicARN       string // of operations
}

// workloads declares the roles of what <env>-platform runs, each for one service account, and hands over their ARNs as outputs.
func workloads(stack cdktf.TerraformStack, environment environments.Environment, parts workloadParts) {
	for _, w := range workloadTable(environment, parts) {
		role := irsa.New(stack, w.Name+"-role", irsa.Config{
			Prefix:      environment.Prefix(),
			ProviderARN: parts.cluster.ProviderARN,
			Issuer:      parts.cluster.Issuer,
			Workload:    w,
		})
		output(stack, roleOutput(w.Name), fmt.Sprintf("role of service account %s/%s", w.Namespace, w.ServiceAccount), role.RoleARN)
	}
}

// roleOutput is the name of the output with the ARN of a workload's role.
func roleOutput(workload string) string { return strings.ReplaceAll(workload, "-", "_") + "_role_arn" }

func workloadTable(environment environments.Environment, parts workloadParts) []workload.Workload {
	place := workload.Place{
		Partition: partition,
		AccountID: environment.Account.ID,
		Region:    string(environment.Region),
		Cluster:   environment.ClusterName(),
	}
	own := func(arn string) workload.Secret { return workload.Secret{ARN: arn, KeyARN: parts.keys.Secrets.ARN} }
	logins := databaseLogins(environment, place, parts.keys)

	table := []workload.Workload{
		workload.ClusterAutoscaler(place),
		workload.LoadBalancerController(parts.targetGroupARN),
		workload.ExternalSecrets(place, append(logins, own(place.SecretNamed(environment.GrafanaSecret())))...),
		workload.Grafana(place, workload.ContainerInsightsLogGroups(environment.ClusterName())...),
		workload.DatabaseBootstrap(place, environment.Application.Namespace, append(logins, own(parts.database.MasterSecretARN))...),
	}
	if environment.Addons.Alertmanager {
		table = append(table, workload.Alertmanager(place, parts.topicARN, parts.keys.Operations.ARN))
	}
	if applicationLogsInByIAM(environment) {
		table = append(table, workload.Application(environment.Application.Namespace, applicationAccess(environment, parts)))
	}
	return table
}

// databaseLogins is the application's login to the database; none where it logs in by IAM. A secondary's is encrypted by the key that its
// primary made in this region.
func databaseLogins(environment environments.Environment, place workload.Place, keys encryption.Output) []workload.Secret {
	login := workload.Secret{ARN: place.SecretNamed(environment.DatabaseSecret()), KeyARN: keys.Secrets.ARN}
	switch {
	case environment.Database.Login == environments.LoginIAM:
		return nil
	case environment.DR.Role == environments.DRSecondary:
		login.KeyARN, login.KeyAlias = "", "alias/"+environment.PrimaryPrefix()+"-second-secrets"
	}
	return []workload.Secret{login}
}

// applicationLogsInByIAM is whether the application has a role: to database, cache, or both.
func applicationLogsInByIAM(environment environments.Environment) bool {
	return environment.Database.Login == environments.LoginIAM || environment.Cache.Mode == environments.CacheReplicated
}

func applicationAccess(environment environments.Environment, parts workloadParts) workload.ApplicationAccess {
	access := workload.ApplicationAccess{CacheARNs: slices.Clone(parts.cache.ConnectARNs)}
	if environment.Database.Login == environments.LoginIAM {
		access.DatabaseUserARNs = []string{fmt.Sprintf("arn:%s:rds-db:%s:%s:dbuser:%s/%s",
			partition, environment.Region, environment.Account.ID, parts.database.ResourceID, environment.DatabaseUser())}
	}
	return access
}
