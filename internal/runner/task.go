package runner

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// state is where a stack is in a run.
type state int

const (
	waiting  state = iota // for those before it, or for its turn
	planning              // its plan is being made
	planned               // its plan waits for an answer
	approved              // its plan waits for its turn
	applying              // its plan is being applied
	settled               // its outcome is known
)

// task is a stack in a run.
type task struct {
	stack   order.Stack
	before  []*task
	state   state
	outcome Outcome // of a settled one
	err     error
	counts  terraform.Counts
	changes []Change // of its plan
	plan    []byte   // in Terraform's JSON form, until it is reviewed
	took    time.Duration
	stale   int  // how often its plan went stale
	ahead   bool // its folder is initialized while it waits
}

// newTasks are the tasks of stacks in the order of a run, which is backwards for a destroy. Stacks that are not among
// them count as done.
func newTasks(stacks []order.Stack, backwards bool) ([]*task, error) {
	byName := map[string]*task{}
	var tasks []*task
	for _, stack := range stacks {
		if byName[stack.Name] != nil {
			return nil, fmt.Errorf("stack %q is in the run twice", stack.Name)
		}
		t := &task{stack: stack}
		byName[stack.Name] = t
		tasks = append(tasks, t)
	}
	for _, t := range tasks {
		for _, name := range t.stack.After {
			before := byName[name]
			switch {
			case before == nil:
			case backwards:
				before.before = append(before.before, t)
			default:
				t.before = append(t.before, before)
			}
		}
	}
	if backwards {
		slices.Reverse(tasks)
	}
	return tasks, acyclic(tasks)
}

// acyclic is an error where stacks wait for each other, for then none of them would ever begin.
func acyclic(tasks []*task) error {
	done := map[*task]bool{}
	for range tasks {
		for _, t := range tasks {
			if !slices.ContainsFunc(t.before, func(before *task) bool { return !done[before] }) {
				done[t] = true
			}
		}
	}
	var circle []string
	for _, t := range tasks {
		if !done[t] {
			circle = append(circle, t.stack.Name)
		}
	}
	if circle != nil {
		return fmt.Errorf("stacks wait for each other: %s", strings.Join(circle, ", "))
	}
	return nil
}

// ready is whether all before it are done.
func (t *task) ready() bool {
	return t.state == waiting && !slices.ContainsFunc(t.before, func(before *task) bool { return !before.done() })
}

func (t *task) done() bool {
	return t.state == settled && (t.outcome == OutcomeApplied || t.outcome == OutcomeUnchanged)
}

// broken is whether nothing that comes after it can be begun in this run.
func (t *task) broken() bool {
	bad := []Outcome{OutcomeFailed, OutcomeRefused, OutcomeUpstreamFailed}
	return t.state == settled && slices.Contains(bad, t.outcome)
}

func (t *task) settle(outcome Outcome, err error) {
	t.state, t.outcome, t.err = settled, outcome, err
}

// because are the names of what kept it from being begun: those before it that are not done yet, or where something
// failed, that.
func (t *task) because() []string {
	var names []string
	for _, before := range t.before {
		switch {
		case before.state == settled && before.outcome == OutcomeUpstreamFailed:
			names = append(names, before.because()...)
		case before.broken(), t.outcome != OutcomeUpstreamFailed && !before.done():
			names = append(names, before.stack.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
