package tests

import (
	"regexp"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/internal/validate"
)

// TestValidateSeesAMistake shows that the judge is awake.
func TestValidateSeesAMistake(t *testing.T) {
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	wrong := regexp.MustCompile(`"enable_dns_support"`).ReplaceAllString(stack(t, "dev").Text, `"enable_dns_help"`)
	if diagnostics := validated(t, env, wrong); len(diagnostics) != 1 || diagnostics[0].Severity != "error" {
		t.Errorf("a misspelt argument is accepted: %v", diagnostics)
	}
}

// missingProviders are those that this machine's plugin folder lacks.
func missingProviders(t *testing.T) []string {
	t.Helper()
	missing, err := validate.MissingProviders()
	if err != nil {
		t.Fatal(err)
	}
	return missing
}

// validated is what the provider says of a stack's JSON.
func validated(t *testing.T, env []string, stack string) []terraform.Diagnostic {
	t.Helper()
	diagnostics, err := validate.Stack(t.Context(), env, t.TempDir(), stack)
	if err != nil {
		t.Fatal(err)
	}
	return diagnostics
}
