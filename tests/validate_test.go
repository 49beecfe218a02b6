package tests

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
)

// TestTheRealProviderAcceptsEveryStack has Terraform validate each stack against the AWS provider itself. It needs no account: the backend
// is left out. The provider comes from a folder of this machine where there is one, else from the registry. What is of a provider that the
// folder lacks is left out, too, and named: there, its arguments are judged by the bindings alone, which are made of its schema and
// refuse what it does not know.
func TestTheRealProviderAcceptsEveryStack(t *testing.T) {
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stackNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // no construct is touched: each is a process of its own in a folder of its own
			judged, left := validate.Without(stack(t, name), missingProviders(t))
			if len(left) > 0 {
				t.Logf("not judged, for want of the provider: %v", left)
			}
			diagnostics := validate(t, env, judged)
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

// missingProviders are those of the stacks that the plugin folder of this machine lacks; without such a folder there is the registry.
func missingProviders(t *testing.T) []string {
	t.Helper()
	dir, err := terraform.PluginDir()
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	for _, provider := range []string{"helm", "kubernetes"} {
		if _, err := os.Stat(filepath.Join(dir, "registry.terraform.io", "hashicorp", provider)); dir != "" && err != nil {
			missing = append(missing, provider)
		}
	}
	return missing
}

// withoutProviders is a stack without some providers and their resources, and the types left out.
func withoutProviders(t *testing.T, whole Stack, providers []string) (text string, left []string) {
	t.Helper()
	part := whole.Copy()
	for _, provider := range providers {
		delete(synth.Object(part.Root, "provider"), provider)
		delete(synth.Object(part.Root, "terraform", "required_providers"), provider)
		for _, kind := range part.Types() {
			if strings.HasPrefix(kind, provider+"_") {
				delete(synth.Object(part.Root, "resource"), kind)
				left = append(left, kind)
			}
		}
	}
	if len(synth.Object(part.Root, "resource")) == 0 {
		delete(part.Root, "resource")
	}
	encoded, err := json.Marshal(part.Root)
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded), left
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
