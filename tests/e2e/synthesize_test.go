//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/stubprovider"
	"github.com/titan-platform/titan/internal/terraform"
)

var (
	builds, mirrors   sync.Once
	programs, plugins string
)

// mirrored is the folder to take providers from, made once: the helm and kubernetes providers are stubs where the machine has none.
func mirrored(t *testing.T) string {
	t.Helper()
	mirrors.Do(func() {
		dir, err := os.MkdirTemp("", "titan-plugins-") //nolint:usetesting // it outlives the test that makes it first
		must(t, err)
		plugins, err = stubprovider.Mirror(t.Context(), dir)
		must(t, err)
	})
	return plugins
}

// built is the folder with the app and the helper, built once.
func built(t *testing.T) string {
	t.Helper()
	builds.Do(func() {
		dir, err := os.MkdirTemp("", "titan-e2e-") //nolint:usetesting // it outlives the test that builds first
		must(t, err)
		run(t, root, os.Environ(), "go", "build", "-o", filepath.Join(dir, "app"), ".")
		run(t, root, os.Environ(), "go", "build", "-o", filepath.Join(dir, "titan"), "./cmd/titan")
		programs = dir
	})
	return programs
}

func TestMain(m *testing.M) {
	if err := namesAreKnown(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	code := m.Run()
	for _, idle := range idleAlarms() {
		fmt.Println(idle)
		code = 1
	}
	for _, dir := range []string{programs, plugins} {
		if strings.HasPrefix(filepath.Base(dir), "titan-") {
			_ = os.RemoveAll(dir) // temporary
		}
	}
	os.Exit(code)
}

// namesAreKnown refuses an unknown name in TITAN_E2E, before any test runs: only some of them choose environments by it.
func namesAreKnown() error {
	dir := os.Getenv("TITAN_E2E_FILES")
	if dir == "" {
		dir = "environments"
	}
	all, err := environments.Load(filepath.Join(root, dir), "")
	if err != nil {
		return err
	}
	known := []string{"", "all"}
	for _, environment := range all {
		known = append(known, environment.Name)
	}
	for _, name := range strings.Split(os.Getenv("TITAN_E2E"), ",") {
		if !slices.Contains(known, strings.TrimSpace(name)) {
			return fmt.Errorf("TITAN_E2E: no environment is called %q; there are %s", name, strings.Join(known[2:], ", "))
		}
	}
	return nil
}

// environmentFiles is the folder of the environment files: TITAN_E2E_FILES, by default the committed ones.
func environmentFiles(t *testing.T) string {
	t.Helper()
	files := os.Getenv("TITAN_E2E_FILES")
	if files == "" {
		files = "environments"
	}
	dir, err := filepath.Abs(filepath.Join(root, files))
	must(t, err)
	return dir
}

// synthesize writes an environment's stacks to outdir, from copies of the files with protection off and acknowledged: a destroy needs that, as
// the runbook says.
func synthesize(t *testing.T, outdir string, environment environments.Environment) {
	t.Helper()
	synthesizeFrom(t, unprotectedCopy(t, environmentFiles(t)), outdir, environment)
}

// synthesizeFrom is synthesize from another folder of environment files.
func synthesizeFrom(t *testing.T, files, outdir string, environment environments.Environment) {
	t.Helper()
	env := append(os.Environ(), "CDKTF_OUTDIR="+outdir, "TITAN_ENVIRONMENTS_DIR="+files, "TITAN_ENVIRONMENTS="+environment.Name)
	run(t, root, env, filepath.Join(built(t), "app"))
}

// copied is a copy of a folder of environment files.
func copied(t *testing.T, folder string) string {
	t.Helper()
	files := t.TempDir()
	must(t, os.CopyFS(files, os.DirFS(folder)))
	return files
}

// unprotectedCopy is a copy of the environment and account files with protection taken off.
func unprotectedCopy(t *testing.T, dir string) string {
	t.Helper()
	copies := t.TempDir()
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	must(t, err)
	for _, file := range files {
		content, err := os.ReadFile(file)
		must(t, err)
		if !strings.Contains(string(content), "tier: development") {
			content = withoutProtection(content, "acknowledge: [protection-off]")
		}
		must(t, os.WriteFile(filepath.Join(copies, filepath.Base(file)), content, 0o600))
	}
	accounts, err := filepath.Glob(filepath.Join(dir, "accounts", "*.yaml"))
	must(t, err)
	must(t, os.Mkdir(filepath.Join(copies, "accounts"), 0o700))
	for _, file := range accounts {
		content, err := os.ReadFile(file)
		must(t, err)
		must(t, os.WriteFile(filepath.Join(copies, "accounts", filepath.Base(file)), withoutProtection(content, ""), 0o600))
	}
	return copies
}

var (
	protectionLine  = regexp.MustCompile(`(?m)^protection: .*\n`)
	acknowledgeLine = regexp.MustCompile(`(?m)^acknowledge: \[(.*)\]$`)
)

// withoutProtection is a file with protection off, and with a line that acknowledges it beside what the file acknowledges already.
func withoutProtection(content []byte, acknowledged string) []byte {
	text := protectionLine.ReplaceAllString(string(content), "")
	switch {
	case acknowledged == "":
	case !acknowledgeLine.MatchString(text):
		text += "\n" + acknowledged
	case !strings.Contains(text, "protection-off"):
		text = acknowledgeLine.ReplaceAllString(text, "acknowledge: [protection-off, $1]")
	}
	return []byte(text + "\nprotection: \"off\"\n")
}

func run(t *testing.T, dir string, env []string, program string, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, args...)
	command.Dir, command.Env = dir, env
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(program), strings.Join(args, " "), err, output)
	}
}

// runAndKill runs Terraform and kills it and its providers, without a chance to save anything, when the context ends.
func runAndKill(ctx context.Context, w terraform.Workspace, args ...string) error {
	command := exec.CommandContext(ctx, "terraform", args...)
	command.Dir, command.Env = w.Dir, w.Env
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	return command.Run()
}

// adoptBootstrap runs the helper where the deployment's stacks are.
func adoptBootstrap(t *testing.T, d *deployment) {
	t.Helper()
	home := filepath.Join(d.bootstrap.Dir, "../../..")
	env := append(slices.Clone(d.bootstrap.Env), "TITAN_ENVIRONMENTS_DIR="+environmentFiles(t))
	run(t, home, env, filepath.Join(built(t), "titan"), "adopt", filepath.Base(d.bootstrap.Dir))
}
