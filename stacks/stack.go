package stacks

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	awsprovider "github.com/cdktf/cdktf-provider-aws-go/aws/v19/provider"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/stacks/order"
)

// awsVersion accepts the last release of major version 5, 5.100.0. The bindings would pin the release they were
// generated from (5.99.1); the exact release is pinned by Terraform's own lock file.
const awsVersion = "~> 5.99"

// terraformVersion is the first with write-only arguments: secrets go to AWS by them, and past the state.
const terraformVersion = ">= 1.11.0"

// newStack declares a stack with its backend and its one AWS provider, in the region that the table says.
func newStack(scope constructs.Construct, s order.Stack, environment environments.Environment) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, jsii.String(s.Name))
	if s.StateRegion == "" {
		newLocalBackend(stack)
	} else {
		newBackend(stack, s, environment)
	}
	newProvider(stack, s, environment)
	stack.AddOverride(jsii.String("terraform.required_providers.aws.version"), awsVersion)
	stack.AddOverride(jsii.String("terraform.required_version"), terraformVersion)
	return stack
}

// newProvider configures the stack's AWS provider. There is no endpoint and no skip_* flag here: an emulator is reached
// by AWS_ENDPOINT_URL alone, so that what runs there is what runs on AWS.
func newProvider(stack cdktf.TerraformStack, s order.Stack, environment environments.Environment) {
	config := &awsprovider.AwsProviderConfig{
		Region:            jsii.String(string(s.Region)),
		AllowedAccountIds: jsii.Strings(environment.Account.ID),
		DefaultTags:       []awsprovider.AwsProviderDefaultTags{{Tags: target.Tags(tags(s, environment))}},
	}
	if role := assumedRole(s.Kind, environment); role != "" {
		config.AssumeRole = []awsprovider.AwsProviderAssumeRole{{
			RoleArn:     jsii.String(role),
			SessionName: jsii.String(sessionName(s, environment)),
		}}
	}
	awsprovider.NewAwsProvider(stack, jsii.String("aws"), config)
}

// assumedRole is the role that Terraform assumes for a stack of a kind: the account's, and none for a platform that the
// deployer applies. That acts by roles of its own, which carry the boundary and may not become more than they are.
func assumedRole(kind order.Kind, environment environments.Environment) string {
	if kind == order.Platform && environment.HasDeployer() {
		return ""
	}
	return environment.Account.Role
}

// newBackend keeps a stack's state in the bucket that the bootstrap stack of a region made, encrypted by the key made
// there, locked by a file beside it (S3 conditional writes; DynamoDB locking is deprecated since Terraform 1.11).
func newBackend(stack cdktf.TerraformStack, s order.Stack, environment environments.Environment) {
	base := environment.Base(s.StateRegion)
	config := &cdktf.S3BackendConfig{
		Bucket:  jsii.String(base.StateBucket()),
		Key:     jsii.String(s.StateKey()),
		Region:  jsii.String(string(s.StateRegion)),
		Encrypt: jsii.Bool(true),
		// By its alias: a backend can't refer to another stack's output.
		KmsKeyId:          jsii.String(baseTarget(base).AliasARN(base.StateKeyAlias())),
		AllowedAccountIds: jsii.Strings(base.Account.ID),
	}
	if role := assumedRole(s.Kind, environment); role != "" {
		config.AssumeRole = &cdktf.S3BackendAssumeRoleConfig{
			RoleArn:     jsii.String(role),
			SessionName: jsii.String(sessionName(s, environment)),
		}
	}
	backend := cdktf.NewS3Backend(stack, config)
	backend.AddOverride(jsii.String("use_lockfile"), true) // S3BackendConfig has no field for it
}

// newLocalBackend keeps a stack's state in the project's folder, seen from cdktf.out/stacks/<stack>. CDKTF's own
// default is the same file by its absolute path, which would put this machine into the JSON.
func newLocalBackend(stack cdktf.TerraformStack) {
	cdktf.NewLocalBackend(stack, &cdktf.LocalBackendConfig{
		Path: jsii.String(fmt.Sprintf("../../../terraform.%s.tfstate", *stack.Node().Id())),
	})
}

// sessionName is how CloudTrail names who acts by the account's role.
func sessionName(s order.Stack, environment environments.Environment) string {
	if s.Shared() {
		return environment.Project()
	}
	return environment.Prefix()
}

// tags are on everything that can carry them. They are the same in every run: a tag that changes by itself is drift.
// What environments of an account share carries the name of none.
func tags(s order.Stack, environment environments.Environment) map[string]string {
	owner, repository := environment.Owner, environment.Repository
	if s.Shared() {
		owner, repository = environment.Account.Owner, environment.Account.Repository
	}
	tags := map[string]string{"project": environment.Project(), "stack": s.Name, "owner": owner, "repository": repository}
	if !s.Shared() {
		tags["environment"] = environment.Name
	}
	return tags
}
