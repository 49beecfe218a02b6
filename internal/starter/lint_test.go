package starter

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestActionlintFindsNothing(t *testing.T) {
	lint := program(t, "actionlint")
	for name, folder := range map[string]string{"this repository's": root(t), "a new one's": written(t, acme())} {
		if output, err := lintIn(t, lint, folder); err != nil {
			t.Errorf("%s: %v\n%s", name, err, output)
		}
	}

	planted := written(t, acme())
	file := filepath.Join(planted, GitHubDir, "workflows", "review.yml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.ReplaceAll(text, []byte("matrix.stacks"), []byte("matrix.stack"))
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	output, err := lintIn(t, lint, planted)
	if err == nil || !strings.Contains(string(output), `property "stack" is not defined`) {
		t.Errorf("a mistake is not found: %v\n%s", err, output)
	}
}

// lintIn lints without shellcheck and pyflakes, which a machine may have or not. A folder is a repository to
// actionlint, whose local actions it looks at, where it has a .git.
func lintIn(t *testing.T, lint, folder string) ([]byte, error) {
	t.Helper()
	workflows, err := filepath.Glob(filepath.Join(folder, GitHubDir, "workflows", "*.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(folder, ".git"), 0o700); err != nil && !os.IsExist(err) {
		t.Fatal(err)
	}
	arguments := append([]string{"-shellcheck=", "-pyflakes=", "-no-color"}, workflows...)
	command := exec.CommandContext(t.Context(), lint, arguments...)
	command.Dir = folder
	return command.CombinedOutput()
}
