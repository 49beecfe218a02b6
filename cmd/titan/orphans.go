package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/states"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/stacks/order"
)

// stateReader looks into the buckets of state of an account.
type stateReader interface {
	Holding(
		ctx context.Context, region environments.Region, bucket string, asked func(stack string) bool,
	) ([]states.State, error)
}

// openStates reaches an account for its buckets of state.
func openStates(ctx context.Context, account environments.Account) (stateReader, error) {
	reached, err := (&accounts{}).account(ctx, account)
	if err != nil {
		return nil, err
	}
	return states.Of(reached), nil
}

// orphan is a state that holds resources of an environment that has no file.
type orphan struct {
	environment, bucket string
	states.State
}

// checkOrphans refuses to deploy beside an environment whose file is gone while its resources stand: nothing manages
// them, and nobody is told. Where AWS does not answer, that is said, and no reason to stop.
func (o runOptions) checkOrphans(ctx context.Context, c catalog, first order.Stack) error {
	found, err := o.orphans(ctx, c, c.environmentOf(first).Account)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		o.say("whether an environment without a file still holds resources was not found out: %v", err)
		return nil
	case len(found) == 0:
		return nil
	}
	text := "environments without a file still hold resources, which nothing manages any more; " +
		"nothing was changed:"
	var names []string
	for _, left := range found {
		key := order.StateKey(left.Stack)
		text += fmt.Sprintf("\n  %s: %d in s3://%s/%s", left.Stack, left.Resources, left.bucket, key)
		if !slices.Contains(names, left.environment) {
			names = append(names, left.environment)
		}
	}
	text += "\nPut each file back, and destroy what it says:"
	for _, name := range names {
		text += fmt.Sprintf("\n  %s (git log --diff-filter=D -- %[1]s), then %s destroy %s",
			filepath.Join(environments.Dir(), name+".yaml"), program, name)
	}
	return fmt.Errorf("%s", text)
}

// looksForOrphans is whether a run must not go on beside an orphan: a deployment, but of a part of an environment, which
// must do without a region; and the destruction of a bucket of state, with which the orphan's state would go.
func (o runOptions) looksForOrphans(first order.Stack, whole bool) bool {
	switch o.verb {
	case runner.Deploy:
		return whole || !isOwn(first)
	case runner.Destroy:
		return first.Kind == order.Bootstrap
	}
	return false
}

// orphans looks into all buckets of state of an account that any file knows.
func (o runOptions) orphans(ctx context.Context, c catalog, account environments.Account) ([]orphan, error) {
	reader, err := o.states(ctx, account)
	if err != nil {
		return nil, err
	}
	var found []orphan
	asked := map[string]bool{}
	for _, environment := range c.environments {
		for _, base := range environment.Bases {
			bucket := base.StateBucket()
			if environment.Account.ID != account.ID || asked[bucket] {
				continue
			}
			asked[bucket] = true
			held, err := reader.Holding(ctx, base.Region, bucket, c.isOrphan)
			if err != nil {
				return nil, err
			}
			for _, state := range held {
				found = append(found, orphan{environmentOfStack(state.Stack), bucket, state})
			}
		}
	}
	return found, nil
}

// isOrphan is whether a stack is of an environment that has no file. A zone whose environment waits for its delegation
// again has one, though its other stacks are not in the table.
func (c catalog) isOrphan(stack string) bool {
	name := environmentOfStack(stack)
	shared := []string{string(order.Bootstrap), string(order.Account)}
	return !slices.Contains(shared, name) &&
		!slices.ContainsFunc(c.environments, func(e environments.Environment) bool { return e.Name == name })
}

// environmentOfStack is the environment in a stack's name.
func environmentOfStack(stack string) string {
	name, _, _ := strings.Cut(stack, order.Separator)
	return name
}
