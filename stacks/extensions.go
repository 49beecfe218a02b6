package stacks

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/addons"
	"github.com/titan-platform/titan/stacks/extension"
	"github.com/titan-platform/titan/stacks/order"
)

// extensions are what the repository that uses Titan adds.
type extensions []extension.Extension

// extensions declares what extensions add to the environment's stack, each below a scope of its own.
func (e *environment) extensions(own extensions, f foundations, o operations) {
	handed := extension.AWS{
		Environment:         e.Environment,
		Target:              e.here,
		VPCID:               f.network.VPCID,
		PublicSubnetIDs:     f.network.Public.IDs(),
		PrivateSubnetIDs:    f.network.Private.IDs(),
		DataSubnetIDs:       f.network.Data.IDs(),
		NodeSecurityGroupID: f.cluster.NodeSecurityGroupID,
		DataKeyARN:          f.keys.Data.ARN,
		LogKeyARN:           f.keys.Logs.ARN,
		SecretsKeyARN:       f.keys.Secrets.ARN,
		BackupKeyARN:        f.keys.Backups.ARN,
		OperationsKeyARN:    f.keys.Operations.ARN,
		ClusterName:         f.cluster.Name,
		TopicARN:            o.topicARN,
	}
	for _, one := range own {
		parts := extension.Parts{
			Extension: one.Name(), Issuer: f.cluster.Issuer, ProviderARN: f.cluster.ProviderARN, Output: e.output,
		}
		one.Declare(scopeOf(e.stack, one), handed.With(parts))
	}
}

// inCluster declares what extensions add to the stack of the cluster.
func (own extensions) inCluster(
	stack cdktf.TerraformStack, e environments.Environment, installed addons.Output, aws outputs,
) {
	handed := extension.Cluster{
		Environment:          e,
		Protected:            e.Protected(),
		ClusterName:          e.ClusterName(),
		ApplicationNamespace: e.Application.Namespace,
		MonitoringNamespace:  installed.MonitoringNamespace,
		IngressNamespace:     installed.IngressNamespace,
		TracingEndpoint:      installed.TracingEndpoint,
		SecretStore:          installed.SecretStore,
		PriorityClass:        installed.PriorityClass,
		Ready:                installed.Ready,
	}
	for _, one := range own {
		if in, ok := one.(extension.InCluster); ok {
			in.DeclareInCluster(scopeOf(stack, one), handed.For(one.Name(), aws.text))
		}
	}
}

func scopeOf(stack cdktf.TerraformStack, one extension.Extension) constructs.Construct {
	return constructs.NewConstruct(stack, jsii.String(one.Name()))
}

// override applies the changes of extensions to a stack, and returns those that it made.
func (own extensions) override(
	stack cdktf.TerraformStack, s order.Stack, e environments.Environment,
) ([]string, error) {
	var made []string
	for _, one := range own {
		overriding, ok := one.(extension.Overriding)
		if !ok || s.Shared() {
			continue
		}
		for _, override := range overriding.Overrides(e) {
			if override.Stack != s.Kind {
				continue
			}
			if err := override.Apply(stack); err != nil {
				return nil, fmt.Errorf("extension %q: stack %q: %w", one.Name(), s.Name, err)
			}
			made = append(made, override.String())
		}
	}
	return made, nil
}
