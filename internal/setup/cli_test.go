package setup

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// npm stands in for the real one: it installs a CLI that says which lock file it is of.
const npm = `#!/bin/sh
set -eu
echo run >>"$NPM_LOG"
if grep -q broken package-lock.json; then mkdir node_modules; echo no such package >&2; exit 1; fi
mkdir -p node_modules/.bin
cp package-lock.json node_modules/.bin/cdktf
`

// repository is one with a lock file, and the stand-ins on PATH. runs counts npm's.
func repository(t *testing.T, node, lock string) (root string, runs func() int) {
	t.Helper()
	root, bin := t.TempDir(), t.TempDir()
	log := filepath.Join(t.TempDir(), "log")
	t.Setenv("NPM_LOG", log)
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	put(t, filepath.Join(bin, "npm"), npm)
	put(t, filepath.Join(bin, "node"), "#!/bin/sh\necho "+node+"\n")
	put(t, filepath.Join(root, packageFile), "{}")
	put(t, filepath.Join(root, lockFile), lock)
	return root, func() int {
		content, _ := os.ReadFile(log) // none is no run
		return strings.Count(string(content), "run")
	}
}

func put(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o755); err != nil {
		t.Fatal(err)
	}
}

func install(t *testing.T, root string) error {
	t.Helper()
	return cli(t.Context(), root, io.Discard)
}

func TestTheCLIIsInstalledOnce(t *testing.T) {
	root, runs := repository(t, "v22.1.0", "one")
	for range 2 {
		if err := install(t, root); err != nil {
			t.Fatal(err)
		}
	}
	if runs() != 1 {
		t.Errorf("npm ran %d times, want once", runs())
	}
	left, _ := filepath.Glob(filepath.Join(root, ".titan", "npm.*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAChangeInstallsAnew(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, root string){
		"another lock file": func(t *testing.T, root string) { put(t, filepath.Join(root, lockFile), "two") },
		"another major Node": func(t *testing.T, _ string) {
			bin, _, _ := strings.Cut(os.Getenv("PATH"), string(os.PathListSeparator))
			put(t, filepath.Join(bin, "node"), "#!/bin/sh\necho v24.0.0\n")
		},
		"no CLI any more": func(_ *testing.T, root string) { _ = os.RemoveAll(filepath.Join(root, modules)) },
	} {
		t.Run(name, func(t *testing.T) {
			root, runs := repository(t, "v22.1.0", "one")
			if err := install(t, root); err != nil {
				t.Fatal(err)
			}
			change(t, root)
			if err := install(t, root); err != nil {
				t.Fatal(err)
			}
			if runs() != 2 {
				t.Errorf("npm ran %d times, want twice", runs())
			}
		})
	}
}

func TestAFailureLeavesTheInstallationAsItWas(t *testing.T) {
	root, _ := repository(t, "v22.1.0", "one")
	if err := install(t, root); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(root, lockFile), "broken")
	err := install(t, root)
	if err == nil || !strings.Contains(err.Error(), "no such package") ||
		!strings.Contains(err.Error(), "registry has to be reachable") {
		t.Errorf("got %v", err)
	}
	content, err := os.ReadFile(filepath.Join(root, modules, ".bin", "cdktf"))
	if err != nil || string(content) != "one" {
		t.Errorf("the installation is %q, %v", content, err)
	}
}
