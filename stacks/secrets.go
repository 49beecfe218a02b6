package stacks

import (
	"fmt"
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawscalleridentity"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawsiamsessioncontext"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/database"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/irsa/workload"
	"github.com/titan-platform/titan/modules/secrets"
)

// newSecrets declares what Secrets Manager holds and returns the header between CloudFront and the load balancer. A secondary makes no login to
// the database and no header: its database is a copy of the primary's, and one distribution stands before both regions, so it has the
// primary's, replicated to its region.
func newSecrets(stack cdktf.TerraformStack, environment environments.Environment, keys encryption.Output, database database.Output) secrets.OriginHeader {
	scope := constructs.NewConstruct(stack, jsii.String("secrets"))
	vault := secrets.Vault{
		KeyARN:             keys.Secrets.ARN,
		RecoveryDays:       environment.Secrets.RecoveryDays,
		SecondRegion:       string(environment.SecondRegion),
		SecondRegionKeyARN: keys.SecondSecrets.ARN,
	}
	applies := caller(scope)
	secrets.NewLogin(scope, "grafana", secrets.LoginConfig{
		Name:        environment.GrafanaSecret(),
		Description: "Grafana's administrator in " + environment.Prefix(),
		Vault:       vault,
		Version:     environment.Secrets.Grafana,
		User:        "admin",
		Readers:     readers(environment, workload.ExternalSecretsName),
		Deployers:   deployers(environment),
		Caller:      applies,
	})
	if environment.DR.Role == environments.DRSecondary {
		return secrets.ReadOriginHeader(scope, "origin-header", environment.PrimaryPrefix())
	}
	if environment.Database.Login == environments.LoginPassword {
		secrets.NewLogin(scope, "db_secret", secrets.LoginConfig{
			Name:        environment.DatabaseSecret(),
			Description: "The application's login to " + environment.DatabaseName(),
			Vault:       vault,
			Version:     environment.Secrets.Database,
			User:        environment.DatabaseUser(),
			Readers:     readers(environment, workload.ExternalSecretsName, workload.DatabaseBootstrapName),
			Deployers:   deployers(environment),
			Caller:      applies,
			Server: &secrets.Server{
				Engine: "postgres", Host: database.Endpoint, ReaderHost: database.ReaderEndpoint, Port: database.Port, Database: database.DatabaseName,
			},
		})
	}
	return secrets.NewOriginHeader(scope, "origin-header", secrets.OriginHeaderConfig{
		Name:  environment.Prefix(),
		Vault: vault,
		Versions: map[environments.OriginSecret]int{
			environments.OriginSecretA: environment.Secrets.OriginA,
			environments.OriginSecretB: environment.Secrets.OriginB,
		},
	})
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
			roles = append(roles, fmt.Sprintf("arn:%s:iam::%s:role/%s-%s-%s", partition, environment.Account.ID, environment.Project, name, workload))
		}
	}
	return roles
}

// deployers are those who may apply: the file's role, or else one of the cluster's admins, who are the only ones that could go on to deploy what
// runs in it. The root user could take any policy away, so nothing is kept from it.
func deployers(environment environments.Environment) []string {
	root := fmt.Sprintf("arn:%s:iam::%s:root", partition, environment.Account.ID)
	if environment.Account.Role != "" {
		return []string{environment.Account.Role, root}
	}
	return append(slices.Clone(environment.Cluster.Admins), root)
}

// caller is the ARN of the IAM user or role that Terraform runs as, without the session.
func caller(scope constructs.Construct) string {
	session := dataawscalleridentity.NewDataAwsCallerIdentity(scope, jsii.String("session"), nil)
	return *dataawsiamsessioncontext.NewDataAwsIamSessionContext(scope, jsii.String("caller"), &dataawsiamsessioncontext.DataAwsIamSessionContextConfig{
		Arn: session.Arn(),
	}).IssuerArn()
}
