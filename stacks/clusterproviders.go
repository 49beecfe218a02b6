package stacks

import (
	"github.com/aws/jsii-runtime-go"
	helmprovider "github.com/cdktf/cdktf-provider-helm-go/helm/v10/provider"
	kubernetesprovider "github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/provider"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// The last releases of the major versions that the bindings know: helm 3 has no blocks any more, and another schema.
const (
	helmVersion       = "~> 2.17"
	kubernetesVersion = "~> 2.37"
)

// execAPIVersion is what the AWS CLI and both providers speak (client-go, ExecCredential).
const execAPIVersion = "client.authentication.k8s.io/v1beta1"

// newClusterProviders configures the helm and kubernetes providers. Neither stores a token: `exec` asks the AWS CLI for
// one whenever it needs one; the document's aws_eks_cluster_auth comes in its ephemeral form, because the data source
// puts its token into the state.
func newClusterProviders(stack cdktf.TerraformStack, environment environments.Environment, aws outputs) {
	helm := &helmprovider.HelmProviderKubernetes{
		Host:                 jsii.String(aws.text("cluster_endpoint")),
		ClusterCaCertificate: cdktf.Fn_Base64decode(jsii.String(aws.text("cluster_certificate_authority"))),
	}
	kubernetes := &kubernetesprovider.KubernetesProviderConfig{
		Host:                 helm.Host,
		ClusterCaCertificate: helm.ClusterCaCertificate,
	}

	switch environment.Addons.Login {
	case environments.ClusterLoginEphemeral:
		token := clusterToken(stack, environment)
		helm.Token, kubernetes.Token = token, token
	default:
		command, arguments := jsii.String("aws"), getToken(environment)
		helm.Exec = &helmprovider.HelmProviderKubernetesExec{
			ApiVersion: jsii.String(execAPIVersion),
			Command:    command,
			Args:       arguments,
		}
		kubernetes.Exec = []kubernetesprovider.KubernetesProviderExec{{
			ApiVersion: jsii.String(execAPIVersion),
			Command:    command,
			Args:       arguments,
		}}
	}
	helmprovider.NewHelmProvider(stack, jsii.String("helm"), &helmprovider.HelmProviderConfig{Kubernetes: helm})
	kubernetesprovider.NewKubernetesProvider(stack, jsii.String("kubernetes"), kubernetes)
	stack.AddOverride(jsii.String("terraform.required_providers.helm.version"), helmVersion)
	stack.AddOverride(jsii.String("terraform.required_providers.kubernetes.version"), kubernetesVersion)
}

// getToken are the AWS CLI's arguments. The role that Terraform assumes is the one with access to the cluster; the
// CLI does not know of it.
func getToken(environment environments.Environment) *[]*string {
	arguments := []string{
		"eks", "get-token", "--cluster-name", environment.ClusterName(), "--region", string(environment.Region),
		"--output", "json",
	}
	if role := assumedRole(order.Platform, environment); role != "" {
		arguments = append(arguments, "--role-arn", role)
	}
	return jsii.Strings(arguments...)
}

// clusterToken declares the ephemeral token, good for 15 minutes. CDKTF has no constructs for ephemeral resources.
func clusterToken(stack cdktf.TerraformStack, environment environments.Environment) *string {
	stack.AddOverride(jsii.String("ephemeral.aws_eks_cluster_auth.cluster"), map[string]any{
		"name": environment.ClusterName(),
	})
	return jsii.String("${ephemeral.aws_eks_cluster_auth.cluster.token}")
}
