package runner

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

func TestAStackIsPlannedOnceAllBeforeItAreApplied(t *testing.T) {
	w := newWorld()
	r, _ := w.runner()
	results, err := r.Run(t.Context(), Deploy, chain)
	if err != nil {
		t.Fatal(err)
	}
	expectOutcomes(t, results, "a applied, b applied, c applied, d applied, e applied")
	for _, pair := range [][2]string{{"apply a", "plan b"}, {"apply b", "plan c"}, {"apply b", "plan d"}} {
		if w.at(t, pair[0]) > w.at(t, pair[1]) {
			t.Errorf("%s came before %s: %s", pair[1], pair[0], w.noted())
		}
	}
	results, err = r.Run(t.Context(), Deploy, chain)
	if err != nil {
		t.Fatal(err)
	}
	expectOutcomes(t, results, "a unchanged, b unchanged, c unchanged, d unchanged, e unchanged")
}

func TestIndependentStacksRunSideBySide(t *testing.T) {
	w := newWorld()
	met := make(chan struct{}, 2)
	here := map[string]chan struct{}{"c": make(chan struct{}), "d": make(chan struct{})}
	meet := func(mine, others string) func(context.Context) error {
		return func(context.Context) error {
			close(here[mine])
			soon(t, others+" beside "+mine, here[others])
			met <- struct{}{}
			return nil
		}
	}
	w.stack["c"].apply, w.stack["d"].apply = meet("c", "d"), meet("d", "c")
	r, _ := w.runner()
	if _, err := r.Run(t.Context(), Deploy, chain); err != nil || len(met) != 2 {
		t.Errorf("%d met: %v", len(met), err)
	}
}

func TestNoMoreRunSideBySideThanAllowed(t *testing.T) {
	w := newWorld()
	running := make(chan struct{}, 1)
	for _, f := range w.stack {
		f.apply = func(context.Context) error {
			select {
			case running <- struct{}{}:
			default:
				t.Error("two run at once")
			}
			<-running
			return nil
		}
	}
	r, _ := w.runner()
	r.SideBySide = 1
	if _, err := r.Run(t.Context(), Deploy, chain); err != nil {
		t.Error(err)
	}
}

func TestPlansThatAreThereAreAskedAboutTogether(t *testing.T) {
	w := newWorld()
	r, view := w.runner()
	var asked []string
	r.Ask = func(question string) (bool, error) { asked = append(asked, question); return true, nil }
	if _, err := r.Run(t.Context(), Deploy, chain); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Apply the plans of a and e (2 to add, 0 to change, 0 to destroy)?",
		"Apply the plan of b (1 to add, 0 to change, 0 to destroy)?",
		"Apply the plans of c and d (2 to add, 0 to change, 0 to destroy)?",
	}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Error(diff)
	}
	waits := []Wait{{"b", []string{"a"}}, {"c", []string{"b"}}, {"d", []string{"b"}}}
	if diff := cmp.Diff(waits, view.of(Asking)[0].Waits); diff != "" {
		t.Error(diff)
	}
}

func TestANoEndsTheRun(t *testing.T) {
	w := newWorld()
	r, view := w.runner()
	r.Ask = func(question string) (bool, error) { return !strings.Contains(question, " b "), nil }
	results, err := r.Run(t.Context(), Deploy, chain)
	if !errors.Is(err, ErrDeclined) {
		t.Errorf("got %v", err)
	}
	expectOutcomes(t, results, "a applied, b planned, c not begun, d not begun, e applied")
	if answers := view.of(Answered); len(answers) != 2 || answers[1].Text != "no" {
		t.Errorf("answers: %v", answers)
	}
	broken := errors.New("no terminal")
	r.Ask = func(string) (bool, error) { return false, broken }
	if _, err := r.Run(t.Context(), Deploy, chain); !errors.Is(err, broken) || errors.Is(err, ErrDeclined) {
		t.Errorf("got %v", err)
	}
}

func TestWhatComesAfterAFailureIsLeftAlone(t *testing.T) {
	w := newWorld()
	lock := &terraform.LockError{ID: "1"}
	w.stack["b"].apply = func(context.Context) error { return lock }
	r, view := w.runner()
	results, err := r.Run(t.Context(), Deploy, chain)
	expectOutcomes(t, results, "a applied, b failed, c upstream failed, d upstream failed, e applied")
	var locked *terraform.LockError
	if !errors.As(err, &locked) || err.Error() != "b: "+lock.Error() {
		t.Errorf("the one cause is lost: %v", err)
	}
	if failures := view.of(Failed); len(failures) != 1 || failures[0].Stack != "b" {
		t.Errorf("failures shown: %v", failures)
	}
	if strings.Contains(w.noted(), "plan c") || strings.Contains(w.noted(), "plan d") {
		t.Errorf("what comes after was begun: %s", w.noted())
	}
	w.stack["b"].apply = nil
	results, err = r.Run(t.Context(), Deploy, chain) // goes on with what is missing
	if err != nil {
		t.Error(err)
	}
	expectOutcomes(t, results, "a unchanged, b applied, c applied, d applied, e unchanged")
}

func TestIndependentFailuresAreAllTold(t *testing.T) {
	w := newWorld()
	for _, name := range []string{"a", "e"} {
		w.stack[name].plan = func() error { return errors.New("no " + name) }
	}
	r, _ := w.runner()
	results, err := r.Run(t.Context(), Deploy, chain)
	expectOutcomes(t, results, "a failed, b upstream failed, c upstream failed, d upstream failed, e failed")
	if err == nil || err.Error() != "a: no a\ne: no e" {
		t.Errorf("got %v", err)
	}
}

func TestPlanStopsAtWhatWouldChange(t *testing.T) {
	w := newWorld()
	w.stack["a"].made = true
	r, _ := w.runner()
	r.Ask = func(string) (bool, error) { t.Error("somebody was asked"); return false, nil }
	results, err := r.Run(t.Context(), Plan, chain)
	if err != nil {
		t.Fatal(err)
	}
	expectOutcomes(t, results, "a unchanged, b planned, c not begun, d not begun, e planned")
	if diff := cmp.Diff([]string{"b"}, results[2].Because); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(w.noted(), "apply") {
		t.Errorf("something was applied: %s", w.noted())
	}
}

func TestDestroyGoesBackwards(t *testing.T) {
	w := newWorld()
	for _, f := range w.stack {
		f.made = true
	}
	r, _ := w.runner()
	results, err := r.Run(t.Context(), Destroy, chain)
	if err != nil {
		t.Fatal(err)
	}
	expectOutcomes(t, results, "e applied, d applied, c applied, b applied, a applied")
	for _, pair := range [][2]string{{"apply c", "plan b"}, {"apply d", "plan b"}, {"apply b", "plan a"}} {
		if w.at(t, pair[0]) > w.at(t, pair[1]) {
			t.Errorf("%s came before %s: %s", pair[1], pair[0], w.noted())
		}
	}
}

func TestDestroyLeavesNothing(t *testing.T) {
	w := newWorld()
	for _, f := range w.stack {
		f.made = true
	}
	w.stack["b"].keeps = true
	r, _ := w.runner()
	results, err := r.Run(t.Context(), Destroy, chain)
	expectOutcomes(t, results, "e applied, d applied, c applied, b failed, a upstream failed")
	if err == nil || err.Error() != "b: its state still holds thing.b" {
		t.Errorf("got %v", err)
	}
}

func TestOrderThatCantBeIsRefused(t *testing.T) {
	r, _ := newWorld().runner()
	for want, stacks := range map[string][]order.Stack{
		`stack "a" is in the run twice`: {{Name: "a"}, {Name: "a"}},
		"stacks wait for each other: b, c": {{Name: "a"}, {Name: "b", After: []string{"c"}},
			{Name: "c", After: []string{"b"}}},
		"stacks wait for each other: a": {{Name: "a", After: []string{"a"}}},
	} {
		if _, err := r.Run(t.Context(), Deploy, stacks); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
