package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/stacks/order"
)

// checkPlaceholders refuses to deploy the sample files to AWS. On an emulator they are what they should be.
func (o runOptions) checkPlaceholders(c catalog, stacks []order.Stack) error {
	if o.verb != runner.Deploy || o.endpoint != "" {
		return nil
	}
	environment := c.environmentOf(stacks[0])
	found := o.placeholders(environment)
	if stacks[0].Shared() { // to which the environment's own file is nothing
		found = slices.DeleteFunc(found, func(p environments.Placeholder) bool { return p.File != environment.Account.File() })
	}
	if len(found) == 0 {
		return nil
	}
	text := fmt.Sprintf("%s is still a sample's in the files of %s; nothing was changed. Replace these values first:", o.target, environments.Dir())
	for _, placeholder := range found {
		text += "\n  " + placeholder.String()
	}
	return fmt.Errorf("%s", text)
}

// checkStanding names what is missing of what the run stands on, with the commands that deploy it.
func (o runOptions) checkStanding(ctx context.Context, r *runner.Runner, table, under []order.Stack) error {
	if len(under) == 0 {
		return nil
	}
	missing, err := r.Missing(ctx, table, under)
	if ctx.Err() != nil {
		return err
	}
	if err != nil {
		return fmt.Errorf("%w\nwhere a region does not answer, run the parts of %s that are not in it: --only STACK,…",
			err, o.target)
	}
	if len(missing) == 0 {
		o.say("it stands on %s", strings.Join(namesOf(under), ", "))
		return nil
	}
	text := fmt.Sprintf("%s stands on what is not there; nothing was changed. Deploy it first, in this order:", o.target)
	for _, name := range namesOf(missing) {
		text += fmt.Sprintf("\n  %s deploy %s", program, name)
	}
	return fmt.Errorf("%s", text)
}

// checkEmpty refuses to destroy what others stand on.
func (o runOptions) checkEmpty(ctx context.Context, r *runner.Runner, on []order.Stack) error {
	holding, err := r.Holding(ctx, on)
	if err != nil {
		return err
	}
	if len(holding) == 0 {
		return nil
	}
	names := namesOf(holding)
	slices.Reverse(names)
	return fmt.Errorf("%s is what others stand on, and their state still holds resources; nothing was changed. "+
		"Destroy them first, in this order: %s", o.target, strings.Join(names, ", "))
}
