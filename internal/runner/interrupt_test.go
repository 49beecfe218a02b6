package runner

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
)

func TestAnInterruptedRunIsGoneOnWith(t *testing.T) {
	w := newWorld()
	ctx, interrupt := context.WithCancel(t.Context())
	w.stack["b"].apply = func(ctx context.Context) error {
		interrupt()
		<-ctx.Done()
		return errors.New("terraform apply: exit status 1")
	}
	r, view := w.runner()
	results, err := r.Run(ctx, Deploy, chain)
	if !errors.Is(err, context.Canceled) || err.Error() != "interrupted: run it again, and it plans anew and goes on" {
		t.Errorf("got %v", err)
	}
	expectOutcomes(t, results, "a applied, b interrupted, c not begun, d not begun, e applied")
	if len(view.of(Interrupted)) != 1 || len(view.of(Failed)) != 0 {
		t.Errorf("shown: %v", view.list)
	}
	w.stack["b"].apply = nil
	results, err = r.Run(t.Context(), Deploy, chain)
	if err != nil {
		t.Error(err)
	}
	expectOutcomes(t, results, "a unchanged, b applied, c applied, d applied, e unchanged")
}

func TestAnApplyThatEndsWellWhileInterruptedIsDone(t *testing.T) {
	w := newWorld()
	ctx, interrupt := context.WithCancel(t.Context())
	w.stack["b"].apply = func(context.Context) error { interrupt(); return nil }
	r, _ := w.runner()
	results, err := r.Run(ctx, Deploy, chain)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	expectOutcomes(t, results, "a applied, b applied, c not begun, d not begun, e applied")
}

func TestATerraformThatHadToBeKilledHasFailed(t *testing.T) {
	w := newWorld()
	ctx, interrupt := context.WithCancel(t.Context())
	w.stack["b"].apply = func(context.Context) error {
		interrupt()
		return fmt.Errorf("terraform apply: %w", terraform.ErrKilled)
	}
	r, _ := w.runner()
	results, err := r.Run(ctx, Deploy, chain)
	if !errors.Is(err, terraform.ErrKilled) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	expectOutcomes(t, results, "a applied, b failed, c upstream failed, d upstream failed, e applied")
}

func TestAQuestionCanBeInterrupted(t *testing.T) {
	w := newWorld()
	ctx, interrupt := context.WithCancel(t.Context())
	r, _ := w.runner()
	never := make(chan struct{})
	defer close(never)
	r.Ask = func(string) (bool, error) { interrupt(); <-never; return true, nil }
	results, err := r.Run(ctx, Deploy, chain)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	expectOutcomes(t, results, "a not begun, b not begun, c not begun, d not begun, e not begun")
}

// Plans that were made as the run was interrupted are neither reviewed nor applied.
func TestAReviewedRunIsInterruptedAndGoneOnWith(t *testing.T) {
	w := newWorld()
	ctx, interrupt := context.WithCancel(t.Context())
	w.stack["b"].plan = func() error { interrupt(); return nil }
	r, _ := w.reviewed(nothingFound)
	results, err := r.Run(ctx, Deploy, chain)
	if !errors.Is(err, context.Canceled) ||
		reviews(w) != "plan of a, plan of e, b waits for a, c waits for b, d waits for b" {
		t.Errorf("%v; reviewed %s", err, reviews(w))
	}
	expectOutcomes(t, results, "a applied, b not begun, c not begun, d not begun, e applied")
	w.stack["b"].plan, w.calls = nil, nil
	results, err = r.Run(t.Context(), Deploy, chain)
	if want := "plan of b, c waits for b, d waits for b\nplan of c, plan of d"; err != nil || reviews(w) != want {
		t.Errorf("%v; reviewed %s", err, reviews(w))
	}
	expectOutcomes(t, results, "a unchanged, b applied, c applied, d applied, e unchanged")
}

// TestWhatRunsGoesOnWhileAQuestionIsOpen has a stack applied, slowly, while somebody is asked about another: the
// answer waits for it to end.
func TestWhatRunsGoesOnWhileAQuestionIsOpen(t *testing.T) {
	w := newWorld()
	eApplying, eDone := make(chan struct{}), make(chan struct{})
	w.stack["e"].apply = func(context.Context) error {
		close(eApplying)
		soon(t, "the question about b", eDone)
		return nil
	}
	r, _ := w.runner()
	r.Ask = func(question string) (bool, error) {
		if question == "Apply the plan of b (1 to add, 0 to change, 0 to destroy)?" {
			soon(t, "the apply of e", eApplying)
			close(eDone)
		}
		return true, nil
	}
	if _, err := r.Run(t.Context(), Deploy, chain); err != nil {
		t.Error(err)
	}
}
