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
	Managed(
		ctx context.Context, region environments.Region, bucket string, asked func(stack string) bool,
	) ([]states.Resource, error)
	Buckets(ctx context.Context, region environments.Region, account string) ([]states.Bucket, error)
}

// openStates reaches an account for its buckets of state.
func openStates(ctx context.Context, account environments.Account) (stateReader, error) {
	reached, err := (&accounts{}).account(ctx, account)
	if err != nil {
		return nil, err
	}
	return states.Of(reached), nil
}

// stray is a state that holds resources, and that no run looks into any more.
type stray struct {
	bucket states.Bucket
	states.State
	// instead says what the files have instead. Empty where the stack's environment has no file.
	instead string
}

func (s stray) String() string {
	return fmt.Sprintf("%s: %d in s3://%s/%s", s.Stack, s.Resources, s.bucket.Name, order.StateKey(s.Stack))
}

// checkStates refuses to go on beside what nothing manages any more: an environment whose file is gone, or a stack that
// the files have elsewhere now. Nobody would be told. Where AWS does not answer, that is said, and no reason to stop.
func (o runOptions) checkStates(
	ctx context.Context, c catalog, first order.Stack, whole *environments.Environment,
) error {
	matters := o.mattering(first, whole)
	if matters == nil {
		return nil
	}
	found, err := o.strays(ctx, c, c.environmentOf(first).Account)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		o.say("whether an environment without a file still holds resources was not found out: %v", err)
		return nil
	}
	var orphans, moved []stray
	for _, one := range found {
		switch {
		case !matters(one):
		case one.instead == "":
			orphans = append(orphans, one)
		default:
			moved = append(moved, one)
		}
	}
	var texts []string
	if len(orphans) > 0 {
		texts = append(texts, orphanText(orphans))
	}
	if len(moved) > 0 {
		texts = append(texts, movedText(moved))
	}
	if texts == nil {
		return nil
	}
	return fmt.Errorf("%s", strings.Join(texts, "\n"))
}

// mattering is which strays a run must not go on beside; nil is none. A deployment: all, but not where a part of an
// environment is meant, which must do without a region. The destruction of a bucket of state: all, because their states
// would go with it. That of an environment: its own that are elsewhere, which it would leave and seem to have destroyed.
func (o runOptions) mattering(first order.Stack, whole *environments.Environment) func(stray) bool {
	all := func(stray) bool { return true }
	switch {
	case o.verb == runner.Deploy && (whole != nil || !isOwn(first)):
		return all
	case o.verb == runner.Destroy && first.Kind == order.Bootstrap:
		return all
	case o.verb == runner.Destroy && whole != nil:
		return func(s stray) bool { return s.instead != "" && environmentOfStack(s.Stack) == whole.Name }
	}
	return nil
}

func orphanText(orphans []stray) string {
	text := "environments without a file still hold resources, which nothing manages any more; " +
		"nothing was changed:"
	var names []string
	for _, left := range orphans {
		text += "\n  " + left.String()
		if name := environmentOfStack(left.Stack); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	text += "\nPut each file back, and destroy what it says:"
	for _, name := range names {
		text += fmt.Sprintf("\n  %s (git log --diff-filter=D -- %[1]s), then %s destroy %s",
			filepath.Join(environments.Dir(), name+".yaml"), program, name)
	}
	return text
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
