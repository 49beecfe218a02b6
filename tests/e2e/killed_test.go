//go:build e2e && guarded

package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// workplace is a clone's working folder, whose titan deploys to an emulator.
type workplace struct {
	*testing.T
	emulator    *emulator.Emulator
	environment environments.Environment
	dir         string
	env         []string
}

// place is where a command is killed: while a call waits for its answer, or a while after its start.
type place struct {
	name            string
	command         []string
	service, action string // the call
	after           time.Duration
	signal          syscall.Signal
	reaches         reach
	locks           bool // whether that leaves a lock behind
}

// reach is which of the command's processes a signal is sent to.
type reach int

const (
	itself   reach = iota // titan alone
	terminal              // titan's process group, which is what a terminal sends Ctrl-C to
	machine               // all that the command has started, in whatever group
)

// TestADeploymentThatIsKilledIsGoneOnWith has `titan deploy dev` and `titan destroy dev` killed at six places. Each time
// the same command goes on, after what it asks for itself. The destruction names what somebody made by hand.
func TestADeploymentThatIsKilledIsGoneOnWith(t *testing.T) {
	w := newWorkplace(t, "dev")
	deploy := []string{"deploy", w.environment.Name, "--yes"}
	destroy := []string{"destroy", w.environment.Name, "--yes", "--allow", "data-loss=" + w.environment.Name}
	for _, stack := range order.Of(w.environment) {
		if stack.Shared() || stack.Kind == order.Zone {
			w.must("deploy", stack.Name, "--yes")
		}
	}
	for _, p := range []place{
		{name: "Ctrl-C while it synthesizes", command: deploy, after: time.Second, signal: syscall.SIGINT, reaches: terminal},
		{name: "the machine fails while it plans", command: deploy, service: "ec2", action: "DescribeManagedPrefixLists",
			signal: syscall.SIGKILL, reaches: machine, locks: true},
		{name: "Ctrl-C in the middle of an apply", command: deploy, service: "ec2", action: "CreateInternetGateway",
			signal: syscall.SIGINT, reaches: terminal},
		{name: "titan alone is killed in the middle of an apply", command: deploy, service: "rds", action: "CreateDBCluster",
			signal: syscall.SIGKILL},
		{name: "its terminal is closed while the edge is made", command: deploy, service: "wafv2", action: "CreateWebACL",
			signal: syscall.SIGHUP},
		{name: "Ctrl-C in the middle of the destruction", command: destroy, service: "rds", action: "DeleteDBCluster",
			signal: syscall.SIGINT, reaches: terminal},
	} {
		w.on(t, func(w *workplace) { w.kill(p) }, p.name)
		if p.command[0] == "destroy" {
			break
		}
		if p.service == "wafv2" { // the last of the deployment: it has to come to its end before it is destroyed
			w.must(deploy...)
			if screen := w.must("plan", w.environment.Name); !strings.Contains(screen, "nothing") {
				t.Errorf("a plan after the deployment would change something:\n%s", screen)
			}
		}
	}
	left := w.forget()
	w.areNamed(left, w.must(destroy...))
	for _, stack := range order.Of(w.environment) {
		if !stack.Shared() && stack.Kind != order.Zone {
			w.isEmpty(stack.Name)
		}
	}
}

func newWorkplace(t *testing.T, name string) *workplace {
	t.Helper()
	all, err := environments.Load(environmentFiles(t), name)
	must(t, err)
	running := start(t, all[0].Account.ID)
	w := &workplace{T: t, emulator: running, environment: all[0], dir: t.TempDir()}
	run(t, root, os.Environ(), "git", "worktree", "add", "--detach", filepath.Join(w.dir, "titan"))
	w.dir = filepath.Join(w.dir, "titan")
	t.Cleanup(func() {
		remove := exec.CommandContext(context.Background(), "git", "worktree", "remove", "--force", w.dir) // the test's context has ended
		remove.Dir = root
		must(t, remove.Run())
	})
	w.env = terraform.EnvironmentOver(emulator.Isolated(running.URL()), mirrored(t))
	return w
}

func (w *workplace) on(t *testing.T, do func(*workplace), name string) {
	t.Helper()
	if !t.Run(name, func(t *testing.T) {
		mine := *w
		mine.T = t
		do(&mine)
	}) {
		t.FailNow()
	}
}

// titan is a command of titan's, in a process group of its own.
func (w *workplace) titan(args ...string) *exec.Cmd {
	command := exec.CommandContext(w.Context(), filepath.Join(built(w.T), "titan"), args...)
	command.Dir, command.Env = w.dir, w.env
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return command
}

// must runs a command to its end, and returns its screen.
func (w *workplace) must(args ...string) string {
	w.Helper()
	screen, err := w.titan(args...).CombinedOutput()
	w.Logf("titan %s\n%s", strings.Join(args, " "), screen)
	if err != nil {
		w.Fatalf("titan %s: %v", strings.Join(args, " "), err)
	}
	return string(screen)
}

// kill runs a command, kills it at a place, and runs it again until it gets past that place.
func (w *workplace) kill(p place) {
	w.Helper()
	if p.service != "" {
		w.emulator.Break(emulator.Fault{Service: p.service, Action: p.action, Delay: 15 * time.Second})
	}
	var screen bytes.Buffer
	command := w.titan(p.command...)
	command.Stdout, command.Stderr = &screen, &screen
	must(w.T, command.Start())
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	w.wait(p, ended, &screen)
	w.signal(p, command.Process.Pid)
	err := <-ended
	w.Logf("titan %s, %s: %v\n%s", strings.Join(p.command, " "), p.name, err, screen.String())
	var left *exec.ExitError
	if !errors.As(err, &left) {
		w.Fatalf("it ended with %v", err)
	}
	w.Logf("killed: exit code %d", left.ExitCode())
	w.quiet()
	if p.locks {
		w.unlocks(p)
	}
}

// wait waits until a command is at the place.
func (w *workplace) wait(p place, ended <-chan error, screen fmt.Stringer) {
	w.Helper()
	if p.service == "" {
		time.Sleep(p.after)
		return
	}
	deadline := time.After(10 * time.Minute)
	for !w.emulator.Pending(p.service, p.action) {
		select {
		case err := <-ended:
			w.Fatalf("it ended before %s: %v\n%s", p.action, err, screen)
		case <-deadline:
			w.Fatalf("no %s in ten minutes", p.action)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (w *workplace) signal(p place, pid int) {
	w.Helper()
	switch p.reaches {
	case itself:
		must(w.T, syscall.Kill(pid, p.signal))
	case terminal:
		must(w.T, syscall.Kill(-pid, p.signal))
	case machine:
		for _, child := range descendants(w.T, pid) {
			_ = syscall.Kill(child, p.signal) // it may have ended
		}
	}
}

// descendants are a process and all that it has started, in whatever group.
func descendants(t *testing.T, pid int) []int {
	t.Helper()
	listed, err := exec.CommandContext(t.Context(), "ps", "-e", "-o", "pid=,ppid=").Output()
	must(t, err)
	children := map[int][]int{}
	for line := range strings.Lines(string(listed)) {
		var child, parent int
		if _, err := fmt.Sscan(line, &child, &parent); err == nil {
			children[parent] = append(children[parent], child)
		}
	}
	all := []int{pid}
	for i := 0; i < len(all); i++ {
		all = append(all, children[all[i]]...)
	}
	return all
}

// quiet waits until nothing that the command started calls AWS any more: Terraform outlives titan, and saves its state.
func (w *workplace) quiet() {
	w.Helper()
	for calls := -1; calls != len(w.emulator.Calls()); time.Sleep(20 * time.Second) {
		calls = len(w.emulator.Calls())
	}
}

// unlockCommand is the line that says how a lock is taken away.
var unlockCommand = regexp.MustCompile(`(?m)^ *(cd \S+ && terraform force-unlock \S+)$`)

// unlocks runs the command again, which finds the lock and says how it is taken away, and does that.
func (w *workplace) unlocks(p place) {
	w.Helper()
	screen, err := w.titan(p.command...).CombinedOutput()
	w.Logf("titan %s\n%s", strings.Join(p.command, " "), screen)
	said := unlockCommand.FindStringSubmatch(string(screen))
	if err == nil || said == nil {
		w.Fatalf("the lock was not found: %v", err)
	}
	command := exec.CommandContext(w.Context(), "sh", "-c", said[1])
	command.Dir, command.Env, command.Stdin = w.dir, w.env, strings.NewReader("yes\n")
	output, err := command.CombinedOutput()
	w.Logf("%s\n%s", said[1], output)
	must(w.T, err)
}

// isEmpty fails where a stack's state holds anything.
func (w *workplace) isEmpty(stack string) {
	w.Helper()
	workspace := terraform.Workspace{Dir: filepath.Join(w.dir, "cdktf.out", "stacks", stack), Env: w.env}
	left, err := workspace.State(w.Context())
	must(w.T, err)
	if len(left) > 0 {
		w.Errorf("still in the state of %s: %v", stack, left)
	}
}
