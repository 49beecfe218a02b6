package extension

import (
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/irsa"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// AWS is what the stack <env> hands over. Ids and ARNs are Terraform's references, so what uses one comes after it.
type AWS struct {
	Environment environments.Environment
	// Target has account, region, name prefix (titan-prod), log days, protection and the builders of ARNs. The Config of
	// every module takes it.
	Target target.Target

	VPCID                                              string
	PublicSubnetIDs, PrivateSubnetIDs, DataSubnetIDs   []string // one a zone, in the order of the file
	NodeSecurityGroupID                                string   // of nodes, and so of pods
	DataKeyARN, LogKeyARN, SecretsKeyARN, BackupKeyARN string
	OperationsKeyARN                                   string // of topics
	ClusterName                                        string
	TopicARN                                           string // alarms and other news of trouble go there

	extension   string
	issuer      string
	providerARN string
	output      func(id, description string, value any)
}

// Parts are what AWS has that an extension does not see.
type Parts struct {
	Extension           string
	Issuer, ProviderARN string // of the cluster, for service accounts
	Output              func(id, description string, value any)
}

// With is a copy for one extension.
func (a AWS) With(p Parts) AWS {
	a.extension, a.issuer, a.providerARN, a.output = p.Extension, p.Issuer, p.ProviderARN, p.Output
	return a
}

// Output hands a value to DeclareInCluster, which gets it by the same id. It is an output of the stack, too:
// <extension>_<id>.
func (a AWS) Output(id, description, value string) {
	a.output(outputName(a.extension, id), description, value)
}

// Lifecycle is that of a resource that holds data: where the environment is protected, it refuses to be destroyed.
// Changes of the attributes named are ignored.
func (a AWS) Lifecycle(ignoreChanges ...string) *cdktf.TerraformResourceLifecycle {
	return stateful.Lifecycle(a.Target.Protected, ignoreChanges...)
}

// Statement is one of a policy: Sid, Effect, Action and Resource are wanted.
type Statement = iampolicy.Statement

// Allow is the effect of a statement.
const Allow = iampolicy.Allow

// WorkloadRole declares an IAM role that one service account of the cluster assumes, and nothing else, under the
// account's permissions boundary. name ends the role's name. DeclareInCluster gets its ARN by Cluster.RoleARN(name).
func (a AWS) WorkloadRole(
	scope constructs.Construct, name, namespace, serviceAccount string, statements ...Statement,
) irsa.Output {
	role := irsa.New(scope, name, irsa.Config{
		Target:      a.Target,
		ProviderARN: a.providerARN,
		Issuer:      a.issuer,
		Workload: workload.Workload{
			Name:           name,
			Namespace:      namespace,
			ServiceAccount: serviceAccount,
			Statements:     statements,
		},
	})
	a.Output(roleOutput(name), "role of service account "+namespace+"/"+serviceAccount, role.RoleARN)
	return role
}

func roleOutput(name string) string { return name + "_role_arn" }

// outputName is the name of an extension's output in Terraform.
func outputName(extension, id string) string {
	return strings.ReplaceAll(extension+"_"+id, "-", "_")
}
