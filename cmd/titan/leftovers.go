package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/leftovers"
)

// leftoversOptions are what `titan leftovers` needs.
type leftoversOptions struct {
	run runOptions

	environment string
	delete, yes bool
}

func newLeftoversCommand(t *terminal, run func(context.Context, leftoversOptions) error) *cobra.Command {
	o := leftoversOptions{run: defaultRunOptions(t)}
	if run == nil {
		run = runLeftovers
	}
	command := &cobra.Command{
		Use:   "leftovers ENVIRONMENT",
		Short: "Name what of an environment is in AWS and in no state",
		Long: `Asks AWS, in each region of ENVIRONMENT, what carries the tags of its stacks and is held by none of their states;
and, once the cluster is gone, what that made itself, the network interfaces that keep a VPC from being deleted, and
log groups that services have made again. Each is told with the way to take it back into its stack, and the one to
delete it. "titan destroy" ends with it. It changes nothing without --delete.

--delete asks about each that can be deleted and holds no data; with --yes all of them are deleted unasked. What holds
data, or might, is never deleted: its command is printed for who decides.

The list lags: AWS tells for hours what is deleted, so what can be looked at is. What carries no tags is not found.`,
		Example: `  titan leftovers dev
  titan leftovers dev --delete`,
		Args:              one("one ENVIRONMENT"),
		ValidArgsFunction: completeEnvironment(o.run.environments),
		RunE: func(command *cobra.Command, args []string) error {
			o.environment = args[0]
			return run(command.Context(), o)
		},
	}
	command.Flags().BoolVar(&o.delete, "delete", false, "delete what holds no data, each after a question")
	command.Flags().BoolVar(&o.yes, "yes", false, "with --delete, ask nobody")
	command.Flags().BoolVar(&o.run.json, "json", false, "print a line of JSON each")
	return command
}

func runLeftovers(ctx context.Context, o leftoversOptions) error {
	all, err := o.run.environments()
	if err != nil {
		return err
	}
	environment, err := named(all, o.environment)
	switch {
	case err != nil:
		return err
	case o.yes && !o.delete:
		return wrongUsage("--yes answers the questions of --delete, and there are none without it")
	case o.delete && !o.yes && !o.run.terminal.interactive:
		return wrongUsage("standard input is no terminal, so nobody can be asked; to delete without a question, pass --yes")
	}
	if err := o.run.settings(ctx); err != nil {
		return err
	}
	o.run.sayEndpoint()
	search, report, err := o.run.leftovers(ctx, newCatalog(all), environment)
	if err != nil {
		return err
	}
	if err := o.run.printLeftovers(report); err != nil {
		return err
	}
	if !o.delete {
		return ctx.Err()
	}
	var agreed []leftovers.Leftover
	for _, l := range report.Removable() {
		yes := o.yes
		if !yes {
			if yes, err = o.run.terminal.confirm("Delete " + l.ARN + "?"); err != nil {
				return err
			}
		}
		if yes {
			agreed = append(agreed, l)
		}
	}
	return o.run.deleteLeftovers(ctx, search, agreed)
}

// deleteLeftovers deletes what somebody said yes to. One that can't be deleted keeps none of the others.
func (o runOptions) deleteLeftovers(
	ctx context.Context, search leftovers.Search, agreed []leftovers.Leftover,
) error {
	var failed []error
	for _, l := range agreed {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := search.Remove(ctx, l); err != nil {
			failed = append(failed, err)
			continue
		}
		o.say("deleted %s", l.ARN)
	}
	return errors.Join(failed...)
}
