package extension

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// Cluster is what the stack <env>.platform hands over. Releases are declared by modules/helm, namespaces with their
// network policies by modules/namespaces.
type Cluster struct {
	Environment environments.Environment
	Protected   bool // whether what holds data refuses to be destroyed

	ClusterName          string
	ApplicationNamespace string
	MonitoringNamespace  string // Prometheus scrapes from there
	IngressNamespace     string
	TracingEndpoint      string // of the collector, OTLP over gRPC
	SecretStore          string // name of the ClusterSecretStore that reads Secrets Manager
	PriorityClass        string // of the application's pods

	// Ready is what has to be there before a release of one's own, and to leave after it.
	Ready []cdktf.ITerraformDependable

	extension string
	output    func(name string) string
}

// For is a copy for one extension. output reads an output of the stack <env>.
func (c Cluster) For(extension string, output func(name string) string) Cluster {
	c.extension, c.output = extension, output
	return c
}

// Output is what AWS.Output handed over under an id.
func (c Cluster) Output(id string) string { return c.output(outputName(c.extension, id)) }

// RoleARN is the ARN of the role that AWS.WorkloadRole declared under a name.
func (c Cluster) RoleARN(name string) string { return c.Output(roleOutput(name)) }
