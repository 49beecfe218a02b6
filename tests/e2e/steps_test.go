//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// applyAll makes the stacks of an environment that are not made yet and counts what it made.
func (d *deployment) applyAll(t *testing.T, made map[string]bool) {
	t.Helper()
	left := order.Part(order.Of(d.Environment), func(one order.Stack) bool { return !made[one.Name] })
	must(t, inOrder(t.Context(), left, func(ctx context.Context, one order.Stack) error {
		return d.report.time(one.Name, func() error {
			addresses, err := apply(ctx, d.workspaces[one.Name])
			d.report.made(addresses)
			return err
		})
	}))
	for _, one := range left {
		made[one.Name], d.made[one.Name] = true, true
		if one.Kind == order.Environment {
			d.secondApplyAfterRestore(t)
		}
	}
}

// applied are the stacks that the environment made.
func (d *deployment) applied() []order.Stack {
	return order.Part(order.Of(d.Environment), func(one order.Stack) bool { return d.made[one.Name] })
}

// applyKinds makes the environment's stacks of some kinds, for a test that needs no others.
func (d *deployment) applyKinds(t *testing.T, kinds ...order.Kind) {
	t.Helper()
	table := order.Part(order.Of(d.Environment), func(one order.Stack) bool { return slices.Contains(kinds, one.Kind) })
	must(t, inOrder(t.Context(), table, func(ctx context.Context, one order.Stack) error {
		_, err := apply(ctx, d.workspaces[one.Name])
		return err
	}))
}

// planAllAgain fails where a second plan of any stack that the environment made would change anything.
func (d *deployment) planAllAgain(t *testing.T) {
	t.Helper()
	must(t, d.report.time("plan again", func() error {
		return inOrder(t.Context(), atOnce(d.applied()), func(ctx context.Context, one order.Stack) error {
			return planIsEmpty(ctx, t, d.workspaces[one.Name])
		})
	}))
}

// destroyAll destroys the stacks that the environment made.
func (d *deployment) destroyAll(t *testing.T) {
	t.Helper()
	must(t, inOrder(t.Context(), backwards(d.applied()), func(ctx context.Context, one order.Stack) error {
		return d.report.time("destroy "+one.Name, func() error { return destroy(ctx, d.workspaces[one.Name]) })
	}))
}

// apply makes everything of a workspace and returns the addresses made.
func (d *deployment) apply(t *testing.T, w terraform.Workspace) []string {
	t.Helper()
	made, err := apply(t.Context(), w)
	must(t, err)
	return made
}

func apply(ctx context.Context, w terraform.Workspace) (made []string, err error) {
	if err := w.Init(ctx); err != nil {
		return nil, err
	}
	if _, err := w.Plan(ctx, "first.tfplan"); err != nil {
		return nil, err
	}
	if err := w.Apply(ctx, "first.tfplan", parallelism); err != nil {
		return nil, err
	}
	return w.State(ctx)
}

// change applies what changed in the file of a workspace that is applied, by one run of Terraform, without reading again
// what the plan before it has read.
func change(ctx context.Context, w terraform.Workspace) error {
	_, err := w.Run(ctx, "apply", "-input=false", "-no-color", "-auto-approve", "-refresh=false", parallelism)
	return err
}

// converge applies a plan, and fails a test where a second one would change anything. A first one that changes nothing
// is the second, too; applied, it writes into the state what the data sources have read.
func converge(ctx context.Context, t *testing.T, w terraform.Workspace) error {
	changes, err := w.Plan(ctx, "change.tfplan")
	if err != nil {
		return err
	}
	if err := w.Apply(ctx, "change.tfplan", parallelism); err != nil || !changes {
		return err
	}
	return planIsEmpty(ctx, t, w)
}

// planAgain fails where a second plan would change anything.
func (d *deployment) planAgain(t *testing.T, w terraform.Workspace) {
	t.Helper()
	must(t, planIsEmpty(t.Context(), t, w))
}

// planIsEmpty fails a test where a plan would change anything; its error is that there is no plan.
func planIsEmpty(ctx context.Context, t *testing.T, w terraform.Workspace) error {
	changes, err := w.Plan(ctx, "again.tfplan")
	if err == nil && changes {
		shown, _ := w.Run(ctx, "show", "-no-color", "again.tfplan")
		t.Errorf("a second plan of %s would change something:\n%s", filepath.Base(w.Dir), shown)
	}
	return err
}

// destroy destroys everything of a workspace; that anything is left in its state is an error. What the plan before it has
// read is not read again; `titan destroy` does (make e2e-guarded).
func destroy(ctx context.Context, w terraform.Workspace) error {
	if err := w.Destroy(ctx, parallelism, "-refresh=false"); err != nil {
		return err
	}
	left, err := w.State(ctx)
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("still in the state of %s: %v", filepath.Base(w.Dir), left)
	}
	return err
}
