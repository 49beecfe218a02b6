//go:build e2e && demo

package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
)

// shownCommand is a line of the demo's end: what for, and the command.
var shownCommand = regexp.MustCompile(`(?m)^(\S.*?) {2,}((?:go tool titan|npx|eval|make) .*)$`)

// TestTheDemoIsAsItSays deploys the demo and runs each command that it shows at its end, in one shell and in their order,
// as a person would. In between it breaks what it deployed twice: titan mends it once, and the cdktf CLI the second time.
func TestTheDemoIsAsItSays(t *testing.T) {
	running, err := emulator.Find(filepath.Join(root, ".titan"))
	must(t, err)
	if running != nil {
		t.Fatalf("an emulator runs at %s, and the demo would be on it: stop it first", running.URL)
	}
	t.Cleanup(func() { // the test's context has ended
		stop := exec.CommandContext(context.Background(), filepath.Join(built(t), "titan"), "emulator", "stop")
		stop.Dir = root
		must(t, stop.Run())
	})
	screen := shell(t, filepath.Join(built(t), "titan")+" demo up")
	for _, want := range []string{
		" network: 33 of 33\n", "each stack planned again: no changes", "backup_retention_period: 7 → 1", "refused: 2 findings",
	} {
		if !strings.Contains(screen, want) {
			t.Errorf("the screen lacks %q", want)
		}
	}
	commands := map[string]string{}
	script := "set -e\n"
	for _, shown := range shownCommand.FindAllStringSubmatch(screen, -1) {
		commands[shown[1]] = shown[2]
		if shown[1] != "take it away" {
			script += say(shown[1]) + strings.Replace(shown[2], "titan deploy local", "titan deploy local --yes", 1) + "\n"
		}
		if shown[1] == "mend it" {
			script += say("mended") + commands["see what is broken"] + "\n" +
				say("broken again") + commands["break it"] + "\n" +
				say("by cdktf") + "npx cdktf deploy local --auto-approve\n" +
				say("mended again") + commands["see what is broken"] + "\n"
		}
	}
	if len(commands) < 8 {
		t.Fatalf("only %d commands are shown: %v", len(commands), commands)
	}
	said := sections(shell(t, script))
	const block, nothing = "aws_s3_bucket_public_access_block.backup_backups_public-access", "  local         nothing to do\n"
	for _, c := range []struct{ section, want string }{
		{"what it is", "resources by module"},
		{"break it", block},
		{"see what is broken", block},
		{"see what is broken", "1 to add, 0 to change, 0 to destroy"},
		{"mend it", "backup: 1 of 1"},
		{"mended", nothing},
		{"broken again", block},
		{"by cdktf", "1 added, 0 changed, 0 destroyed"},
		{"mended again", nothing},
		{"the same by the cdktf CLI", "No changes"},
	} {
		if !strings.Contains(said[c.section], c.want) {
			t.Errorf("%s: it does not say %q:\n%s", c.section, c.want, said[c.section])
		}
	}
	if down := shell(t, commands["take it away"]); !strings.Contains(down, "nothing is left in any state") {
		t.Errorf("it is not taken away:\n%s", down)
	}
}

// section begins what is said from there on.
const section = "=== "

func say(name string) string { return "echo '" + section + name + "'\n" }

// sections are what a script said after each say.
func sections(screen string) map[string]string {
	all := map[string]string{}
	for _, part := range strings.Split("\n"+screen, "\n"+section)[1:] {
		name, text, _ := strings.Cut(part, "\n")
		all[name] = text
	}
	return all
}

// shell runs a script at the repository's root, where no terminal is.
func shell(t *testing.T, script string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "bash", "-c", script)
	command.Dir, command.Env = root, os.Environ()
	screen, err := command.CombinedOutput()
	t.Logf("%s\n%s", script, screen)
	must(t, err)
	return string(screen)
}
