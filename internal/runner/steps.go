package runner

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/terraform"
)

// mostStale is how often a stack is planned anew. More often, somebody else is at work on it all the time.
const mostStale = 3

func isKilled(err error) bool { return errors.Is(err, terraform.ErrKilled) }

func (r *run) planFile(t *task) string { return planFile(r.plans, t.stack.Name) }

// plan plans a stack.
func (r *run) plan(ctx context.Context, t *task) func() {
	var changes []Change
	var counts terraform.Counts
	watch := func(message terraform.Message) {
		switch {
		case message.Type == terraform.PlannedChangeMessage:
			changes = append(changes, Change{message.Change.Action, message.Change.Resource.Address, message.Change.Reason})
		case message.Type == terraform.SummaryMessage:
			counts = message.Changes
		case message.Diagnostic.Severity == "warning":
			warning := message.Diagnostic
			r.emit(Event{Type: Warned, Stack: t.stack.Name, Address: warning.Address, Text: warning.Summary})
		}
	}
	changed, plan, err := r.makePlan(ctx, t, watch)
	return func() {
		t.counts, t.changes, t.plan = counts, changes, plan
		switch {
		case err != nil:
			r.failed(ctx, t, OutcomeNotBegun, err)
			return
		case !changed:
			t.settle(OutcomeUnchanged, nil)
			r.emit(Event{Type: Unchanged, Stack: t.stack.Name})
			return
		}
		r.emit(Event{Type: Planned, Stack: t.stack.Name, Counts: &counts, Changes: changes})
		if t.state = planned; r.verb == Plan {
			t.settle(OutcomePlanned, nil)
		}
	}
}

// makePlan plans a stack, and shows the plan where it is to be reviewed.
func (r *run) makePlan(
	ctx context.Context, t *task, watch func(terraform.Message),
) (changed bool, plan []byte, err error) {
	if err := r.hook(ctx, r.Before, t, nil); err != nil {
		return false, nil, err
	}
	r.doing(t.stack.Name, "planning")
	r.emit(Event{Type: Planning, Stack: t.stack.Name})
	folder, err := r.prepare(ctx, t.stack)
	if err != nil {
		return false, nil, err
	}
	changed, err = folder.Plan(ctx, r.planFile(t), r.verb == Destroy, watch)
	if err != nil {
		return false, nil, err
	}
	if !changed {
		return false, nil, r.after(ctx, t)
	}
	plan, err = r.shown(ctx, t, folder)
	return true, plan, err
}

// shown is a plan as a review wants it, nil without one.
func (r *run) shown(ctx context.Context, t *task, folder Terraform) ([]byte, error) {
	if !r.reviewing() {
		return nil, nil
	}
	return folder.Show(ctx, r.planFile(t))
}

// apply applies the plan of a stack that was shown.
func (r *run) apply(ctx context.Context, t *task) func() {
	began := r.now()
	r.emit(Event{Type: Applying, Stack: t.stack.Name})
	var counts terraform.Counts
	err := r.hook(ctx, r.BeforeApply, t, t.changes)
	if err == nil {
		r.doing(t.stack.Name, "applying")
		err = r.applyPlan(ctx, t, &counts)
	}
	if err == nil && r.verb == Destroy {
		err = r.nothingLeft(ctx, t)
	}
	if err == nil {
		err = r.after(ctx, t)
	}
	took := r.now().Sub(began)
	return func() {
		t.took, t.counts = took, counts
		switch {
		case err == nil:
			t.settle(OutcomeApplied, nil)
			r.emit(Event{Type: Applied, Stack: t.stack.Name, Counts: &counts, Seconds: took.Seconds()})
		case errors.Is(err, terraform.ErrStalePlan) && r.mayPlanAnew(t) && ctx.Err() == nil:
			t.stale++
			t.state = waiting
			r.emit(Event{Type: Stale, Stack: t.stack.Name})
		default:
			r.failed(ctx, t, OutcomeInterrupted, err)
		}
	}
}

// applyPlan applies a plan file. A run that did not plan has not initialized the folder yet.
func (r *run) applyPlan(ctx context.Context, t *task, counts *terraform.Counts) error {
	folder, err := r.prepare(ctx, t.stack)
	if err != nil {
		return err
	}
	err = folder.Apply(ctx, r.planFile(t), func(message terraform.Message) {
		if message.Type == terraform.ApplyCompleteMessage {
			count(counts, message.Hook.Action)
		}
		r.heard(t.stack.Name, message)
	})
	if errors.Is(err, terraform.ErrStalePlan) && r.Saved != nil {
		return fmt.Errorf("%w; plan it again", err)
	}
	return err
}

// mayPlanAnew is whether a stale plan is made anew, and asked about anew.
func (r *run) mayPlanAnew(t *task) bool { return r.Saved == nil && t.stale+1 < mostStale }

// count counts what is done. What Terraform itself sums up is missing where an apply fails.
func count(counts *terraform.Counts, done terraform.Action) {
	switch done {
	case terraform.Create:
		counts.Add++
	case terraform.Update:
		counts.Change++
	case terraform.Delete:
		counts.Remove++
	}
}

// nothingLeft is an error where a destroyed stack's state still holds something.
func (r *run) nothingLeft(ctx context.Context, t *task) error {
	left, err := r.Terraform(t.stack).Resources(ctx)
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("its state still holds %s", strings.Join(left, ", "))
	}
	return err
}

func (r *run) after(ctx context.Context, t *task) error {
	if r.verb == Plan {
		return nil
	}
	return r.hook(ctx, r.After, t, nil)
}
