package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/leftovers"
	"github.com/titan-platform/titan/internal/runner"
)

// afterDestroy ends the destruction of an environment, also of one that failed: what is left may be why. It fails
// nothing: a question that AWS does not answer, or that the caller may not ask, is told.
func (o runOptions) afterDestroy(
	ctx context.Context, c catalog, environment environments.Environment, results []runner.Result, destroyed error,
) {
	begun := func(r runner.Result) bool {
		return r.Outcome == runner.OutcomeApplied || r.Outcome == runner.OutcomeFailed
	}
	if ctx.Err() != nil || destroyed != nil && !slices.ContainsFunc(results, begun) { // declined, or refused
		return
	}
	search, report, err := o.leftovers(ctx, c, environment)
	if err != nil {
		o.say("what is left in AWS was not found out: %v", err)
		return
	}
	o.say("")
	if err := o.printLeftovers(report); err != nil {
		o.say("printing what is left: %v", err)
	}
	removable := report.Removable()
	if len(removable) == 0 {
		return
	}
	if destroyed == nil && !o.yes && !o.json {
		yes, err := o.terminal.confirm(fmt.Sprintf("Delete the %d of these that hold no data?", len(removable)))
		if err == nil && yes {
			if err := o.deleteLeftovers(ctx, search, removable); err != nil {
				o.say("%v", err)
			}
			return
		}
	}
	o.say("\n%s leftovers %s --delete asks about each that holds no data, and deletes it", program, environment.Name)
}

// leftovers asks what of an environment is in AWS and in no state. Without the states nobody can tell.
func (o runOptions) leftovers(
	ctx context.Context, c catalog, environment environments.Environment,
) (leftovers.Search, leftovers.Report, error) {
	search := leftovers.Search{Environment: environment}
	reader, err := o.states(ctx, environment.Account)
	if err != nil {
		return search, leftovers.Report{}, err
	}
	own := func(stack string) bool { return environmentOfStack(stack) == environment.Name }
	for _, bucket := range o.stateBuckets(ctx, c, environment.Account, reader) {
		held, err := reader.Managed(ctx, bucket.Region, bucket.Name, own)
		if err != nil {
			return search, leftovers.Report{}, fmt.Errorf("without the states nobody can tell: %w", err)
		}
		search.Held = append(search.Held, held...)
	}
	if search.In, err = o.account(ctx, environment.Account); err != nil {
		return search, leftovers.Report{}, err
	}
	report := search.Run(ctx)
	report.Find(o.synthesized)
	return search, report, ctx.Err()
}

// openAccount configures the clients of an account's regions.
func openAccount(
	ctx context.Context, account environments.Account,
) (func(environments.Region) aws.Config, error) {
	reached, err := awsops.NewAccount(ctx, account)
	if err != nil {
		return nil, err
	}
	return reached.In, nil
}

// printLeftovers prints a report for a person, or as the lines of JSON of a run.
func (o runOptions) printLeftovers(report leftovers.Report) error {
	if o.json {
		return report.JSON(o.terminal.out)
	}
	return report.Human(o.terminal.out, func(stack string) string { return stackDir(outDir, stack) })
}
