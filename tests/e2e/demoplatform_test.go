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

	"github.com/titan-platform/titan/internal/platformdemo"
)

// triedCommand is a line at the end of the platform's demo: what for, and the command.
var triedCommand = regexp.MustCompile(`(?m)^(\S.*?) {2,}((?:\.|kubectl|helm|make) .*)$`)

// TestThePlatformDemoIsAsItSays shows production's platform and runs each command that it shows at its end, in one
// shell and in their order. Charts that can't be fetched are left out, and said to be.
func TestThePlatformDemoIsAsItSays(t *testing.T) {
	dir := filepath.Join(root, ".titan", "platform")
	running, err := platformdemo.Find(dir)
	must(t, err)
	if running != nil {
		t.Fatalf("a platform is shown already, by process %d: stop it first", running.PID)
	}
	titan := filepath.Join(built(t), "titan")
	t.Cleanup(func() { // the test's context has ended
		down := exec.CommandContext(context.Background(), titan, "demo", "platform", "down")
		down.Dir = root
		must(t, down.Run())
	})
	up := titan + " demo platform up"
	if charts := os.Getenv("CHARTS"); charts != "" {
		up += " --charts " + charts
	}
	screen := shell(t, up)
	for _, want := range []string{
		"6 simulated nodes ready", "birthday-app installed in birthday\n", "\nbirthday-app ",
		"1 on spot-a-1, 1 on spot-b-1, 1 on spot-c-1\n", "PodDisruptionBudget ", "birthday/birthday-app:http",
	} {
		if !strings.Contains(screen, want) {
			t.Errorf("the screen lacks %q", want)
		}
	}
	if left := strings.Count(screen, "\n  helm pull "); left > 0 && !strings.Contains(screen, "stand-ins: ") {
		t.Errorf("%d charts are left out, and no stand-in is named", left)
	}
	commands := map[string]string{}
	script := ""
	for _, shown := range triedCommand.FindAllStringSubmatch(screen, -1) {
		commands[shown[1]] = shown[2]
		if shown[1] != "take it away" {
			script += say(shown[1]) + shown[2] + "\n"
		}
	}
	if len(commands) < 7 {
		t.Fatalf("only %d commands are shown: %v", len(commands), commands)
	}
	script += say("ready again") + "kubectl rollout status deployment birthday-app --namespace birthday --timeout 60s\n" +
		say("a second one") + up + "; echo \"exit code $?\"\n"
	said := sections(shell(t, script))
	for _, c := range []struct{ section, want string }{
		{"what runs where", "spot-a-1"},
		{"the values of a release, evaluated", "minReplicas: 3"},
		{"Pod Security refuses a privileged pod", `violates PodSecurity "restricted:v1.35"`},
		{"drain every node, against the budgets", "would violate the pod's disruption budget"},
		{"take the nodes back", "uncordoned"},
		{"ready again", "successfully rolled out"},
		{"a second one", `a platform is shown already: that of "prod"`},
		{"a second one", "exit code 1"},
	} {
		if !strings.Contains(said[c.section], c.want) {
			t.Errorf("%s: it does not say %q:\n%s", c.section, c.want, said[c.section])
		}
	}
	down := shell(t, commands["take it away"])
	if !strings.Contains(down, "the control plane is stopped, and its files are gone") {
		t.Errorf("it is not taken away:\n%s", down)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 2 { // the lock, and the charts that were fetched
		t.Errorf("left: %v", left)
	}
}
