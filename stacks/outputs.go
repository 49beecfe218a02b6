package stacks

import (
	"net/netip"
	"slices"

	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// outputs are the outputs of <env>, read from its state.
type outputs struct {
	state cdktf.DataTerraformRemoteStateS3
}

func readOutputs(stack cdktf.TerraformStack, environment environments.Environment) outputs {
	config := &cdktf.DataTerraformRemoteStateS3Config{
		Bucket: jsii.String(environment.Base(environment.Region).StateBucket()),
		Key:    jsii.String(order.StateKey(environment.Name)),
		Region: jsii.String(string(environment.Region)),
	}
	if role := assumedRole(order.Platform, environment); role != "" {
		config.AssumeRole = &cdktf.S3BackendAssumeRoleConfig{
			RoleArn:     jsii.String(role),
			SessionName: jsii.String(environment.Prefix()),
		}
	}
	return outputs{cdktf.NewDataTerraformRemoteStateS3(stack, jsii.String("environment"), config)}
}

func (o outputs) text(name string) string { return *o.state.GetString(jsii.String(name)) }

// role is the ARN of a workload's role.
func (o outputs) role(workload string) string { return o.text(roleOutput(workload)) }

// roleIf is the ARN of a role that there is under a condition, else nothing.
func (o outputs) roleIf(condition bool, workload string) string {
	if !condition {
		return ""
	}
	return o.role(workload)
}

// awsCIDRs are where STS and Secrets Manager answer: in the VPC where it has endpoints for both,
// else at public addresses.
func awsCIDRs(network environments.Network) []string {
	if slices.Contains(network.Endpoints, "sts") && slices.Contains(network.Endpoints, "secretsmanager") {
		return []string{network.CIDR}
	}
	return []string{"0.0.0.0/0"}
}

func texts(blocks []netip.Prefix) []string {
	list := make([]string, len(blocks))
	for i, block := range blocks {
		list[i] = block.String()
	}
	return list
}
