package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/cost"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/stacks/order"
)

// costOptions are what `titan cost` needs.
type costOptions struct {
	run         runOptions
	synthesized func(stack string) ([]byte, error)

	environment string
}

func newCostCommand(t *terminal, run func(context.Context, costOptions) error) *cobra.Command {
	o := costOptions{run: defaultRunOptions(t), synthesized: readSynthesized}
	if run == nil {
		run = runCost
	}
	return &cobra.Command{
		Use:   "cost ENVIRONMENT",
		Short: "Estimate what an environment costs a month, at list prices",
		Long: `Synthesizes ENVIRONMENT and estimates what its resources cost a month: by module and in sum, and beside it what
its account's stacks cost, which other environments share. Prices are list prices with source and date, of ` +
			strings.Join(cost.Prices{}.Regions(), ", ") + `; what has no price there
is named and left out of the sums. What is assumed of use is printed with them. AWS is not asked.`,
		Example:           "  titan cost prod",
		Args:              one("one ENVIRONMENT"),
		ValidArgsFunction: completeEnvironment(o.run.environments),
		RunE: func(command *cobra.Command, args []string) error {
			o.environment = args[0]
			return run(command.Context(), o)
		},
	}
}

func runCost(ctx context.Context, o costOptions) error {
	all, err := o.run.environments()
	if err != nil {
		return err
	}
	environment, err := named(all, o.environment)
	if err != nil {
		return err
	}
	if err := o.run.prepare(ctx, outDir, []string{o.environment}); err != nil {
		return err
	}
	own, shared, err := estimates(environment, o.synthesized)
	if err != nil {
		return err
	}
	o.estimate(o.environment, own)
	o.estimate("account "+environment.Account.Name+", whatever its environments", shared)
	o.run.terminal.printf("\nassumed: %s\n", strings.Join(cost.Assumptions(), "; "))
	return nil
}

func (o costOptions) estimate(of string, e cost.Estimate) {
	without := ""
	if len(e.Unpriced())+len(e.ByUse)+len(e.Unknown) > 0 {
		without = ", without what is named below"
	}
	o.run.terminal.printf("\n%s: about %s USD a month%s\n%s", of, cost.Rounded(e.USD()), without, e.Text(o.run.now()))
}

// estimates are what an environment's own stacks cost, its zone's among them, and what those of its account cost.
func estimates(environment environments.Environment, synthesized func(stack string) ([]byte, error)) (
	own, shared cost.Estimate, err error,
) {
	prices, err := cost.Load()
	if err != nil {
		return own, shared, err
	}
	var texts []graph.Stack
	names := map[bool][]string{} // by whether they are shared
	for _, stack := range order.Of(environment) {
		text, err := synthesized(stack.Name)
		if err != nil {
			return own, shared, fmt.Errorf("reading a synthesized stack: %w", err)
		}
		texts = append(texts, graph.Stack{Name: stack.Name, JSON: text})
		names[stack.Shared()] = append(names[stack.Shared()], stack.Name)
	}
	read, err := graph.Read(texts...)
	if err != nil {
		return own, shared, err
	}
	return prices.Estimate(cost.FromGraph(read, names[false])), prices.Estimate(cost.FromGraph(read, names[true])), nil
}
