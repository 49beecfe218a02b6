package runbooks

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// tainted is a stack of one resource that nothing may replace.
const tainted = `{"resource": {"terraform_data": {"kept": {"lifecycle": {"prevent_destroy": true}}}}}`

// TestTheMarkOfATaintedResourceIsTakenAway runs the block of state.md on a resource whose creation failed half way, as
// Terraform marks it, in a stack whose state is a local file.
func TestTheMarkOfATaintedResourceIsTakenAway(t *testing.T) {
	place := t.TempDir()
	stack := filepath.Join(place, "cdktf.out", "stacks", "dev")
	if err := os.MkdirAll(stack, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(stack, "cdk.tf.json"), tainted)
	write(t, filepath.Join(place, "Makefile"), "synth:\n\t@true\n")
	in := func(script string) (string, error) {
		shell := exec.CommandContext(t.Context(), "sh", "-euc", script)
		shell.Dir = place
		shell.Env = append(os.Environ(), "TF_INPUT=0", "TF_CLI_CONFIG_FILE=", "CHECKPOINT_DISABLE=1")
		out, err := shell.CombinedOutput()
		return string(out), err
	}
	enter := "cd cdktf.out/stacks/dev && "
	if out, err := in(enter + "terraform init && terraform apply -auto-approve && terraform taint terraform_data.kept"); err != nil {
		t.Fatal(out, err)
	}
	if out, err := in(enter + "terraform plan -no-color"); err == nil ||
		!strings.Contains(out, "Instance cannot be destroyed") {
		t.Fatalf("a plan goes on with a tainted resource: %s", out)
	}
	script := blockWith(t, "runbooks/state.md", "terraform untaint")
	script = strings.NewReplacer("<stack>", "dev", "<address>", "terraform_data.kept").Replace(script)
	if out, err := in(script); err != nil {
		t.Fatalf("%s\n%s%v", script, out, err)
	}
	if out, err := in(enter + "terraform plan -no-color -detailed-exitcode"); err != nil {
		t.Errorf("a plan after it: %s", out)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// blockWith is the one block of a page that has a command.
func blockWith(t *testing.T, path, command string) string {
	t.Helper()
	var found []string
	for _, page := range pages(t) {
		for _, block := range page.Blocks {
			if page.Path == path && strings.Contains(block.Text, command) {
				found = append(found, block.Text)
			}
		}
	}
	if len(found) != 1 {
		t.Fatalf("docs/%s has %d blocks with %q", path, len(found), command)
	}
	return found[0]
}
