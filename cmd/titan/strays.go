package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/states"
	"github.com/titan-platform/titan/stacks/order"
)

// strays looks into an account's buckets of state: those that the files know, and those of other regions and projects,
// which the files may have named once.
func (o runOptions) strays(ctx context.Context, c catalog, account environments.Account) ([]stray, error) {
	reader, err := o.states(ctx, account)
	if err != nil {
		return nil, err
	}
	var found []stray
	for _, bucket := range o.stateBuckets(ctx, c, account, reader) {
		held, err := reader.Holding(ctx, bucket.Region, bucket.Name, func(stack string) bool {
			return c.mayBeStray(account, bucket, stack)
		})
		if err != nil {
			return nil, err
		}
		for _, state := range held {
			if instead, is := c.strayIn(account, bucket, state); is {
				found = append(found, stray{bucket, state, instead})
			}
		}
	}
	return found, nil
}

// stateBuckets are those that the files know, then those that the account has besides.
func (o runOptions) stateBuckets(
	ctx context.Context, c catalog, account environments.Account, reader stateReader,
) []states.Bucket {
	var buckets []states.Bucket
	add := func(bucket states.Bucket) {
		if !slices.Contains(buckets, bucket) {
			buckets = append(buckets, bucket)
		}
	}
	for _, environment := range c.environments {
		for _, base := range environment.Bases {
			if environment.Account.ID == account.ID {
				add(states.Bucket{Name: base.StateBucket(), Project: base.Account.Project, Region: base.Region})
			}
		}
	}
	others, err := reader.Buckets(ctx, account.Region, account.ID)
	if err != nil {
		o.say("whether a region or project that no file names any more has states was not found out: %v", err)
	}
	for _, bucket := range others {
		add(bucket)
	}
	return buckets
}

// mayBeStray is whether a state has to be read to know.
func (c catalog) mayBeStray(account environments.Account, bucket states.Bucket, stack string) bool {
	if bucket.Project != account.Project || environmentOfStack(stack) == string(order.Account) {
		return true
	}
	_, is := c.strayIn(account, bucket, states.State{Stack: stack})
	return is
}

// strayIn is whether no run looks into a state, and what the files have instead. Another project in the account may be
// another platform's: it is this one's where its resources carry the tag of this code.
func (c catalog) strayIn(
	account environments.Account, bucket states.Bucket, state states.State,
) (instead string, is bool) {
	if bucket.Project != account.Project {
		return fmt.Sprintf("the project is %q", account.Project), c.isOurs(account, state.Repository)
	}
	i := slices.IndexFunc(c.table, func(s order.Stack) bool { return s.Name == state.Stack })
	if i < 0 {
		return c.unlisted(state.Stack)
	}
	stack, owner := c.table[i], c.environmentOf(c.table[i]).Account
	switch {
	case owner.ID != account.ID:
		return fmt.Sprintf("the files have it in account %q", owner.Name), true
	case stack.StateRegion != bucket.Region && stack.Region == environments.GlobalRegion:
		return fmt.Sprintf("the files have this state in %s, where it can be copied to", stack.StateRegion), true
	case stack.StateRegion != bucket.Region:
		return fmt.Sprintf("the files have it in %s", stack.StateRegion), true
	case stack.Kind == order.Account && stack.Region != account.Region && slices.Contains(state.Types, boundaryType):
		return fmt.Sprintf("it has what the account has once, and %s has %q as the first region",
			account.File(), account.Region), true
	}
	return "", false
}

// boundaryType is that of the permissions boundary, which the stack of an account's first region makes, and no other.
const boundaryType = "aws_iam_policy"

// unlisted is what becomes of a stack that is not in the table. What waits for a delegation is left out of it, and no
// stray.
func (c catalog) unlisted(stack string) (instead string, is bool) {
	name := environmentOfStack(stack)
	if name == string(order.Account) {
		return "no file has such an account in that region", true
	}
	i := slices.IndexFunc(c.environments, func(e environments.Environment) bool { return e.Name == name })
	if i < 0 {
		return "", c.isOrphan(stack)
	}
	if environment := c.environments[i]; stack == order.Name(environment, order.Second) && environment.SecondRegion == "" {
		return "the file has no second_region", true
	}
	return "", false
}

func (c catalog) isOurs(account environments.Account, repository string) bool {
	return repository != "" && slices.ContainsFunc(c.environments, func(e environments.Environment) bool {
		return e.Account.ID == account.ID && slices.Contains([]string{e.Repository, e.Account.Repository}, repository)
	})
}

func movedText(moved []stray) string {
	text := "states that the files do not lead to any more still hold resources; nothing was changed:"
	for _, left := range moved {
		text += fmt.Sprintf("\n  %s; %s", left, left.instead)
	}
	return text + "\nWhat stands is not moved by changing a region, second region, account or project in the files. " +
		"Put them back as they\nwere (git log -p -- " + environments.Dir() + "), destroy what they say, and change them " +
		"then; docs/runbooks/destroy.md says\nwhat can be moved."
}
