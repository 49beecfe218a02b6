package setup

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Files of the cdktf CLI's installation, at the repository's root.
const (
	packageFile = "package.json"
	lockFile    = "package-lock.json"
	modules     = "node_modules"
)

// stale is how old the leavings of a killed run have to be before they are removed: another run may be at work.
const stale = 24 * time.Hour

// cli installs the cdktf CLI that package-lock.json names, where it is not there yet.
func cli(ctx context.Context, root string, out io.Writer) error {
	wanted, err := installation(ctx, root)
	if err != nil {
		return err
	}
	if inStep(root, wanted) {
		return nil
	}
	_, _ = fmt.Fprintln(out, "installing the cdktf CLI")
	work := filepath.Join(root, ".titan")
	if err := os.MkdirAll(filepath.Join(work, "stamps"), 0o755); err != nil {
		return fmt.Errorf("making .titan: %w", err)
	}
	removeStale(work)
	// Installed aside and moved into place whole: a run that is killed leaves the installation as it was.
	stage, err := os.MkdirTemp(work, "npm.")
	if err != nil {
		return fmt.Errorf("making a folder for npm: %w", err)
	}
	defer func() { _ = os.RemoveAll(stage) }()
	for _, name := range []string{packageFile, lockFile} {
		if err := copyFile(filepath.Join(root, name), filepath.Join(stage, name)); err != nil {
			return err
		}
	}
	if err := command(ctx, stage, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"); err != nil {
		return fmt.Errorf("%w\nthe npm registry has to be reachable", err)
	}
	if inStep(root, wanted) {
		return nil // another run was faster
	}
	return moveIn(root, stage, wanted)
}

// moveIn puts a finished installation in the place of the old one.
func moveIn(root, stage, wanted string) error {
	stamp := stampOf(root)
	if err := os.RemoveAll(stamp); err != nil {
		return fmt.Errorf("removing %q: %w", stamp, err)
	}
	installed := filepath.Join(root, modules)
	if _, err := os.Lstat(installed); err == nil {
		if err := os.Rename(installed, filepath.Join(stage, "old")); err != nil {
			return fmt.Errorf("moving the old installation away: %w", err)
		}
	}
	if err := os.Rename(filepath.Join(stage, modules), installed); err != nil {
		return fmt.Errorf("moving the installation into place: %w", err)
	}
	fresh := filepath.Join(stage, "stamp")
	if err := os.WriteFile(fresh, []byte(wanted), 0o644); err != nil {
		return fmt.Errorf("writing %q: %w", stamp, err)
	}
	return os.Rename(fresh, stamp)
}

// installation says what is to be installed: by both files, and by Node's major version, because node-pty, which the
// CLI runs Terraform in, is native.
func installation(ctx context.Context, root string) (string, error) {
	version, err := exec.CommandContext(ctx, "node", "--version").Output()
	if err != nil {
		return "", fmt.Errorf("asking Node for its version: %w", err)
	}
	major, _, _ := strings.Cut(strings.TrimSpace(string(version)), ".")
	sum := sha256.New()
	for _, name := range []string{packageFile, lockFile} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return "", fmt.Errorf("reading which cdktf CLI is wanted: %w", err)
		}
		_, _ = sum.Write(content) // never fails
	}
	return fmt.Sprintf("%x node %s\n", sum.Sum(nil), major), nil
}

func stampOf(root string) string { return filepath.Join(root, ".titan", "stamps", "npm") }

// inStep is whether the installation is the wanted one.
func inStep(root, wanted string) bool {
	if _, err := os.Stat(filepath.Join(root, modules, ".bin", "cdktf")); err != nil {
		return false
	}
	have, err := os.ReadFile(stampOf(root))
	return err == nil && string(have) == wanted
}

// removeStale removes what kill -9 left.
func removeStale(work string) {
	left, _ := filepath.Glob(filepath.Join(work, "npm.*")) // the pattern is well-formed
	for _, folder := range left {
		if info, err := os.Stat(folder); err == nil && time.Since(info.ModTime()) > stale {
			_ = os.RemoveAll(folder) // as far as it goes: its npm may still be writing
		}
	}
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("copying %q: %w", from, err)
	}
	return os.WriteFile(to, content, 0o644)
}
