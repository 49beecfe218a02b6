package providerlock

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
)

func synthesized(t *testing.T, stacks map[string]string) string {
	t.Helper()
	out := t.TempDir()
	for name, text := range stacks {
		folder := filepath.Join(out, "stacks", name)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "cdk.tf.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// Terraform itself locks what the mirror of this machine holds, and takes the file for a stack's init afterwards.
func TestTheProvidersOfTheMirrorAreLocked(t *testing.T) {
	mirror, err := terraform.PluginDir()
	if err != nil {
		t.Fatal(err)
	}
	if mirror == "" {
		t.Skip("no plugin folder on this machine; the registry's packages for four platforms are gigabytes")
	}
	const aws, helm = `"aws":{"source":"aws","version":"~> 5.99"}`, `"helm":{"source":"helm","version":"~> 2.17"}`
	stack := `{"terraform":{"required_providers":{` + aws + `}}}`
	out := synthesized(t, map[string]string{
		"dev": stack, "dev.platform": `{"terraform":{"required_providers":{` + aws + `,` + helm + `}}}`,
	})
	root := t.TempDir()
	locked, left, err := Write(t.Context(), root, out)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(append(locked, left...), " ") != "aws helm" {
		t.Errorf("locked %v, left %v", locked, left)
	}
	text, err := os.ReadFile(filepath.Join(root, File))
	if err != nil || !strings.Contains(string(text), "registry.terraform.io/hashicorp/aws") ||
		!strings.Contains(string(text), "h1:") {
		t.Errorf("the lock file is %s, %v", text, err)
	}

	folder := filepath.Join(out, "stacks", "dev")
	if err := Copy(root, folder); err != nil {
		t.Fatal(err)
	}
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	if err := (terraform.Workspace{Dir: folder, Env: env}).Init(t.Context(), "-lockfile=readonly"); err != nil {
		t.Errorf("the stack does not take the lock file: %v", err)
	}
}

func TestWithoutALockFileNothingIsCopied(t *testing.T) {
	folder := t.TempDir()
	if err := Copy(t.TempDir(), folder); err != nil {
		t.Fatal(err)
	}
	if entries, _ := os.ReadDir(folder); len(entries) > 0 {
		t.Errorf("there is %v", entries)
	}
}

func TestNothingSynthesizedIsSaid(t *testing.T) {
	if _, _, err := Write(t.Context(), t.TempDir(), t.TempDir()); err == nil ||
		!strings.Contains(err.Error(), "run make synth first") {
		t.Errorf("got %v", err)
	}
}
