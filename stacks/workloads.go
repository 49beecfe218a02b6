package stacks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/irsa"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// workloads declares the roles of what the platform stack runs, each for one service account, and hands
// over their ARNs as outputs.
func (e *environment) workloads(f foundations, d data, path requestPath, o operations) {
	for _, w := range e.workloadTable(f, d, path, o) {
		role := irsa.New(e.stack, w.Name+"-role", irsa.Config{
			Target:      e.here,
			ProviderARN: f.cluster.ProviderARN,
			Issuer:      f.cluster.Issuer,
			Workload:    w,
		})
		e.output(roleOutput(w.Name), fmt.Sprintf("role of service account %s/%s", w.Namespace, w.ServiceAccount),
			role.RoleARN)
	}
}

// roleOutput is the name of the output with the ARN of a workload's role.
func roleOutput(workload string) string { return strings.ReplaceAll(workload, "-", "_") + "_role_arn" }

func (e *environment) workloadTable(f foundations, d data, path requestPath, o operations) []workload.Workload {
	scope := workload.Scope{Target: e.here, Cluster: e.ClusterName()}
	own := func(arn string) workload.Secret { return workload.Secret{ARN: arn, KeyARN: f.keys.Secrets.ARN} }
	logins := e.databaseLogins(scope, f.keys)

	copied := append(slices.Clone(logins), own(scope.SecretNamed(e.GrafanaSecret())))
	if e.Addons.Grafana.OIDC.IsSet() {
		copied = append(copied, own(scope.SecretNamed(e.GrafanaOIDCSecret())))
	}
	table := []workload.Workload{
		workload.ClusterAutoscaler(scope),
		workload.LoadBalancerController(path.loadBalancer.TargetGroupARN),
		workload.ExternalSecrets(scope, copied...),
		workload.Grafana(scope,
			append(workload.ContainerInsightsLogGroups(e.ClusterName()), workload.EventLogGroup(e.ClusterName()))...),
		workload.DatabaseBootstrap(scope, e.Application.Namespace, append(logins, own(d.database.MasterSecretARN))...),
	}
	if e.Addons.Alertmanager {
		table = append(table, workload.Alertmanager(scope, o.topicARN, f.keys.Operations.ARN))
	}
	if applicationLogsInByIAM(e.Environment) {
		table = append(table, workload.Application(e.Application.Name, e.Application.Namespace, e.applicationAccess(d)))
	}
	return table
}

// databaseLogins is the application's login to the database; none where it logs in by IAM. A secondary's is encrypted
// by the key of its primary's stack in this region.
func (e *environment) databaseLogins(scope workload.Scope, keys encryption.Output) []workload.Secret {
	login := workload.Secret{ARN: scope.SecretNamed(e.DatabaseSecret()), KeyARN: keys.Secrets.ARN}
	switch {
	case e.Database.Login == environments.LoginIAM:
		return nil
	case e.Peers.Primary != nil:
		login.KeyARN, login.KeyAlias = "", environments.KeyAlias(e.Peers.Primary.SecondPrefix(), "secrets")
	}
	return []workload.Secret{login}
}

// applicationLogsInByIAM is whether the application has a role: to database, cache, or both.
func applicationLogsInByIAM(e environments.Environment) bool {
	return e.Database.Login == environments.LoginIAM || e.Cache.Mode == environments.CacheReplicated
}

func (e *environment) applicationAccess(d data) workload.ApplicationAccess {
	access := workload.ApplicationAccess{CacheARNs: slices.Clone(d.cache.ConnectARNs)}
	if e.Database.Login == environments.LoginIAM {
		access.DatabaseUserARNs = []string{e.here.ARN("rds-db", "dbuser:"+d.database.ResourceID+"/"+e.DatabaseUser())}
	}
	return access
}
