package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// outDir is where stacks are synthesized to, as the cdktf CLI has it.
const outDir = "cdktf.out"

// stackDir is a stack's folder in what was synthesized to out.
func stackDir(out, stack string) string { return filepath.Join(out, "stacks", stack) }

// readStack reads what was synthesized of a stack to out.
func readStack(out, stack string) ([]byte, error) {
	return os.ReadFile(filepath.Join(stackDir(out, stack), "cdk.tf.json"))
}

// readSynthesized reads what the last synthesis has written of a stack.
func readSynthesized(stack string) ([]byte, error) { return readStack(outDir, stack) }

// loadEnvironments loads the environments that a command line can name.
func loadEnvironments() ([]environments.Environment, error) {
	return environments.Load(environments.Dir(), "")
}

// defaultRunOptions are late: nothing is loaded or looked for before a command runs.
func defaultRunOptions(t *terminal) runOptions {
	return runOptions{
		terminal:     t,
		now:          time.Now,
		tick:         tick,
		endpoint:     os.Getenv(endpointVariable),
		settings:     checkSettings,
		environments: loadEnvironments,
		synthesize:   synthesize,
		terraform:    terraformFolders,
		logs:         keepLogs,
		hooks:        installHooks,
		placeholders: environments.Environment.Placeholders,
		states:       openStates,
		account:      openAccount,
		synthesized:  readSynthesized,
	}
}

func tick(every time.Duration) <-chan time.Time { return time.Tick(every) }

// terraformFolders are the folders of the stacks that were synthesized to out, with Terraform.
func terraformFolders(out string) (func(order.Stack) runner.Terraform, error) {
	env, platform, err := terraformEnvironments()
	if err != nil {
		return nil, err
	}
	return func(stack order.Stack) runner.Terraform {
		w := terraform.Workspace{Dir: stackDir(out, stack.Name), Env: env}
		if stack.Kind == order.Platform {
			w.Env = platform
		}
		return runner.Workspace(w)
	}, nil
}

// terraformEnvironments are Terraform's in most stacks, and in platform stacks, which need more providers: a plugin
// folder that has AWS's alone is one for the former.
func terraformEnvironments() (env, platform []string, err error) {
	if env, err = terraform.Environment(); err != nil {
		return nil, nil, err
	}
	platform, err = terraform.EnvironmentWith([]string{"aws", "helm", "kubernetes"})
	return env, platform, err
}

// synthesize writes the stacks of environments to a folder.
func synthesize(ctx context.Context, out string, names []string) error {
	return synthesizeIn(ctx, os.Environ(), out, names)
}

// synthesizeIn is synthesize in another environment than this process's.
func synthesizeIn(ctx context.Context, env []string, out string, names []string) error {
	command := exec.CommandContext(ctx, "go", "run", ".")
	command.Env = append(slices.Clone(env), "CDKTF_OUTDIR="+out, "TITAN_ENVIRONMENTS="+strings.Join(names, ","))
	terraform.InterruptibleGroup(command) // `go run` leaves an interrupt to its program
	if output, err := command.CombinedOutput(); ctx.Err() != nil {
		return fmt.Errorf("synthesizing: %w", ctx.Err())
	} else if err != nil {
		return fmt.Errorf("synthesizing: %w\n%s", err, output)
	}
	return nil
}
