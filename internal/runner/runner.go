// Package runner takes stacks through Terraform in the order of their table: one Terraform a stack, independent
// stacks side by side.
//
// A stack is planned once all before it are applied, or have nothing to change. The plans that can be made are reviewed
// and asked about together, and those very plans are applied. What comes after a stack that failed is left alone; what
// does not goes on. Plans that a review refuses end the run.
// Nothing is remembered from run to run: after an interruption or a failure the next run plans anew, and finds done
// what is done.
package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// Verb is what a run does with its stacks.
type Verb string

// The verbs.
const (
	Plan    Verb = "plan"    // show what would change; what comes after a stack that would is left out
	Deploy  Verb = "deploy"  // plan and apply
	Destroy Verb = "destroy" // plan the destruction and apply it, the last stack first
)

// ErrDeclined says that the person who was asked did not say yes. What was applied before is.
var ErrDeclined = errors.New("not applied: the answer was not yes")

// interruptedError says that the run's context ended.
type interruptedError struct{ cause error }

func (e *interruptedError) Error() string {
	return "interrupted: run it again, and it plans anew and goes on"
}

func (e *interruptedError) Unwrap() error { return e.cause }

// Terraform is what a run needs of a stack's folder. Workspace makes it of a terraform.Workspace.
type Terraform interface {
	Init(ctx context.Context) error
	Plan(ctx context.Context, file string, destroy bool, watch func(terraform.Message)) (changes bool, err error)
	Show(ctx context.Context, file string) (plan []byte, err error)
	Apply(ctx context.Context, file string, watch func(terraform.Message)) error
	// Resources are what the state manages. It needs no Init.
	Resources(ctx context.Context) (addresses []string, err error)
}

// Runner runs stacks. Terraform, View and Now are required. It may be used for one run after another, not for two at
// once.
type Runner struct {
	Terraform func(order.Stack) Terraform
	View      View
	Now       func() time.Time

	// Ask asks a person whether to go on, and may be left behind when the run is interrupted. Nil is yes to everything.
	Ask func(question string) (bool, error)
	// Review judges the plans that would change something before anybody is asked about them, and not for Plan. Nil is no
	// review.
	Review Review
	// Before runs right before a stack of a kind is planned, once all before it are done, for Plan too: it waits or
	// looks, and changes nothing.
	Before map[order.Kind]Hook
	// BeforeApply runs right before a plan of a stack of a kind is applied that was said yes to. It may change things.
	BeforeApply map[order.Kind]Hook
	// After runs once a stack of a kind is applied or its plan was empty, not for Plan. It may change things, and must
	// find done what an interrupted run has done.
	After map[order.Kind]Hook
	// SideBySide is how many Terraforms run at once, each with a provider of its own. Default: 4.
	SideBySide int
	// Save is where Plan leaves its plans, for a Deploy with them as Saved. Nil is nowhere.
	Save *Saved
	// Saved are the plans that Deploy applies instead of making them. A stale one fails its stack: it is another plan
	// that was agreed to. Nil is none.
	Saved *Saved
	// Beat is called as a run begins; it ticks whenever the view should tell what is waited for. Nil is never.
	Beat func() <-chan time.Time

	inits    sync.Mutex // Terraform's plugin cache takes one init at a time (documentation, 'Provider Plugin Cache')
	prepared map[string]bool
}

// defaultSideBySide is enough for every environment's table; a Terraform with the AWS provider takes half a gigabyte.
const defaultSideBySide = 4

// Run takes stacks through a verb in the order of their After, and returns what came of each. What they come after and
// is not among them is taken to stand. The error joins the causes, each once: what failed, the review's where it
// refused, ErrDeclined where somebody said no, the context's where the run was interrupted.
func (r *Runner) Run(ctx context.Context, verb Verb, stacks []order.Stack) ([]Result, error) {
	tasks, err := newTasks(stacks, verb == Destroy)
	if err != nil {
		return nil, err
	}
	plans, discard, err := r.plansFolder(verb)
	if err != nil {
		return nil, err
	}
	defer discard()
	run := &run{
		Runner: r, board: newBoard(r.View, r.Now), verb: verb, tasks: tasks, plans: plans,
		ended: make(chan func()), answers: make(chan answer, 1),
	}
	if r.Beat != nil {
		run.beats = r.Beat()
	}
	run.emit(Event{Type: Begun, Verb: verb, Stacks: run.order()})
	run.loop(ctx)
	run.settleUpstreamFailed()
	results := run.results()
	run.emit(Event{Type: Finished, Verb: verb, Results: results})
	err = run.err(ctx)
	return results, errors.Join(err, run.save(err != nil))
}

// plansFolder is where the plan files of a run are, and what is done with it at the end.
func (r *Runner) plansFolder(verb Verb) (folder string, discard func(), err error) {
	switch {
	case verb == Plan && r.Save != nil:
		return r.Save.Dir, func() {}, r.Save.clear()
	case verb == Deploy && r.Saved != nil:
		return r.Saved.Dir, func() {}, nil
	}
	folder, err = os.MkdirTemp("", "titan-plans-") // a plan holds the state's values in clear
	if err != nil {
		return "", nil, fmt.Errorf("making a folder for plans: %w", err)
	}
	return folder, func() { _ = os.RemoveAll(folder) }, nil
}

// prepare initializes a stack's folder, once.
func (r *Runner) prepare(ctx context.Context, stack order.Stack) (Terraform, error) {
	r.inits.Lock()
	defer r.inits.Unlock()
	folder := r.Terraform(stack)
	if r.prepared[stack.Name] {
		return folder, nil
	}
	if err := folder.Init(ctx); err != nil {
		return nil, err
	}
	if r.prepared == nil {
		r.prepared = map[string]bool{}
	}
	r.prepared[stack.Name] = true
	return folder, nil
}
