package stacks

import (
	"fmt"
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawscalleridentity"
	sessioncontext "github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawsiamsessioncontext"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/database"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/irsa/workload"
	"github.com/titan-platform/titan/modules/secrets"
)

// secrets declares what Secrets Manager holds and returns the header between CloudFront and the load balancer. A
// secondary makes no login to the database and no header: its database is a copy of the primary's, and one distribution
// stands before both regions, so it has the primary's, replicated to its region.
func (e *environment) secrets(keys encryption.Output, database database.Output) secrets.OriginHeader {
	scope := constructs.NewConstruct(e.stack, jsii.String("secrets"))
	vault := secrets.Vault{
		KeyARN: keys.Secrets.ARN, RecoveryDays: e.Secrets.RecoveryDays, Protected: e.Protected(),
		Replicas: secretReplicas(e.SecretReplicas()),
	}
	applies := caller(scope)
	secrets.NewLogin(scope, "grafana", secrets.LoginConfig{
		Name:        e.GrafanaSecret(),
		Description: "Grafana's administrator in " + e.Prefix(),
		Vault:       vault,
		Version:     e.Secrets.Grafana,
		User:        "admin",
		Readers:     readers(e.Environment, workload.ExternalSecretsName),
		Deployers:   e.deployers(),
		Planners:    e.planners(),
		Caller:      applies,
	})
	if e.Addons.Grafana.OIDC.IsSet() {
		own := vault
		own.Replicas = nil   // each of a pair is a client of its own
		own.RecoveryDays = 0 // the provider can issue another, and the lines may come back before a name were free again
		secrets.NewGiven(scope, "grafana-oidc", secrets.GivenConfig{
			Name:        e.GrafanaOIDCSecret(),
			Description: "Client secret of Grafana in " + e.Prefix() + " at its identity provider; put there by a person",
			Vault:       own,
			Readers: []string{
				e.here.RoleARN(e.Prefix() + "-" + workload.ExternalSecretsName),
				e.here.GlobalARN("iam", "root"),
			},
		})
	}
	if e.Peers.Primary != nil {
		return secrets.ReadOriginHeader(scope, "origin-header", e.PrimaryPrefix())
	}
	if e.Database.Login == environments.LoginPassword {
		secrets.NewLogin(e.application, "db_secret", secrets.LoginConfig{
			Name:        e.DatabaseSecret(),
			Description: "The application's login to " + e.DatabaseName(),
			Vault:       vault,
			Version:     e.Secrets.Database,
			User:        e.DatabaseUser(),
			Readers:     readers(e.Environment, workload.ExternalSecretsName, workload.DatabaseBootstrapName),
			Deployers:   e.deployers(),
			Planners:    e.planners(),
			Caller:      applies,
			Server: &secrets.Server{
				Engine: "postgres", Host: database.Endpoint, ReaderHost: database.ReaderEndpoint, Port: database.Port,
				Database: e.Database.Name,
			},
		})
	}
	vault.Replicas = secretReplicas(e.OriginSecretReplicas())
	return secrets.NewOriginHeader(scope, "origin-header", secrets.OriginHeaderConfig{
		Name:  e.Prefix(),
		Vault: vault,
		Versions: map[environments.OriginSecret]int{
			environments.OriginSecretA: e.Secrets.OriginA,
			environments.OriginSecretB: e.Secrets.OriginB,
		},
	})
}

// secretReplicas are replicas as module secrets takes them.
func secretReplicas(replicas []environments.SecretReplica) []secrets.Replica {
	var list []secrets.Replica
	for _, replica := range replicas {
		list = append(list, secrets.Replica{Region: string(replica.Region), KeyID: replica.KeyID})
	}
	return list
}

// readers are the roles of these workloads, in the environment and in those that stand in for it and read the replica.
func readers(environment environments.Environment, workloads ...string) []string {
	var roles []string
	names := []string{environment.Name}
	if secondary := environment.Peers.Secondary; secondary != nil {
		names = append(names, secondary.Name)
	}
	for _, name := range names {
		for _, workload := range workloads {
			roles = append(roles,
				homeTarget(environment).RoleARN(fmt.Sprintf("%s-%s-%s", environment.Project(), name, workload)))
		}
	}
	return roles
}

// deployers are the principals that may apply: the file's role, or else one of the cluster's admins, who are
// the only ones that could go on to deploy what runs in it. The root user could take any policy away, so
// nothing is kept from it.
func (e *environment) deployers() []string {
	root := e.here.GlobalARN("iam", "root")
	if e.Account.Role != "" {
		return []string{e.Account.Role, root}
	}
	return append(slices.Clone(e.Cluster.Admins), root)
}

// planners are the principals that plan on pull requests and never apply.
func (e *environment) planners() []string {
	if !e.Account.GitHubWorkflows {
		return nil
	}
	return []string{e.Account.GitHubPlanRoleARN()}
}

// caller is the ARN of the IAM user or role that Terraform runs as, without the session.
func caller(scope constructs.Construct) string {
	session := dataawscalleridentity.NewDataAwsCallerIdentity(scope, jsii.String("session"), nil)
	return *sessioncontext.NewDataAwsIamSessionContext(scope, jsii.String("caller"),
		&sessioncontext.DataAwsIamSessionContextConfig{
			Arn: session.Arn(),
		}).IssuerArn()
}
