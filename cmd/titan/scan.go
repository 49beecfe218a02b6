package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/scan"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/modules/irsa/proof"
	"github.com/titan-platform/titan/stacks/order"
)

// scanOptions are what `titan scan` needs.
type scanOptions struct {
	terminal     *terminal
	load         load
	environments []string // empty is all
}

func newScanCommand(t *terminal, run func(context.Context, scanOptions) error) *cobra.Command {
	if run == nil {
		run = runScan
	}
	return &cobra.Command{
		Use:   "scan [ENV[,ENV]...]",
		Short: "Have a policy scanner judge the plans of environments",
		Long: `Plans the stacks of environments on emulators, and has a policy scanner (checkov) judge the plans and a linter
(parliament) the IAM policies. A finding that is not suppressed, and a suppression that suppresses nothing, are
failures.`,
		Example: `  titan scan
  titan scan dev,prod`,
		ValidArgsFunction: completeEnvironments(loadEnvironments),
		RunE: func(command *cobra.Command, args []string) error {
			return run(command.Context(), scanOptions{terminal: t, load: loadEnvironments, environments: args})
		},
	}
}

func runScan(ctx context.Context, o scanOptions) error {
	all, err := o.load()
	if err != nil {
		return err
	}
	chosen, err := chosen(all, o.environments)
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
	out = filepath.Join(out, outDir)
	c := newCatalog(chosen)
	if err := synthesize(ctx, out, c.sameAccount(c.table)); err != nil {
		return err
	}
	findings, err := o.lintWorkloads(ctx)
	if err != nil {
		return err
	}
	for _, environment := range chosen {
		found, err := o.scanEnvironment(ctx, out, environment, c.table)
		if err != nil {
			return fmt.Errorf("scanning %s: %w", environment.Name, err)
		}
		findings = append(findings, found...)
	}
	return o.report(findings, suppressions)
}

// report prints what stands, and fails where anything does.
func (o scanOptions) report(findings []scan.Finding, suppressions []scan.Suppression) error {
	standing, suppressed, idle := scan.Judge(findings, suppressions)
	for _, f := range standing {
		o.terminal.printf("%s: %s %s: %s\n", cmp.Or(f.Stack, f.Environment), f.Check, f.Resource, f.Name)
	}
	if len(o.environments) > 0 {
		idle = nil // a suppression may be for an environment that was not looked at
	}
	for _, s := range idle {
		o.terminal.printf("suppression of %s for %s matches nothing; remove it\n", s.Check, s.Resource)
	}
	o.terminal.printf("%d findings stand, %d are suppressed by %d suppressions\n",
		len(standing), len(suppressed), len(suppressions))
	if len(standing)+len(idle) > 0 {
		return errors.New("the scan failed: mend the findings, or suppress them with a reason " +
			"in internal/scan/suppressions.yaml or iam-suppressions.yaml")
	}
	return nil
}

// scanEnvironment scans the stacks that are made by an environment's file, on an emulator of its account. Nothing is
// applied: what a stack looks up is made by hand.
func (o scanOptions) scanEnvironment(
	ctx context.Context, out string, environment environments.Environment, table []order.Stack,
) ([]scan.Finding, error) {
	running, err := emulator.Start(ctx, workDir, environment.Account.ID)
	if err != nil {
		return nil, err
	}
	defer running.Stop()
	env, err := onEmulator(ctx, running.URL())
	if err != nil {
		return nil, err
	}
	made := lookups{url: running.URL(), made: map[string]bool{}}
	var findings []scan.Finding
	for _, stack := range table {
		if stack.Environment != environment.Name || stack.Kind == order.Platform {
			continue
		}
		found, err := o.scanStack(ctx, terraform.Workspace{Dir: stackDir(out, stack.Name), Env: env}, stack, made)
		if err != nil {
			return nil, fmt.Errorf("stack %s: %w", stack.Name, err)
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

func (o scanOptions) scanStack(
	ctx context.Context, w terraform.Workspace, stack order.Stack, made lookups,
) ([]scan.Finding, error) {
	synthesized, err := os.ReadFile(filepath.Join(w.Dir, "cdk.tf.json"))
	if err != nil {
		return nil, fmt.Errorf("reading a synthesized stack: %w", err)
	}
	if err := made.make(ctx, synthesized); err != nil {
		return nil, err
	}
	plan, err := scan.Plan(ctx, w)
	if err != nil {
		return nil, err
	}
	result, err := scan.Scan(ctx, workDir, stack.Environment, plan)
	if err != nil {
		return nil, err
	}
	documents, err := scan.Documents(synthesized)
	if err != nil {
		return nil, err
	}
	policies, err := scan.LintIAM(ctx, workDir, stack.Environment, documents)
	if err != nil {
		return nil, err
	}
	o.terminal.printf("%-36s %4d checks passed, %d failed; %d IAM policies, %d findings\n",
		stack.Name, result.Passed, len(result.Findings), len(documents), len(policies))
	findings := slices.Concat(result.Findings, policies)
	for i := range findings {
		findings[i].Stack = stack.Name
	}
	return findings, nil
}

// lintWorkloads lints the policies of all service accounts, those that no stack has yet among them.
func (o scanOptions) lintWorkloads(ctx context.Context) ([]scan.Finding, error) {
	var documents []scan.Document
	for _, c := range proof.Cases() {
		if len(c.Workload.Statements) > 0 {
			documents = append(documents, scan.Document{
				Resource: "workload." + c.Workload.Name,
				Document: iampolicy.Document(c.Workload.Statements...),
			})
		}
	}
	findings, err := scan.LintIAM(ctx, workDir, "every environment", documents)
	o.terminal.printf("%-36s %d IAM policies, %d findings\n", "service accounts", len(documents), len(findings))
	return findings, err
}
