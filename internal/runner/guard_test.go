package runner

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

func TestAStalePlanIsMadeAndAskedAboutAnew(t *testing.T) {
	w := newWorld()
	times := 0
	w.stack["b"].apply = func(context.Context) error {
		if times++; times == 1 {
			return fmt.Errorf("terraform apply: %w", terraform.ErrStalePlan)
		}
		return nil
	}
	r, view := w.runner()
	asked := 0
	r.Ask = func(question string) (bool, error) {
		asked += strings.Count(question, "plan of b ")
		return true, nil
	}
	results, err := r.Run(t.Context(), Deploy, chain)
	if err != nil {
		t.Fatal(err)
	}
	expectOutcomes(t, results, "a applied, b applied, c applied, d applied, e applied")
	if asked != 2 || strings.Count(w.noted(), "plan b") != 2 || len(view.of(Stale)) != 1 {
		t.Errorf("asked %d times; %s", asked, w.noted())
	}
}

func TestAPlanThatIsAlwaysStaleFails(t *testing.T) {
	w := newWorld()
	w.stack["b"].apply = func(context.Context) error { return terraform.ErrStalePlan }
	r, _ := w.runner()
	results, err := r.Run(t.Context(), Deploy, chain)
	expectOutcomes(t, results, "a applied, b failed, c upstream failed, d upstream failed, e applied")
	if !errors.Is(err, terraform.ErrStalePlan) || strings.Count(w.noted(), "apply b") != mostStale {
		t.Errorf("%v; %s", err, w.noted())
	}
}

func TestHooksStandBetweenStacks(t *testing.T) {
	w := newWorld()
	w.stack["a"].made = true
	r, view := w.runner()
	hook := func(when string) Hook {
		return func(_ context.Context, step Step) error {
			w.note(when + " " + step.Stack.Name)
			step.Say(when + " " + string(step.Verb))
			return nil
		}
	}
	r.Before = map[order.Kind]Hook{order.Global: hook("before")}
	r.After = map[order.Kind]Hook{order.Second: hook("after"), order.Environment: hook("after")}
	part := order.Part(chain, func(stack order.Stack) bool { return stack.Name < "d" })
	if _, err := r.Run(t.Context(), Deploy, part); err != nil {
		t.Fatal(err)
	}
	want := "plan a, after a, plan b, apply b, after b, before c, plan c, apply c" // also after an empty plan: a run may have ended before the hook
	if got := w.noted(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if said := view.of(Note); len(said) != 3 || said[2].Text != "before deploy" || said[2].Stack != "c" {
		t.Errorf("said: %v", said)
	}
	w.calls = nil
	if _, err := r.Run(t.Context(), Plan, part); err != nil {
		t.Fatal(err)
	}
	if got := w.noted(); got != "plan a, plan b, before c, plan c" {
		t.Errorf("planning called %s", got)
	}
	r.Before[order.Global] = func(context.Context, Step) error { return errors.New("out of sync") }
	results, err := r.Run(t.Context(), Deploy, part)
	expectOutcomes(t, results, "a unchanged, b unchanged, c failed")
	if err == nil || err.Error() != "c: out of sync" {
		t.Errorf("got %v", err)
	}
}

func TestAHookBeforeAnApplyKnowsWhatWouldChangeAndComesAfterTheAnswer(t *testing.T) {
	w := newWorld()
	r, _ := w.runner()
	r.Ask = func(string) (bool, error) { w.note("ask"); return true, nil }
	r.BeforeApply = map[order.Kind]Hook{order.Environment: func(_ context.Context, step Step) error {
		for _, change := range step.Changes {
			w.note(fmt.Sprintf("before %s %s", change.Action, change.Address))
		}
		step.Say("starting what is stopped")
		return nil
	}}
	only := order.Part(chain, func(stack order.Stack) bool { return stack.Name == "b" })
	if _, err := r.Run(t.Context(), Deploy, only); err != nil {
		t.Fatal(err)
	}
	if got, want := w.noted(), "plan b, ask, before create thing.b, apply b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	w.calls = nil
	if _, err := r.Run(t.Context(), Deploy, only); err != nil || w.noted() != "plan b" {
		t.Errorf("without a change: %s, %v", w.noted(), err)
	}
	w.stack["b"].made = false
	r.BeforeApply[order.Environment] = func(context.Context, Step) error { return errors.New("does not start") }
	results, err := r.Run(t.Context(), Deploy, only)
	expectOutcomes(t, results, "b failed")
	if err == nil || err.Error() != "b: does not start" || w.stack["b"].made {
		t.Errorf("applied in spite of it: %v", err)
	}
}

func TestWarningsAreShown(t *testing.T) {
	w := newWorld()
	w.stack["a"].message = terraform.Message{
		Diagnostic: terraform.Diagnostic{Severity: "warning", Summary: "Deprecated", Address: "x.y"},
	}
	r, view := w.runner()
	if _, err := r.Run(t.Context(), Plan, chain[:1]); err != nil {
		t.Fatal(err)
	}
	if shown := view.of(Warned); len(shown) != 1 || shown[0].Text != "Deprecated" || shown[0].Stack != "a" {
		t.Errorf("shown: %v", shown)
	}
}
