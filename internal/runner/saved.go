package runner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/titan-platform/titan/internal/terraform"
)

// Names of what a run of Plan leaves in the folder Save, beside the plans.
const (
	savedFile   = "plans.json"
	summaryFile = "summary.txt" // a line a stack, for a person who is asked about them
)

// SavedPlan is what a run of Plan says of a stack.
type SavedPlan struct {
	Stack   string           `json:"stack"`
	Outcome Outcome          `json:"outcome"` // planned, unchanged, or not begun
	Counts  terraform.Counts `json:"counts"`
	Changes []Change         `json:"changes,omitempty"`
	Because []string         `json:"because,omitempty"` // what it waits for, where it was not begun
}

// Saved are the plans that a run of Plan left in a folder, for a run of Deploy. They hold the state's values in clear.
type Saved struct {
	Dir    string      `json:"-"` // absolute: Terraform runs in the stacks' folders
	Target string      `json:"target"`
	Plans  []SavedPlan `json:"plans"`
}

// ReadSaved reads what a run of Plan left in a folder.
func ReadSaved(dir string) (*Saved, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("reading the plans: %w", err)
	}
	content, err := os.ReadFile(filepath.Join(dir, savedFile))
	if err != nil {
		return nil, fmt.Errorf("reading the plans: %w; `plan TARGET --out %s` makes them", err, filepath.Base(dir))
	}
	saved := &Saved{Dir: dir}
	if err := json.Unmarshal(content, saved); err != nil {
		return nil, fmt.Errorf("reading the plans in %q: %w", dir, err)
	}
	return saved, nil
}

// With are the names of the stacks with an outcome, in their order.
func (s *Saved) With(outcome Outcome) []string {
	var names []string
	for _, plan := range s.Plans {
		if plan.Outcome == outcome {
			names = append(names, plan.Stack)
		}
	}
	return names
}

// File is where a stack's plan lies.
func (s *Saved) File(stack string) string { return planFile(s.Dir, stack) }

func planFile(dir, stack string) string { return filepath.Join(dir, stack+".tfplan") }

// of is a stack's plan, nil where there is none that would change something.
func (s *Saved) of(stack string) *SavedPlan {
	for i, plan := range s.Plans {
		if plan.Stack == stack && plan.Outcome == OutcomePlanned {
			return &s.Plans[i]
		}
	}
	return nil
}

// clear makes the folder, and takes the list of an earlier run away.
func (s *Saved) clear() error {
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return fmt.Errorf("making a folder for plans: %w", err)
	}
	if err := os.Remove(filepath.Join(s.Dir, savedFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("taking the earlier plans away: %w", err)
	}
	return nil
}

// write leaves the plans' list and summary beside them.
func (s *Saved) write() error {
	content, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("saving the plans: %w", err)
	}
	var summary strings.Builder
	for _, plan := range s.Plans {
		summary.WriteString(plan.line() + "\n")
	}
	for name, text := range map[string]string{savedFile: string(content) + "\n", summaryFile: summary.String()} {
		if err := os.WriteFile(filepath.Join(s.Dir, name), []byte(text), 0o600); err != nil {
			return fmt.Errorf("saving the plans: %w", err)
		}
	}
	return nil
}

// line says what a plan would do.
func (p SavedPlan) line() string {
	switch p.Outcome {
	case OutcomePlanned:
		return p.Stack + ": " + plannedChanges(p.Counts, p.Changes)
	case OutcomeUnchanged:
		return p.Stack + ": nothing to do"
	}
	return fmt.Sprintf("%s: not planned, it comes after %s", p.Stack, listed(p.Because))
}

// save lists what was planned. After a failure there is no list, so that nobody applies the half of it.
func (r *run) save(failed bool) error {
	if failed || r.verb != Plan || r.Save == nil {
		return nil
	}
	r.Save.Plans = nil
	for i, result := range r.results() {
		r.Save.Plans = append(r.Save.Plans, SavedPlan{
			Stack:   result.Stack,
			Outcome: result.Outcome,
			Counts:  result.Counts,
			Changes: r.tasks[i].changes,
			Because: result.Because,
		})
	}
	return r.Save.write()
}

// take takes a stack's plan from those that were saved.
func (r *run) take(ctx context.Context, t *task) func() {
	saved := r.Saved.of(t.stack.Name)
	plan, err := r.savedPlan(ctx, t, saved)
	return func() {
		if err != nil {
			r.failed(ctx, t, OutcomeNotBegun, err)
			return
		}
		t.state, t.counts, t.changes, t.plan = planned, saved.Counts, saved.Changes, plan
		r.emit(Event{Type: Planned, Stack: t.stack.Name, Counts: &t.counts, Changes: t.changes})
	}
}

// savedPlan is a saved plan as a review wants it. Terraform needs the providers to show one.
func (r *run) savedPlan(ctx context.Context, t *task, saved *SavedPlan) ([]byte, error) {
	if saved == nil {
		return nil, fmt.Errorf("there is no plan of it in %q", r.Saved.Dir)
	}
	if !r.reviewing() {
		return nil, nil
	}
	folder, err := r.prepare(ctx, t.stack)
	if err != nil {
		return nil, err
	}
	return r.shown(ctx, t, folder)
}
