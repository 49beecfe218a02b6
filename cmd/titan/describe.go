package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/pathproof"
	"github.com/titan-platform/titan/stacks/order"
)

// describeOptions are what `titan describe` needs.
type describeOptions struct {
	run         runOptions
	synthesized func(stack string) ([]byte, error)

	environment string
	reach, read []string // what to say the chains of; with neither, the whole environment is described
}

func newDescribeCommand(t *terminal, run func(context.Context, describeOptions) error) *cobra.Command {
	o := describeOptions{run: defaultRunOptions(t), synthesized: readSynthesized}
	if run == nil {
		run = runDescribe
	}
	command := &cobra.Command{
		Use:   "describe ENVIRONMENT",
		Short: "Say what an environment is, who reaches what in it, and whether it holds its invariants",
		Long: `Synthesizes the stacks of ENVIRONMENT's account, and says of ENVIRONMENT: its stacks, its resources by module, its names,
its alarms with their runbooks, its schedules, how long what is kept, what it costs, its roles with those who become
them, and the invariants (docs/security.md) with what was found. --reach and --read say instead who may open
a connection to something, and who may read it, each with the chain of resources that lets them. AWS is not asked. An
invariant that does not hold is a failure.`,
		Example: `  titan describe prod
  titan describe prod --reach database
  titan describe prod --read db-credentials`,
		Args:              one("one ENVIRONMENT"),
		ValidArgsFunction: completeEnvironment(o.run.environments),
		RunE: func(command *cobra.Command, args []string) error {
			o.environment = args[0]
			return run(command.Context(), o)
		},
	}
	command.Flags().StringSliceVar(&o.reach, "reach", nil, "say who may open a connection to this, such as database")
	command.Flags().StringSliceVar(&o.read, "read", nil, "say who may read this secret, bucket, image or key")
	return command
}

func runDescribe(ctx context.Context, o describeOptions) error {
	all, err := o.run.environments()
	if err != nil {
		return err
	}
	environment, err := named(all, o.environment)
	if err != nil {
		return err
	}
	c := newCatalog(all)
	if err := o.run.prepare(ctx, outDir, c.sameAccount(order.Of(environment))); err != nil {
		return err
	}
	facts, err := o.facts(all, environment.Account)
	if err != nil {
		return err
	}
	d := description{describeOptions: o, facts: facts, scope: facts.ScopeOf(environment, all)}
	if len(o.reach)+len(o.read) == 0 {
		return d.all()
	}
	for _, name := range o.reach {
		if err := d.reached(name); err != nil {
			return err
		}
	}
	for _, name := range o.read {
		if err := d.readers(name); err != nil {
			return err
		}
	}
	return nil
}

// facts are read from all stacks of an account: what one environment makes, another may read.
func (o describeOptions) facts(all []environments.Environment, account environments.Account) (*pathproof.Facts, error) {
	var texts []graph.Stack
	for _, stack := range order.All(all) {
		i := slices.IndexFunc(all, func(e environments.Environment) bool { return e.Name == stack.Environment })
		if all[i].Account.ID != account.ID {
			continue
		}
		text, err := o.synthesized(stack.Name)
		if err != nil {
			return nil, fmt.Errorf("reading a synthesized stack: %w", err)
		}
		texts = append(texts, graph.Stack{Name: stack.Name, JSON: text})
	}
	return pathproof.Read(texts...)
}

// unknownName refuses a name that a flag does not know.
func unknownName(flag, name, environment string, known []string) error {
	return wrongUsage("--%s: %s has no %q%s\nthere are %s",
		flag, environment, name, didYouMean(name, known), strings.Join(known, ", "))
}
