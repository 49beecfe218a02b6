package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/scan"
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
		Long: `Plans all stacks of environments and of their accounts on emulators, and has a policy scanner (checkov) judge
the plans and this repository's charts, rendered with the values of those plans, and a linter (parliament) the IAM
policies. What could not be judged is said, with the reason. A finding that is not suppressed, and a suppression that
suppresses nothing, are failures.`,
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
	list, err := scan.Suppressions()
	if err != nil {
		return err
	}
	own, err := scan.Own(environments.Dir(), environmentNames(all))
	if err != nil {
		return err
	}
	out, err := os.MkdirTemp("", "titan-scan-")
	if err != nil {
		return fmt.Errorf("scanning: %w", err)
	}
	defer func() { _ = os.RemoveAll(out) }() // temporary
	out = filepath.Join(out, outDir)
	table := order.All(chosen) // an emulated environment's platform stack, too: nothing is applied
	if err := synthesize(ctx, out, newCatalog(chosen).sameAccount(table)); err != nil {
		return err
	}
	tools, err := newScanTools(ctx, filepath.Join(filepath.Dir(out), "providers"))
	if err != nil {
		return err
	}
	findings, err := o.lintWorkloads(ctx)
	if err != nil {
		return err
	}
	for _, environment := range chosen {
		found, err := o.scanEnvironment(ctx, tools, out, environment, table)
		if err != nil {
			return fmt.Errorf("scanning %s: %w", environment.Name, err)
		}
		findings = append(findings, found...)
	}
	whole := len(o.environments) == 0
	return o.report(findings, suppressions{
		list: list, own: own, ownWhole: whole,
		whole: whole && tools.helm != "" && environments.Dir() == environments.DefaultDir,
	})
}

// suppressions are Titan's list, and that of the folder of environments.
type suppressions struct {
	list, own []scan.Suppression
	whole     bool // whether all was looked at that list is for: every environment of Titan's own repository
	ownWhole  bool // likewise of own
}

// report prints what stands, and fails where anything does.
func (o scanOptions) report(findings []scan.Finding, s suppressions) error {
	standing, covered, idle := scan.Judge(findings, s.list)
	standing, coveredByOwn, ownIdle := scan.Judge(standing, s.own)
	for _, f := range standing {
		o.terminal.printf("%s: %s %s: %s\n", cmp.Or(f.Stack, f.Environment), f.Check, f.Resource, f.Name)
	}
	if !s.whole {
		idle = nil // a suppression may be for what was not looked at
	}
	if s.ownWhole {
		idle = append(idle, ownIdle...)
	}
	idle = slices.DeleteFunc(idle, func(s scan.Suppression) bool { return s.OnRequest != "" })
	for _, s := range idle {
		o.terminal.printf("suppression of %s for %s matches nothing; remove it\n", s.Check, s.Resource)
	}
	o.terminal.printf("%d findings stand, %d are suppressed by %d suppressions\n",
		len(standing), len(covered)+len(coveredByOwn), len(s.list)+len(s.own))
	if len(standing)+len(idle) > 0 {
		return fmt.Errorf("the scan failed: mend the findings, or suppress them with a reason in %s (docs/adopting.md#scanning)",
			filepath.Join(environments.Dir(), scan.OwnFile))
	}
	return nil
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
