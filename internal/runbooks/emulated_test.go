//go:build e2e

package runbooks

import (
	"context"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
)

// TestBlocksOfRunbooksRunOnTheEmulator runs blocks as they stand on the page, with what a reader fills in, by the AWS
// CLI of this machine.
func TestBlocksOfRunbooksRunOnTheEmulator(t *testing.T) {
	if _, err := exec.LookPath("aws"); err != nil {
		t.Skip("there is no AWS CLI on this machine")
	}
	running, err := emulator.Start(context.Background(), filepath.Join(root, ".titan"), account)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Stop)
	for _, page := range pages(t) {
		for _, block := range page.Blocks {
			isRun := slices.ContainsFunc(slices.Collect(maps.Values(onTheEmulator)), func(c emulated) bool {
				return page.Path == "runbooks/"+c.page && strings.Contains(block.Text, c.command)
			})
			if isRun != strings.Contains(block.Mark, t.Name()) {
				t.Errorf("docs/%s:%d says %q, and is run here: %v", page.Path, block.Line, block.Mark, isRun)
			}
		}
	}
	for name, c := range onTheEmulator {
		t.Run(name, func(t *testing.T) {
			block := strings.NewReplacer(c.fill...).Replace(blockWith(t, "runbooks/"+c.page, c.command))
			script := lines(c.before, "echo looked at:", block)
			if c.after != "" {
				script = lines(c.before, block, "echo looked at:", c.after)
			}
			shell := exec.CommandContext(t.Context(), "sh", "-euc", script)
			shell.Dir = t.TempDir()
			shell.Env = append(emulator.Isolated(running.URL()), "AWS_DEFAULT_REGION=eu-west-1")
			out, err := shell.CombinedOutput()
			_, after, _ := strings.Cut(string(out), "looked at:")
			if err != nil || !strings.Contains(after, c.want) {
				t.Errorf("%s\n%s\n%v, want %q at its end", script, out, err, c.want)
			}
		})
	}
}
