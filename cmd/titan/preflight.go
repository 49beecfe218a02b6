package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/preflight"
	"github.com/titan-platform/titan/internal/preflight/needs"
	"github.com/titan-platform/titan/internal/preflight/resolver"
	"github.com/titan-platform/titan/stacks/order"
)

// preflightOptions are what `titan preflight` needs.
type preflightOptions struct {
	run      runOptions
	resolver func() preflight.Resolver

	environment string
}

func newPreflightCommand(t *terminal, run func(context.Context, preflightOptions) error) *cobra.Command {
	o := defaultPreflightOptions(t)
	if run == nil {
		run = runPreflight
	}
	return &cobra.Command{
		Use:   "preflight ENVIRONMENT",
		Short: "Ask the account whether a first apply will go through",
		Long: `Synthesizes the stacks of ENVIRONMENT, its account's and its zone's among them, and asks the account for what
they need: credentials, principals, quotas and what is in use of them, what its regions offer, names, DNS, permissions.
It changes nothing, and prints a line an answer: good, bad with what to do, or unknown where nobody could be asked.

A bad line is a failure; an unknown one is not, and is counted in the last line.`,
		Example: `  titan preflight dev
  AWS_PROFILE=production titan preflight prod`,
		Args:              one("one ENVIRONMENT"),
		ValidArgsFunction: completeEnvironment(o.run.environments),
		RunE: func(command *cobra.Command, args []string) error {
			o.environment = args[0]
			return run(command.Context(), o)
		},
	}
}

func defaultPreflightOptions(t *terminal) preflightOptions {
	return preflightOptions{
		run:      defaultRunOptions(t),
		resolver: func() preflight.Resolver { return resolver.New() },
	}
}

func runPreflight(ctx context.Context, o preflightOptions) error {
	all, err := o.run.environments()
	if err != nil {
		return err
	}
	c := newCatalog(all)
	environment, err := named(all, o.environment)
	if err != nil {
		return err
	}
	if err := o.run.settings(ctx); err != nil {
		return err
	}
	stacks := order.Of(environment)
	if err := o.run.prepare(ctx, outDir, c.sameAccount(stacks)); err != nil {
		return err
	}
	asked, err := o.preflight(ctx, environment, all, stacks)
	if err != nil {
		return err
	}
	tally := asked.Run(ctx, o.print)
	for _, sample := range o.samples(environment) {
		o.print(sample)
		tally[sample.Severity]++
	}
	if !environment.DNS.Delegated {
		left := leftOut(environment)
		o.print(left)
		tally[left.Severity]++
	}
	o.run.terminal.printf("%d good, %d bad, %d unknown\n",
		tally[preflight.Good], tally[preflight.Bad], tally[preflight.Unknown])
	if tally[preflight.Bad] > 0 {
		return fmt.Errorf("a first apply of %s would fail; mend the bad lines, and run it again", o.environment)
	}
	return ctx.Err()
}

// samples are the values of the sample files that are still there. On an emulator they are what they should be.
func (o preflightOptions) samples(environment environments.Environment) []preflight.Result {
	if o.run.endpoint != "" {
		return nil
	}
	var found []preflight.Result
	for _, placeholder := range o.run.placeholders(environment) {
		found = append(found, preflight.Result{
			Severity: preflight.Bad,
			Subject:  placeholder.Setting + " in " + placeholder.File,
			Detail:   fmt.Sprintf("%q is a sample's", placeholder.Value),
			Remedy:   "put there " + placeholder.Instead,
		})
	}
	return found
}

// preflight is what is asked for an environment.
func (o preflightOptions) preflight(
	ctx context.Context, environment environments.Environment, all []environments.Environment, stacks []order.Stack,
) (preflight.Preflight, error) {
	p := preflight.Preflight{
		Account: environment.Account, Emulated: o.run.endpoint != "",
	}
	var texts []graph.Stack
	for _, stack := range stacks {
		text, err := o.run.synthesized(stack.Name)
		if err != nil {
			return p, fmt.Errorf("reading a synthesized stack: %w", err)
		}
		texts = append(texts, graph.Stack{Name: stack.Name, JSON: text})
	}
	var err error
	if p.Needs, err = needs.Read(texts...); err != nil {
		return p, err
	}
	if zone, made := order.ZoneOf(environment, all); made {
		p.ZoneMaker = zone.Name
	}
	if !p.Emulated {
		p.Resolver = o.resolver()
	}
	p.In, err = o.run.account(ctx, environment.Account)
	return p, err
}

// print is a line, and one more where there is something to do.
func (o preflightOptions) print(r preflight.Result) {
	o.run.terminal.printf("%-8s %s: %s\n", r.Severity, r.Subject, r.Detail)
	if r.Remedy != "" {
		o.run.terminal.printf("%-8s -> %s\n", "", r.Remedy)
	}
}

// leftOut says that an environment whose zone waits for its delegation has no stacks yet that could be asked for.
func leftOut(environment environments.Environment) preflight.Result {
	return preflight.Result{
		Severity: preflight.Unknown, Subject: "the stacks of " + environment.Name,
		Detail: "left out while the zone waits for its delegation, and so is what they need",
		Remedy: "delegate it, remove dns.delegated: false, and run it again",
	}
}
