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
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/scan"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/modules/irsa/proof"
)

// runScan plans the stacks of environments on emulators, and has a policy scanner judge the plans and a linter the IAM policies. A finding that is not suppressed, and a
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
	findings, err := lintWorkloads(ctx)
	if err != nil {
		return err
	}
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
		return fmt.Errorf("the scan failed: mend the findings, or suppress them with a reason in internal/scan/suppressions.yaml or iam-suppressions.yaml")
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
		policies, documents, err := lintStack(ctx, out, environment.Name, stack)
		if err != nil {
			return nil, err
		}
		fmt.Printf("%-20s %4d checks passed, %d failed; %d IAM policies, %d findings\n", stack, result.Passed, len(result.Findings), documents, len(policies))
		findings = append(append(findings, result.Findings...), policies...)
	}
	return findings, nil
}

// lintStack lints the IAM policies of a synthesized stack, and counts them.
func lintStack(ctx context.Context, out, environment, stack string) ([]scan.Finding, int, error) {
	text, err := os.ReadFile(filepath.Join(out, "stacks", stack, "cdk.tf.json"))
	if err != nil {
		return nil, 0, fmt.Errorf("reading a synthesized stack: %w", err)
	}
	documents, err := scan.Documents(text)
	if err != nil {
		return nil, 0, err
	}
	findings, err := scan.LintIAM(ctx, workDir, environment, documents)
	return findings, len(documents), err
}

// lintWorkloads lints the policies of all service accounts, those that no stack has yet among them.
func lintWorkloads(ctx context.Context) ([]scan.Finding, error) {
	var documents []scan.Document
	for _, c := range proof.Cases() {
		if len(c.Workload.Statements) > 0 {
			documents = append(documents, scan.Document{Resource: "workload." + c.Workload.Name, Document: iampolicy.Document(c.Workload.Statements...)})
		}
	}
	findings, err := scan.LintIAM(ctx, workDir, "every environment", documents)
	fmt.Printf("%-20s %d IAM policies, %d findings\n", "service accounts", len(documents), len(findings))
	return findings, err
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
