package stubprovider

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
)

// TestSchemasAcceptEveryPlatformStack has Terraform validate the golden platform stacks against the real providers'
// schemas.
func TestSchemasAcceptEveryPlatformStack(t *testing.T) {
	for _, file := range goldenStacks(t, "*") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			for _, diagnostic := range validate(t, configuration(t, file)) {
				t.Error(diagnostic)
			}
		})
	}
}

// TestMistakesAreRefused makes one of each kind, each in a resource of its own.
func TestMistakesAreRefused(t *testing.T) {
	t.Parallel()
	stack := configuration(t, goldenStacks(t, "dev")[0])
	var want []string
	mistake := func(kind, says string) map[string]any {
		want = append(want, says)
		resource := resourceOf(t, stack, kind)
		delete(resource, "depends_on") // else a mistake in what it depends on keeps Terraform from looking at it
		return resource
	}
	mistake("helm_release", `named "time_out"`)["time_out"] = 1
	mistake("kubernetes_storage_class_v1", "a bool is required")["allow_volume_expansion"] = "soon"
	delete(mistake("kubernetes_priority_class_v1", `"value" is required`), "value")
	delete(mistake("kubernetes_network_policy_v1", `At least 1 "spec" blocks are required`), "spec")
	objectAt(t, mistake("kubernetes_role_v1", `named "label"`), "metadata")["label"] = "x"
	objectAt(t, mistake("kubernetes_config_map_v1", `"uid": it is computed`), "metadata")["uid"] = "x"
	names := []any{map[string]any{"name": "a"}, map[string]any{"name": "b"}}
	mistake("kubernetes_namespace_v1", `No more than 1 "metadata" blocks are allowed`)["metadata"] = names

	diagnostics := validate(t, stack)
	for _, says := range want {
		said := func(d terraform.Diagnostic) bool { return strings.Contains(d.String(), says) }
		if !slices.ContainsFunc(diagnostics, said) {
			t.Errorf("nothing says %q", says)
		}
	}
	if len(diagnostics) != len(want) {
		t.Errorf("got %d diagnostics, want %d: %v", len(diagnostics), len(want), diagnostics)
	}
}

func TestMistakeOfAProviderBlockIsRefused(t *testing.T) {
	t.Parallel()
	stack := configuration(t, goldenStacks(t, "dev")[0])
	objectAt(t, stack, "provider")["kubernetes"] = map[string]any{"hosts": "x"}
	if got := validate(t, stack); len(got) != 1 || !strings.Contains(got[0].Detail, `named "hosts"`) {
		t.Errorf("a misspelt argument is accepted: %v", got)
	}
}

// resourceOf is a resource of a type.
func resourceOf(t *testing.T, stack map[string]any, kind string) map[string]any {
	t.Helper()
	resources := objectAt(t, stack, "resource", kind)
	for name := range resources {
		return objectAt(t, resources, name)
	}
	t.Fatalf("no %s", kind)
	return nil
}

func validate(t *testing.T, stack map[string]any) []terraform.Diagnostic {
	t.Helper()
	w := workspace(t)
	write(t, w, stack)
	diagnostics, err := w.Validate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return diagnostics
}
