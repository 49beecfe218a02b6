package runner

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
)

// planned runs Plan and leaves its plans in a folder.
func (w *world) planned(t *testing.T) *Saved {
	t.Helper()
	r, _ := w.runner()
	r.Save = &Saved{Dir: t.TempDir(), Target: "b"}
	if _, err := r.Run(t.Context(), Plan, chain); err != nil {
		t.Fatal(err)
	}
	saved, err := ReadSaved(r.Save.Dir)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// deploySaved deploys those stacks that saved plans would change, as `titan deploy --plans` does.
func (w *world) deploySaved(t *testing.T, saved *Saved) (string, error) {
	t.Helper()
	r, _ := w.runner()
	r.Saved = saved
	stacks := chain[:0:0]
	for _, stack := range chain {
		if saved.of(stack.Name) != nil {
			stacks = append(stacks, stack)
		}
	}
	results, err := r.Run(t.Context(), Deploy, stacks)
	return outcomes(results), err
}

func TestWhatWasPlannedIsAppliedAndNothingElse(t *testing.T) {
	w := newWorld()
	saved := w.planned(t)
	if got := strings.Join(saved.With(OutcomePlanned), " "); got != "a e" {
		t.Errorf("planned %q", got)
	}
	if got := strings.Join(saved.With(OutcomeNotBegun), " "); got != "b c d" {
		t.Errorf("not planned %q", got)
	}
	summary, err := os.ReadFile(filepath.Join(saved.Dir, summaryFile))
	if want := "a: 1 to add, 0 to change, 0 to destroy\nb: not planned, it comes after a\n" +
		"c: not planned, it comes after b\nd: not planned, it comes after b\ne: 1 to add, 0 to change, 0 to destroy\n"; err != nil || string(summary) != want {
		t.Errorf("the summary is\n%s%v", summary, err)
	}
	w.calls = nil
	if got, err := w.deploySaved(t, saved); err != nil || got != "a applied, e applied" {
		t.Errorf("%s, %v", got, err)
	}
	if got := w.noted(); strings.Contains(got, "plan") || !strings.Contains(got, "apply a") {
		t.Errorf("called %s", got) // the fake refuses another plan file than it made
	}
	if saved = w.planned(t); saved.Plans[0].Outcome != OutcomeUnchanged || saved.Plans[1].Outcome != OutcomePlanned {
		t.Errorf("the next plans are %+v", saved.Plans)
	}
}

func TestAStaleSavedPlanIsNotMadeAnew(t *testing.T) {
	w := newWorld()
	saved := w.planned(t)
	w.calls = nil
	w.stack["a"].apply = func(context.Context) error { return terraform.ErrStalePlan }
	got, err := w.deploySaved(t, saved)
	if got != "a failed, e applied" || err == nil || !strings.Contains(err.Error(), "plan it again") {
		t.Errorf("%s, %v", got, err)
	}
	if strings.Contains(w.noted(), "plan a") {
		t.Errorf("another plan was made than the one agreed to: %s", w.noted())
	}
}

// What failed leaves no list, so that nobody applies the half of it.
func TestAFailedPlanIsNotSaved(t *testing.T) {
	w := newWorld()
	w.stack["e"].plan = func() error { return terraform.ErrKilled }
	r, _ := w.runner()
	r.Save = &Saved{Dir: t.TempDir()}
	if _, err := r.Run(t.Context(), Plan, chain); err == nil {
		t.Error("it did not fail")
	}
	if _, err := ReadSaved(r.Save.Dir); err == nil || !strings.Contains(err.Error(), "--out") {
		t.Errorf("got %v", err)
	}
}
