package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/scan"
	"github.com/titan-platform/titan/internal/terraform"
)

// runScan plans the stacks of environments on emulators and has a policy scanner judge the plans. A finding that is not suppressed, and a
// suppression that suppresses nothing, are failures.
func runScan(ctx context.Context, args []string) error {
	chosen, err := environments.Load("environments", strings.Join(args, ","))
	if err != nil {
		return err
	}
	suppressions, err := scan.Suppressions()
	if err != nil {
		return err
	}
	out, err := os.MkdirTemp("", "titan-scan-")
	if err != nil {
		return fmt.Errorf("scanning: %w", err)
	}
	defer func() { _ = os.RemoveAll(out) }() // temporary
	out = filepath.Join(out, "cdktf.out")
	if err := synthesize(ctx, out, chosen); err != nil {
		return err
	}
	var findings []scan.Finding
	for _, environment := range chosen {
		found, err := scanEnvironment(ctx, out, environment)
		if err != nil {
			return fmt.Errorf("scanning %s: %w", environment.Name, err)
		}
		findings = append(findings, found...)
	}
	standing, suppressed, idle := scan.Judge(findings, suppressions)
	for _, f := range standing {
		fmt.Printf("%s: %s %s: %s\n", f.Environment, f.Check, f.Resource, f.Name)
	}
	if len(args) > 0 {
		idle = nil // a suppression may be for an environment that was not looked at
	}
	for _, s := range idle {
		fmt.Printf("suppression of %s for %s matches nothing; remove it\n", s.Check, s.Resource)
	}
	fmt.Printf("%d findings stand, %d are suppressed by %d suppressions\n", len(standing), len(suppressed), len(suppressions))
	if len(standing)+len(idle) > 0 {
		return fmt.Errorf("the scan failed: mend the findings, or suppress them with a reason in internal/scan/suppressions.yaml")
	}
	return nil
}

// scanEnvironment scans both stacks of an environment.
func scanEnvironment(ctx context.Context, out string, environment environments.Environment) ([]scan.Finding, error) {
	running, err := emulator.Start(ctx, workDir, environment.Account.ID)
	if err != nil {
		return nil, err
	}
	defer running.Stop()
	env, err := terraform.Environment(emulator.Environment(running.URL())...)
	if err != nil {
		return nil, err
	}
	if err := makeLookedUp(ctx, running.URL(), environment); err != nil {
		return nil, err
	}
	var findings []scan.Finding
	for _, stack := range []string{environment.Name + "-bootstrap", environment.Name} {
		plan, err := scan.Plan(ctx, terraform.Workspace{Dir: filepath.Join(out, "stacks", stack), Env: env})
		if err != nil {
			return nil, err
		}
		result, err := scan.Scan(ctx, workDir, environment.Name, plan)
		if err != nil {
			return nil, err
		}
		fmt.Printf("%-20s %4d checks passed, %d failed\n", stack, result.Passed, len(result.Findings))
		findings = append(findings, result.Findings...)
	}
	return findings, nil
}

// synthesize writes the stacks of environments to a folder.
func synthesize(ctx context.Context, out string, chosen []environments.Environment) error {
	var names []string
	for _, environment := range chosen {
		names = append(names, environment.Name)
	}
	command := exec.CommandContext(ctx, "go", "run", ".")
	command.Env = append(os.Environ(), "CDKTF_OUTDIR="+out, "TITAN_ENVIRONMENTS="+strings.Join(names, ","))
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("synthesizing: %w\n%s", err, output)
	}
	return nil
}
