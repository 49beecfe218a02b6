package stacks

import (
	"github.com/aws/jsii-runtime-go"
	awsprovider "github.com/cdktf/cdktf-provider-aws-go/aws/v19/provider"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// globalRegion is where CloudFront looks for its certificate, web ACL and log deliveries.
const globalRegion environments.Region = "us-east-1"

// partition is the part of AWS that the regions of environment files belong to.
const partition = "aws"

// awsVersion accepts the last release of major version 5, 5.100.0. The bindings would pin the release they were generated from
// (5.99.1); the exact release is pinned by Terraform's own lock file.
const awsVersion = "~> 5.99"

// terraformVersion is the first with write-only arguments: secrets go to AWS by them, and past the state.
const terraformVersion = ">= 1.11.0"

// newRegionProvider configures the stack's own provider, for the environment's region. There is no endpoint and no skip_* flag here: an
// emulator is reached by AWS_ENDPOINT_URL alone, so that what runs there is what runs on AWS.
func newRegionProvider(stack cdktf.TerraformStack, environment environments.Environment) {
	newProvider(stack, environment, "aws", environment.Region, "")
	stack.AddOverride(jsii.String("terraform.required_providers.aws.version"), awsVersion)
	stack.AddOverride(jsii.String("terraform.required_version"), terraformVersion)
}

// newSecondProvider configures the provider for the replicas, nil where the environment has no second region.
func newSecondProvider(stack cdktf.TerraformStack, environment environments.Environment) cdktf.TerraformProvider {
	if environment.SecondRegion == "" {
		return nil
	}
	return newProvider(stack, environment, "aws-second", environment.SecondRegion, "second")
}

// newGlobalProvider configures the provider for what CloudFront uses, nil where the stack's own provider is in that region.
func newGlobalProvider(stack cdktf.TerraformStack, environment environments.Environment) cdktf.TerraformProvider {
	if environment.Region == globalRegion {
		return nil
	}
	return newProvider(stack, environment, "aws-global", globalRegion, "global")
}

func newProvider(stack cdktf.TerraformStack, environment environments.Environment, id string, region environments.Region, alias string) cdktf.TerraformProvider {
	config := &awsprovider.AwsProviderConfig{
		Region:            jsii.String(string(region)),
		AllowedAccountIds: jsii.Strings(environment.Account.ID),
		DefaultTags:       []awsprovider.AwsProviderDefaultTags{{Tags: pointers(tags(stack, environment))}},
	}
	if alias != "" {
		config.Alias = jsii.String(alias)
	}
	if environment.Account.Role != "" {
		config.AssumeRole = []awsprovider.AwsProviderAssumeRole{{
			RoleArn:     jsii.String(environment.Account.Role),
			SessionName: jsii.String(environment.Prefix()),
		}}
	}
	return awsprovider.NewAwsProvider(stack, jsii.String(id), config)
}

// tags are on everything that can carry them. They are the same in every run: a tag that changes by itself is drift.
func tags(stack cdktf.TerraformStack, environment environments.Environment) map[string]string {
	return map[string]string{
		"project":     environment.Project,
		"environment": environment.Name,
		"stack":       *stack.Node().Id(),
		"owner":       environment.Owner,
		"repository":  environment.Repository,
	}
}

func pointers(texts map[string]string) *map[string]*string {
	result := map[string]*string{}
	for key, text := range texts {
		result[key] = jsii.String(text)
	}
	return &result
}
