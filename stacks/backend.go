package stacks

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// newBackend keeps a stack's state in the bucket that <env>-bootstrap made, encrypted by the key made there, locked by a file
// beside it (S3 conditional writes; DynamoDB locking is deprecated since Terraform 1.11).
func newBackend(stack cdktf.TerraformStack, environment environments.Environment) {
	config := &cdktf.S3BackendConfig{
		Bucket:            jsii.String(environment.StateBucket()),
		Key:               jsii.String(stateKey(*stack.Node().Id())),
		Region:            jsii.String(string(environment.Region)),
		Encrypt:           jsii.Bool(true),
		KmsKeyId:          jsii.String(stateKeyARN(environment)),
		AllowedAccountIds: jsii.Strings(environment.Account.ID),
	}
	if environment.Account.Role != "" {
		config.AssumeRole = &cdktf.S3BackendAssumeRoleConfig{
			RoleArn:     jsii.String(environment.Account.Role),
			SessionName: jsii.String(environment.Prefix()),
		}
	}
	backend := cdktf.NewS3Backend(stack, config)
	backend.AddOverride(jsii.String("use_lockfile"), true) // S3BackendConfig has no field for it
}

// stateKey is where a stack's state is in the bucket.
func stateKey(stack string) string { return stack + "/terraform.tfstate" }

// stateKeyARN names the state's key by its alias: a backend can't refer to another stack's output.
func stateKeyARN(environment environments.Environment) string {
	return fmt.Sprintf("arn:%s:kms:%s:%s:%s", partition, environment.Region, environment.Account.ID, environment.StateKeyAlias())
}

// newLocalBackend keeps a stack's state in the project's folder, seen from cdktf.out/stacks/<stack>. CDKTF's own default is the same
// file by its absolute path, which would put this machine into the JSON.
func newLocalBackend(stack cdktf.TerraformStack) {
	cdktf.NewLocalBackend(stack, &cdktf.LocalBackendConfig{
		Path: jsii.String(fmt.Sprintf("../../../terraform.%s.tfstate", *stack.Node().Id())),
	})
}
