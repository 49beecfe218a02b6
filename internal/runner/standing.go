package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// Missing are those of some stacks of a table that do not stand, in their order. A bootstrap stack stands where its
// bucket can be asked for another stack's state, whoever has its own, local state; the others stand where their state
// holds something.
func (r *Runner) Missing(ctx context.Context, table, asked []order.Stack) ([]order.Stack, error) {
	var missing []order.Stack
	for _, stack := range asked {
		stands, err := r.stands(ctx, table, stack)
		if err != nil {
			return nil, fmt.Errorf("asking whether %s stands: %w", stack.Name, err)
		}
		if !stands {
			missing = append(missing, stack)
		}
	}
	return missing, nil
}

func (r *Runner) stands(ctx context.Context, table []order.Stack, stack order.Stack) (bool, error) {
	if stack.Kind != order.Bootstrap {
		return r.holds(ctx, stack)
	}
	i := slices.IndexFunc(table, func(other order.Stack) bool {
		return other.StateRegion == stack.Region && slices.Contains(other.After, stack.Name)
	})
	if i < 0 {
		return true, nil // nothing keeps its state there
	}
	_, err := r.Terraform(table[i]).Resources(ctx)
	if isMissingBucket(err) {
		return false, nil
	}
	return err == nil, err
}

// Holding are those of some stacks whose state still holds something, in their order.
func (r *Runner) Holding(ctx context.Context, asked []order.Stack) ([]order.Stack, error) {
	var holding []order.Stack
	for _, stack := range asked {
		holds, err := r.holds(ctx, stack)
		if err != nil {
			return nil, fmt.Errorf("asking what %s holds: %w", stack.Name, err)
		}
		if holds {
			holding = append(holding, stack)
		}
	}
	return holding, nil
}

// holds is whether a stack's state holds something. Without a bucket there is no state.
func (r *Runner) holds(ctx context.Context, stack order.Stack) (bool, error) {
	addresses, err := r.Terraform(stack).Resources(ctx)
	if isMissingBucket(err) {
		return false, nil
	}
	return len(addresses) > 0, err
}

func isMissingBucket(err error) bool {
	var missing *terraform.MissingBucketError
	return errors.As(err, &missing)
}
