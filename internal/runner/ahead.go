package runner

import (
	"context"
	"slices"

	"github.com/titan-platform/titan/stacks/order"
)

// prepareAhead initializes the folders of stacks that wait, while others are applied: an init is work, an apply is
// mostly waiting. One that fails is done again in its turn, where its error is told.
func (r *run) prepareAhead(ctx context.Context) {
	for _, t := range r.tasks {
		if t.state != waiting || t.ahead || t.withoutBucket() {
			continue
		}
		t.ahead = true
		r.aheads.Go(func() { _, _ = r.prepare(ctx, t.stack) })
	}
}

// withoutBucket is whether the run makes the bucket of the stack's state, and has not yet.
func (t *task) withoutBucket() bool {
	return slices.ContainsFunc(t.before, func(before *task) bool {
		return before.stack.Kind == order.Bootstrap && !before.done() || before.withoutBucket()
	})
}
