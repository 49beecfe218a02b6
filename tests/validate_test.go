package tests

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
)

// TestTheRealProviderAcceptsEveryStack has Terraform validate each stack against the AWS provider itself. It needs no account: the backend
// is left out. The provider comes from a folder of this machine where there is one, else from the registry.
func TestTheRealProviderAcceptsEveryStack(t *testing.T) {
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stackNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // no construct is touched: each is a process of its own in a folder of its own
			diagnostics := validate(t, env, stack(t, name).Text)
			for _, diagnostic := range diagnostics {
				t.Error(diagnostic)
			}
		})
	}
}

// TestValidateSeesAMistake shows that the judge is awake.
func TestValidateSeesAMistake(t *testing.T) {
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	wrong := regexp.MustCompile(`"enable_dns_support"`).ReplaceAllString(stack(t, "dev").Text, `"enable_dns_help"`)
	if diagnostics := validate(t, env, wrong); len(diagnostics) != 1 || diagnostics[0].Severity != "error" {
		t.Errorf("a misspelt argument is accepted: %v", diagnostics)
	}
}

func validate(t *testing.T, env []string, stack string) []terraform.Diagnostic {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "cdk.tf.json"), []byte(stack), 0o600); err != nil {
		t.Fatal(err)
	}
	workspace := terraform.Workspace{Dir: dir, Env: env}
	if err := workspace.Init(t.Context(), "-backend=false"); err != nil {
		t.Fatal(err)
	}
	diagnostics, err := workspace.Validate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return diagnostics
}
