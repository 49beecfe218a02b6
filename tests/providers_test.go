package tests

import (
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

func TestProvidersAreForThisAccountAlone(t *testing.T) {
	for _, one := range order.All(loaded) {
		t.Run(one.Name, func(t *testing.T) {
			environment, providers := environmentOf(t, one.Name), soundness.Providers(stack(t, one.Name))
			if len(providers) == 0 {
				t.Fatal("no provider")
			}
			tags := map[string]string{
				"project": "titan", "stack": one.Name, "owner": environment.Owner, "repository": environment.Repository,
			}
			if !one.Shared() { // what environments of an account share carries the name of none
				tags["environment"] = environment.Name
			}
			for _, provider := range providers {
				provider.WantValue(t, "allowed_account_ids", []string{environment.Account.ID})
				provider.WantValue(t, "default_tags.0.tags", tags)
				provider.WantValue(t, "region", one.Region)
				for _, emulated := range []string{
					"endpoints", "access_key", "skip_credentials_validation", "skip_requesting_account_id", "s3_use_path_style",
				} {
					provider.WantAbsent(t, emulated)
				}
			}
		})
	}
}

// The bindings would pin the provider to the release they were generated from; Terraform's lock
// file pins the one in use.
func TestProviderVersionAcceptsTheLastOfItsMajor(t *testing.T) {
	for _, name := range stackNames() {
		aws := Block{
			Address: "terraform.required_providers.aws",
			Body:    synth.Object(stack(t, name).Root, "terraform", "required_providers", "aws"),
		}
		aws.WantValue(t, "version", "~> 5.99")
	}
}

// A role to assume is in the file of no committed environment, so one is made here.
func TestRoleIsAssumedByProviderBackendAndRemoteState(t *testing.T) {
	const role = "arn:aws:iam::111111111111:role/deploy"
	made := variants(t, "dev", func(e *environments.Environment) { e.Account.Role = role })
	if len(made) < 5 {
		t.Errorf("%d stacks", len(made))
	}
	for name, s := range made {
		for _, provider := range soundness.Providers(s) {
			provider.WantValue(t, "assume_role.0.role_arn", role)
		}
		for _, remote := range s.Blocks("data", "terraform_remote_state") {
			remote.WantValue(t, "config.assume_role.role_arn", role)
		}
		if backend := synth.Object(s.Root, "terraform", "backend", "s3"); tabled(t, name).Kind != order.Bootstrap {
			Block{Address: name + " terraform.backend.s3", Body: backend}.WantValue(t, "assume_role.role_arn", role)
		}
	}
}

// The deployer acts by roles of its own, which may not assume the account's: what it applies assumes none, in provider,
// backend, state of <env> and login to the cluster.
func TestWhatTheDeployerAppliesAssumesNoRole(t *testing.T) {
	const role = "arn:aws:iam::333333333333:role/deploy"
	made := variants(t, "prod", func(e *environments.Environment) { e.Account.Role = role })
	if text := made["prod.platform"].Text; strings.Contains(text, role) {
		t.Errorf("prod.platform assumes %s, which its deployer may not", role)
	}
	for _, name := range []string{"prod", "prod.global"} {
		if !strings.Contains(made[name].Text, `"role_arn": "`+role) {
			t.Errorf("%s does not assume %s", name, role)
		}
	}
	direct := variants(t, "dev", func(e *environments.Environment) { e.Account.Role = role })["dev.platform"]
	if n := strings.Count(direct.Text, role); n < 4 {
		t.Errorf("dev.platform, which a person applies, names the role %d times", n)
	}
}
