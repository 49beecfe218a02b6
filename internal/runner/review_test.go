package runner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// proposed is a proposal in a line: its plans, and what waits.
func proposed(p Proposal) string {
	var parts []string
	for _, planned := range p.Plans {
		parts = append(parts, string(planned.Plan))
	}
	for _, wait := range p.Waits {
		parts = append(parts, fmt.Sprintf("%s waits for %s", wait.Stack, strings.Join(wait.For, " and ")))
	}
	return strings.Join(parts, ", ")
}

// reviewed is a Runner whose review notes what is proposed to it.
func (w *world) reviewed(verdict func(Proposal) (Verdict, error)) (*Runner, *events) {
	r, view := w.runner()
	r.Review = func(_ context.Context, p Proposal) (Verdict, error) {
		w.note("review " + proposed(p))
		return verdict(p)
	}
	return r, view
}

func nothingFound(p Proposal) (Verdict, error) { return Verdict{Text: "reviewed " + proposed(p)}, nil }

func refusing(stack string) func(Proposal) (Verdict, error) {
	return func(p Proposal) (Verdict, error) {
		verdict, _ := nothingFound(p)
		if strings.Contains(proposed(p), "plan of "+stack) {
			verdict.Refused = errors.New("found something")
		}
		return verdict, nil
	}
}

func reviews(w *world) string {
	var lines []string
	for _, call := range w.calls {
		if text, is := strings.CutPrefix(call, "review "); is {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}

// What can be planned at once is reviewed as one, and what waited for it after that.
func TestPlansAreReviewedTogether(t *testing.T) {
	w := newWorld()
	r, view := w.reviewed(nothingFound)
	if _, err := r.Run(t.Context(), Deploy, chain); err != nil {
		t.Fatal(err)
	}
	want := `plan of a, plan of e, b waits for a, c waits for b, d waits for b
plan of b, c waits for b, d waits for b
plan of c, plan of d`
	if diff := cmp.Diff(want, reviews(w)); diff != "" {
		t.Error(diff)
	}
	if shown := view.of(Reviewed); len(shown) != 3 || shown[2].Text != "reviewed plan of c, plan of d" {
		t.Errorf("shown: %v", shown)
	}

	w.calls = nil
	if _, err := r.Run(t.Context(), Destroy, chain); err != nil {
		t.Fatal(err)
	}
	want = `plan of e, plan of d, plan of c, b waits for c and d, a waits for b
plan of b, a waits for b
plan of a`
	if diff := cmp.Diff(want, reviews(w)); diff != "" {
		t.Error(diff)
	}
}

// Every apply has its plan reviewed after it was made: nothing is applied unreviewed.
func TestNothingIsAppliedUnreviewed(t *testing.T) {
	w := newWorld()
	times := 0
	w.stack["b"].apply = func(context.Context) error {
		if times++; times == 1 {
			return terraform.ErrStalePlan
		}
		return nil
	}
	r, _ := w.reviewed(nothingFound)
	if _, err := r.Run(t.Context(), Deploy, chain); err != nil {
		t.Fatal(err)
	}
	reviewed := map[string]bool{}
	for _, call := range w.calls {
		verb, rest, _ := strings.Cut(call, " ")
		switch verb {
		case "plan":
			delete(reviewed, rest)
		case "review":
			for _, stack := range chain {
				reviewed[stack.Name] = reviewed[stack.Name] || strings.Contains(rest, "plan of "+stack.Name)
			}
		case "apply":
			if !reviewed[rest] {
				t.Errorf("%s was applied unreviewed: %s", rest, w.noted())
			}
		}
	}
	if times != 2 {
		t.Errorf("b was applied %d times", times)
	}
}

func TestARefusalEndsTheRun(t *testing.T) {
	w := newWorld()
	r, _ := w.reviewed(refusing("a"))
	r.Ask = func(string) (bool, error) { t.Error("asked about what is refused"); return true, nil }
	results, err := r.Run(t.Context(), Deploy, chain)
	expectOutcomes(t, results, "a refused, b upstream failed, c upstream failed, d upstream failed, e refused")
	if err == nil || err.Error() != "found something" || strings.Contains(w.noted(), "apply") {
		t.Errorf("%v; %s", err, w.noted())
	}

	r, _ = w.reviewed(refusing("b"))
	results, err = r.Run(t.Context(), Deploy, chain)
	expectOutcomes(t, results, "a applied, b refused, c upstream failed, d upstream failed, e applied")
	if err == nil || strings.Contains(w.noted(), "apply b") {
		t.Errorf("%v; %s", err, w.noted())
	}

	r, _ = w.reviewed(func(Proposal) (Verdict, error) { return Verdict{}, errors.New("it is empty") })
	results, err = r.Run(t.Context(), Deploy, chain)
	expectOutcomes(t, results, "a unchanged, b refused, c upstream failed, d upstream failed, e unchanged")
	if err == nil || err.Error() != "reviewing the plans: it is empty" {
		t.Errorf("got %v", err)
	}
}

// While a stack is applied, what another one waited for is reviewed and refused: the apply ends well.
func TestWhatIsBeingAppliedIsNotRefused(t *testing.T) {
	w := newWorld()
	refused := make(chan struct{})
	w.stack["e"].apply = func(context.Context) error { soon(t, "the refusal", refused); return nil }
	r, _ := w.reviewed(func(p Proposal) (Verdict, error) {
		if strings.Contains(proposed(p), "plan of b") {
			close(refused)
		}
		return refusing("b")(p)
	})
	results, err := r.Run(t.Context(), Deploy, chain)
	expectOutcomes(t, results, "a applied, b refused, c upstream failed, d upstream failed, e applied")
	if err == nil {
		t.Error("no error")
	}
}

func TestSavedPlansAreReviewedAndAPlanAloneIsNot(t *testing.T) {
	w := newWorld()
	saved := w.planned(t)
	r, _ := w.reviewed(refusing("a"))
	r.Saved = saved
	stacks := order.Part(chain, func(stack order.Stack) bool { return saved.of(stack.Name) != nil })
	if _, err := r.Run(t.Context(), Deploy, stacks); err == nil || strings.Contains(w.noted(), "apply") {
		t.Errorf("%v; %s", err, w.noted())
	}
	if got := reviews(w); got != "plan of a, plan of e" {
		t.Errorf("reviewed %s", got)
	}
	w.calls = nil
	if _, err := r.Run(t.Context(), Plan, chain); err != nil || reviews(w) != "" {
		t.Errorf("%v; %s", err, w.noted())
	}
}

func TestTheScreenOfAReviewedRun(t *testing.T) {
	w := newWorld()
	r, _ := w.reviewed(func(p Proposal) (Verdict, error) {
		return Verdict{Text: "Review of " + proposed(p) + "\n", Remark: "what 2 resources hold is lost"}, nil
	})
	var screen bytes.Buffer
	human := NewHuman(&screen)
	human.WithoutChanges = true
	start := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	r.View, r.Now, r.SideBySide = human, func() time.Time { return start }, 1
	r.Ask = func(question string) (bool, error) { screen.WriteString(question + "\n"); return true, nil }
	part := order.Part(chain, func(stack order.Stack) bool { return stack.Name < "c" })
	if _, err := r.Run(t.Context(), Deploy, part); err != nil {
		t.Fatal(err)
	}
	want := `deploy, in this order:
  a  eu-central-1
  b  eu-west-1       after a

      0s  a  planning
      0s  a  1 to add, 0 to change, 0 to destroy

Review of plan of a, b waits for a

planned after that:
  b  waits for a

Apply the plan of a (1 to add, 0 to change, 0 to destroy; what 2 resources hold is lost)?
      0s  a  applying
      0s  a  a: 1 of 1
      0s  a  applied in 0s: 1 added, 0 changed, 0 destroyed
      0s  b  planning
      0s  b  1 to add, 0 to change, 0 to destroy

Review of plan of b

Apply the plan of b (1 to add, 0 to change, 0 to destroy; what 2 resources hold is lost)?
      0s  b  applying
      0s  b  b: 1 of 1
      0s  b  applied in 0s: 1 added, 0 changed, 0 destroyed

  a  applied
  b  applied
deploy ended after 0s
`
	if diff := cmp.Diff(want, screen.String()); diff != "" {
		t.Error(diff)
	}
}
