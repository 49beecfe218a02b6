package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/internal/runner"
)

// screen is a terminal that nobody sits at, and what is written to it.
func screen() (t *terminal, out, err *bytes.Buffer) {
	out, err = &bytes.Buffer{}, &bytes.Buffer{}
	return &terminal{in: bufio.NewReader(strings.NewReader("")), out: out, err: err}, out, err
}

func TestWrongUsage(t *testing.T) {
	for line, want := range map[string]string{
		"": `titan takes a command; there are adopt, audit, completion, cost, crds, demo, deploy, describe, destroy, docs, emulator, failover, init, kubeconfig, leftovers, list, lock, moves, plan, preflight, release, review, scan, schema, setup, upgrade, workflows

usage: titan COMMAND
help:  titan --help
`,
		"dploy dev": `no command "dploy"; did you mean "deploy"? there are adopt, audit, completion, cost, crds, demo, deploy, describe, destroy, docs, emulator, failover, init, kubeconfig, leftovers, list, lock, moves, plan, preflight, release, review, scan, schema, setup, upgrade, workflows

usage: titan COMMAND
help:  titan --help
`,
		"demo sideways": `no command "sideways"; there are break, down, platform, up

usage: titan demo COMMAND
help:  titan demo --help
`,
		"emulator": `titan emulator takes a command; there are env, start, status, stop

usage: titan emulator COMMAND
help:  titan emulator --help
`,
		"deploy": `it takes one TARGET, an environment or a stack

usage: titan deploy TARGET [flags]
help:  titan deploy --help
`,
		"destroy dev prod": `it takes one TARGET, an environment or a stack, and not "dev" "prod"

usage: titan destroy TARGET [flags]
help:  titan destroy --help
`,
		"plan dev --yes": `unknown flag: --yes

usage: titan plan TARGET [flags]
help:  titan plan --help
`,
		"plan dev --onyl dev": `unknown flag: --onyl; did you mean --only?

usage: titan plan TARGET [flags]
help:  titan plan --help
`,
		"help dploy": `no command "dploy"; did you mean "deploy"? there are adopt, audit, completion, cost, crds, demo, deploy, describe, destroy, docs, emulator, failover, init, kubeconfig, leftovers, list, lock, moves, plan, preflight, release, review, scan, schema, setup, upgrade, workflows

usage: titan help [COMMAND] [flags]
help:  titan help --help
`,
		"emulator start dev prod": `it takes one ENV or none, and not "dev" "prod"

usage: titan emulator start [ENV] [flags]
help:  titan emulator start --help
`,
		"adopt prod": `"prod" is no bootstrap stack: they are called bootstrap.<account>.<region>, and the others' state is in a bucket

usage: titan adopt STACK [flags]
help:  titan adopt --help
`,
		"failover": `it takes one ENVIRONMENT of a pair

usage: titan failover ENVIRONMENT [flags]
help:  titan failover --help
`,
		"failover prod": `standard input is no terminal, so nobody can be asked; see the steps with --dry-run, or pass --yes

usage: titan failover ENVIRONMENT [flags]
help:  titan failover --help
`,
		"review": `it takes a TARGET, whose plans were kept by plan --out, or --plan FILE

usage: titan review [TARGET] [flags]
help:  titan review --help
`,
		"review prod --plan x.json": `--plan reads files; leave "prod" out, or the files

usage: titan review [TARGET] [flags]
help:  titan review --help
`,
		"review prod --allow everything": `--allow: "everything" is no VERDICT=ADDRESS, such as data-loss=aws_s3_bucket.logs; verdicts are data-loss, exposure, outage, money

usage: titan review [TARGET] [flags]
help:  titan review --help
`,
		"preflight": `it takes one ENVIRONMENT

usage: titan preflight ENVIRONMENT [flags]
help:  titan preflight --help
`,
		"schema environments": `it takes no argument, and "environments" is one too many

usage: titan schema [flags]
help:  titan schema --help
`,
	} {
		t.Run(line, func(t *testing.T) {
			terminal, out, err := screen()
			if code := run(t.Context(), terminal, strings.Fields(line)); code != exitUsage {
				t.Errorf("exit code %d, want %d", code, exitUsage)
			}
			expect(t, "standard error", err.String(), want)
			expect(t, "standard output", out.String(), "")
		})
	}
}

// TestCommandLinesBecomeOptions parses and does not run.
func TestCommandLinesBecomeOptions(t *testing.T) {
	terminal, _, _ := screen()
	execute := func(command *cobra.Command, args ...string) {
		t.Helper()
		command.SetArgs(args)
		if err := command.ExecuteContext(t.Context()); err != nil {
			t.Error(err)
		}
	}
	var run runOptions
	keep := func(_ context.Context, o runOptions) error { run = o; return nil }
	execute(newRunCommand(terminal, destroyTexts, keep),
		"prod", "--only", "prod.global,prod.platform", "--only", "prod", "--yes", "--json",
		"--allow", "data-loss=prod")
	if run.verb != runner.Destroy || run.target != "prod" || !run.yes || !run.json {
		t.Errorf("got %+v", run)
	}
	if diff := cmp.Diff([]string{"prod.global", "prod.platform", "prod"}, run.only); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]review.Allowance{{Verdict: review.DataLoss, Address: "prod"}}, run.allow); diff != "" {
		t.Error(diff)
	}
	var scan scanOptions
	keepScan := func(_ context.Context, o scanOptions) error { scan = o; return nil }
	execute(newScanCommand(terminal, keepScan), "dev,prod", "local")
	if diff := cmp.Diff([]string{"dev,prod", "local"}, scan.environments); diff != "" {
		t.Error(diff)
	}
	var over failoverOptions
	keepFailover := func(_ context.Context, o failoverOptions) error { over = o; return nil }
	execute(newFailoverCommand(terminal, keepFailover), "prod-dr", "--back", "--lost", "eu-west-1,us-east-1", "--dry-run",
		"--recovery-point", "arn:x", "--platform-from-here", "--yes")
	if over.Environment != "prod-dr" || !over.Back || !over.DryRun || over.RecoveryPoint != "arn:x" ||
		!over.PlatformFromHere || !over.yes {
		t.Errorf("got %+v", over)
	}
	if diff := cmp.Diff([]string{"eu-west-1", "us-east-1"}, over.lost); diff != "" {
		t.Error(diff)
	}
	var asked preflightOptions
	keepPreflight := func(_ context.Context, o preflightOptions) error { asked = o; return nil }
	execute(newPreflightCommand(terminal, keepPreflight), "prod")
	if asked.environment != "prod" {
		t.Errorf("got %q", asked.environment)
	}
	var judged reviewOptions
	keepReview := func(_ context.Context, o reviewOptions) error { judged = o; return nil }
	execute(newReviewCommand(terminal, keepReview), "--plan", "a.json,b.json", "--plan", "c.json", "--markdown",
		"--allow", `data-loss=aws_s3_bucket.x["a,b"]`)
	if diff := cmp.Diff([]string{"a.json", "b.json", "c.json"}, judged.files); diff != "" || !judged.markdown {
		t.Error(diff)
	}
	if diff := cmp.Diff([]review.Allowance{{Verdict: review.DataLoss, Address: `aws_s3_bucket.x["a,b"]`}}, judged.allow); diff != "" {
		t.Error(diff)
	}
	var renamed movesOptions
	keepMoves := func(_ context.Context, o movesOptions) error { renamed = o; return nil }
	execute(newMovesCommand(terminal, keepMoves), "--golden", "tests/golden")
	if renamed.golden != "tests/golden" {
		t.Errorf("got %q", renamed.golden)
	}
	var adopt adoptOptions
	keepAdopt := func(_ context.Context, o adoptOptions) error { adopt = o; return nil }
	execute(newAdoptCommand(terminal, keepAdopt), "bootstrap.1.eu-west-1")
	if adopt.stack != "bootstrap.1.eu-west-1" {
		t.Errorf("got %q", adopt.stack)
	}
}

// TestHelp fails where the help of any command lacks a description, an example or the exit codes.
func TestHelp(t *testing.T) {
	terminal, _, _ := screen()
	var commands [][]string
	var walk func(*cobra.Command)
	walk = func(command *cobra.Command) {
		commands = append(commands, strings.Fields(command.CommandPath())[1:])
		for _, sub := range command.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(terminal))
	if len(commands) < 20 {
		t.Errorf("only %d commands are found: %v", len(commands), commands)
	}
	for _, command := range commands {
		for _, line := range [][]string{append(slices.Clone(command), "--help"), append([]string{"help"}, command...)} {
			terminal, out, _ := screen()
			if code := run(t.Context(), terminal, line); code != exitDone {
				t.Errorf("%v: exit code %d", line, code)
			}
			example := "Examples:\n  (.*\n  )*.*titan " + strings.Join(command, " ")
			for _, want := range []string{"Usage:", example, `^[A-Z].{20}`, "Exit codes:\n  0    .*\n  1    .*\n  2    "} {
				if !regexp.MustCompile(want).MatchString(out.String()) {
					t.Errorf("what titan %s prints lacks %q:\n%s", strings.Join(line, " "), want, out.String())
				}
			}
			if strings.Count(out.String(), "Exit codes:") != 1 {
				t.Errorf("titan %s prints the exit codes more than once", strings.Join(line, " "))
			}
		}
	}
}

func TestFailuresAndCancelsHaveTheirCodes(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		ctx  context.Context
		err  error
		want int
	}{
		{t.Context(), nil, exitDone},
		{t.Context(), errors.New("denied"), exitFailed},
		{t.Context(), errors.Join(errors.New("denied"), runner.ErrDeclined), exitCancelled},
		{cancelled, errors.New("denied"), exitCancelled},
		{cancelled, wrongUsage("no"), exitUsage},
	} {
		terminal, _, _ := screen()
		if got := exitCode(c.ctx, c.err, terminal, newRoot(terminal)); got != c.want {
			t.Errorf("%v: exit code %d, want %d", c.err, got, c.want)
		}
	}
}

const mainVariable = "TITAN_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(mainVariable) != "" {
		main()
	}
	// The files of environments/ are their user's: the tests know those of the fixtures by name.
	if fixtures, err := filepath.Abs("../../tests/fixtures/platform"); err == nil && os.Getenv(environmentsVariable) == "" {
		_ = os.Setenv(environmentsVariable, fixtures) // which only an invalid name keeps from
	}
	os.Exit(m.Run())
}

// environmentsVariable names the folder of the environments' files.
const environmentsVariable = "TITAN_ENVIRONMENTS_DIR"

// TestAReaderThatIsGoneEndsNobody has titan write to a pipe that is closed, as after Ctrl-C in `titan deploy prod |
// tee log`.
func TestAReaderThatIsGoneEndsNobody(t *testing.T) {
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = read.Close() // that is the point
	command := exec.Command(os.Args[0], "--help")
	command.Env = append(os.Environ(), mainVariable+"=1")
	command.Stdout = write
	if err := command.Run(); err != nil {
		t.Errorf("ended by %v", err)
	}
}
