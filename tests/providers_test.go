package tests

import (
	"testing"

	"github.com/titan-platform/titan/environments"
)

func TestProvidersAreForThisAccountAlone(t *testing.T) {
	for _, name := range stackNames() {
		t.Run(name, func(t *testing.T) {
			environment := environmentOf(t, name)
			providers, _ := mapping(stack(t, name).Root, "provider")["aws"].([]any)
			regions := map[any]any{}
			for _, body := range providers {
				provider := Block{"provider.aws", body.(map[string]any)}
				regions[provider.at("alias")] = provider.at("region")
				provider.has(t, "allowed_account_ids", []string{environment.Account.ID})
				provider.has(t, "default_tags.0.tags", map[string]string{
					"project": "titan", "environment": environment.Name, "stack": name, "owner": environment.Owner, "repository": environment.Repository,
				})
				for _, emulated := range []string{"endpoints", "access_key", "skip_credentials_validation", "skip_requesting_account_id", "s3_use_path_style"} {
					provider.lacks(t, emulated)
				}
			}
			if regions[nil] != string(environment.Region) {
				t.Errorf("the stack's own provider is in %v, want %s", regions[nil], environment.Region)
			}
			if second, ok := regions["second"]; ok && second != string(environment.SecondRegion) {
				t.Errorf("the second provider is in %v, want %s", second, environment.SecondRegion)
			}
		})
	}
}

// The bindings would pin the provider to the release they were generated from; Terraform's lock file pins the one in use.
func TestProviderVersionAcceptsTheLastOfItsMajor(t *testing.T) {
	for _, name := range stackNames() {
		aws := Block{"terraform.required_providers.aws", mapping(stack(t, name).Root, "terraform", "required_providers", "aws")}
		aws.has(t, "version", "~> 5.99")
	}
}

// A role to assume is in the file of no committed environment, so one is made here.
func TestRoleIsAssumedByProviderAndBackend(t *testing.T) {
	const role = "arn:aws:iam::111111111111:role/deploy"
	environment := environmentOf(t, "dev")
	environment.Account.Role = role
	stacks, err := synthesize([]environments.Environment{environment})
	if err != nil {
		t.Fatal(err)
	}
	providers := stacks["dev"].Root["provider"].(map[string]any)["aws"].([]any)
	for _, body := range providers {
		Block{"provider.aws", body.(map[string]any)}.has(t, "assume_role.0.role_arn", role)
	}
	backend := Block{"terraform.backend.s3", mapping(stacks["dev"].Root, "terraform", "backend", "s3")}
	backend.has(t, "assume_role.role_arn", role)
}
