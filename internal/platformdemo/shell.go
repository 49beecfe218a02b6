package platformdemo

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/titan-platform/titan/internal/kubernetes"
)

// Simulated selects the simulated nodes.
const Simulated = kubernetes.Managed + "=true"

// Kubeconfig is where the kubeconfig of a session in dir is.
func Kubeconfig(dir string) string { return filepath.Join(runDir(dir), "kubeconfig") }

// Shell is where the commands are that WriteShell writes.
func Shell(dir string) string { return filepath.Join(runDir(dir), "shell") }

// WriteShell writes shell commands that point a shell at a session in dir, with the pinned kubectl and Helm. The file
// goes with the session.
func WriteShell(dir, kubeconfig string, programs kubernetes.Programs) error {
	text, err := shellText(dir, kubeconfig, programs)
	if err == nil {
		err = os.WriteFile(Shell(dir), []byte(text), 0o600)
	}
	if err != nil {
		return fmt.Errorf("writing a shell's settings: %w", err)
	}
	return nil
}

func shellText(dir, kubeconfig string, programs kubernetes.Programs) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	bin := filepath.Join(runDir(dir), "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return "", err
	}
	for _, program := range []string{programs.Kubectl, programs.Helm} {
		there, err := filepath.Abs(program)
		if err != nil {
			return "", err
		}
		if err := os.Symlink(there, filepath.Join(bin, filepath.Base(program))); err != nil {
			return "", err
		}
	}
	var text strings.Builder
	for _, variable := range append(variables(dir, kubeconfig), "PATH="+bin+":"+os.Getenv("PATH")) {
		name, value, _ := strings.Cut(variable, "=")
		value, err := syntax.Quote(value, syntax.LangPOSIX)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&text, "export %s=%s\n", name, value)
	}
	return text.String(), nil
}
