package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/adopt"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// adoptOptions are what `titan adopt` needs.
type adoptOptions struct {
	terminal *terminal
	load     load
	stack    string
}

func newAdoptCommand(t *terminal, run func(context.Context, adoptOptions) error) *cobra.Command {
	if run == nil {
		run = runAdopt
	}
	return &cobra.Command{
		Use:   "adopt STACK",
		Short: "Import what a bootstrap stack made, after its local state was lost",
		Long: `Imports everything that a bootstrap stack declares into a new local state (docs/runbooks/state.md). A plan that
would create, replace or destroy anything is refused.`,
		Example:           "  titan adopt bootstrap.development.eu-west-1",
		Args:              one("one STACK, a bootstrap stack's name"),
		ValidArgsFunction: completeBootstrap(loadEnvironments),
		RunE: func(command *cobra.Command, args []string) error {
			if !strings.HasPrefix(args[0], string(order.Bootstrap)+order.Separator) {
				return wrongUsage("%q is no bootstrap stack: they are called bootstrap.<account>.<region>, "+
					"and the others' state is in a bucket", args[0])
			}
			return run(command.Context(), adoptOptions{terminal: t, load: loadEnvironments, stack: args[0]})
		},
	}
}

func runAdopt(ctx context.Context, o adoptOptions) error {
	all, err := o.load()
	if err != nil {
		return err
	}
	if names := namesOf(newCatalog(all).bootstrap()); !slices.Contains(names, o.stack) {
		return wrongUsage("no bootstrap stack is called %q%s\nthere are %s",
			o.stack, didYouMean(o.stack, names), strings.Join(names, ", "))
	}
	dir := stackDir(outDir, o.stack)
	synthesized, err := os.ReadFile(filepath.Join(dir, "cdk.tf.json"))
	if err != nil {
		return fmt.Errorf("%w; run `make synth` first", err)
	}
	if state := localState(o.stack); exists(state) {
		return fmt.Errorf("%s is there: nothing is lost; move it away if it is the wrong one", state)
	}
	imports, err := adopt.Imports(synthesized)
	if err != nil {
		return err
	}
	file := filepath.Join(dir, adopt.FileName)
	if err := os.WriteFile(file, imports, 0o600); err != nil {
		return fmt.Errorf("writing import blocks: %w", err)
	}
	defer func() { _ = os.Remove(file) }() // else the next synthesis' deployment would read it

	env, err := terraform.Environment()
	if err != nil {
		return err
	}
	workspace := terraform.Workspace{Dir: dir, Env: env, Log: o.terminal.out}
	if err := workspace.Init(ctx); err != nil {
		return err
	}
	if _, err := workspace.Plan(ctx, "adopt.tfplan"); err != nil {
		return err
	}
	silent := workspace
	silent.Log = nil // the plan's JSON is for onlyAdopts
	plan, err := silent.ShowPlan(ctx, "adopt.tfplan")
	if err != nil {
		return err
	}
	if err := onlyAdopts(plan); err != nil {
		return err
	}
	return workspace.Apply(ctx, "adopt.tfplan")
}

// onlyAdopts refuses a plan in Terraform's JSON form that would make, replace or destroy anything: what was lost is the
// state, not what it names.
func onlyAdopts(plan []byte) error {
	var planned tfjson.Plan
	if err := json.Unmarshal(plan, &planned); err != nil {
		return fmt.Errorf("reading the plan: %w", err)
	}
	for _, resource := range planned.ResourceChanges {
		verb := ""
		switch actions := resource.Change.Actions; {
		case actions.Replace():
			verb = "replace"
		case actions.Create():
			verb = "create"
		case actions.Delete():
			verb = "destroy"
		default:
			continue
		}
		return fmt.Errorf("the plan would %s %s, which adopting must not; nothing was changed", verb, resource.Address)
	}
	return nil
}
