package main

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/stacks/order"
)

// listOptions are what `titan list` needs.
type listOptions struct {
	terminal     *terminal
	load         load
	environments []string // empty is all
}

func newListCommand(t *terminal, run func(listOptions) error) *cobra.Command {
	if run == nil {
		run = runList
	}
	return &cobra.Command{
		Use:   "list [ENV[,ENV]...]",
		Short: "Print what can be deployed: the stacks of environments, in their order",
		Long: `Prints the stacks that environments need, those of their accounts and zones among them, a line each, in the order
in which they are deployed. Files with mistakes and unknown names are refused: the Makefile asks it before a long run.`,
		Example: `  titan list
  titan list dev,prod`,
		ValidArgsFunction: completeEnvironments(loadEnvironments),
		RunE: func(_ *cobra.Command, args []string) error {
			return run(listOptions{terminal: t, load: loadEnvironments, environments: args})
		},
	}
}

func runList(o listOptions) error {
	all, err := o.load()
	if err != nil {
		return err
	}
	some, err := chosen(all, o.environments)
	if err != nil {
		return err
	}
	var needed []string
	for _, environment := range some {
		needed = append(needed, namesOf(order.Of(environment))...)
	}
	for _, stack := range newCatalog(all).table {
		if slices.Contains(needed, stack.Name) {
			o.terminal.printf("%-36s %s\n", stack.Name, stack.Region)
		}
	}
	return nil
}
