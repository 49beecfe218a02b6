package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// run is one run of a Runner. Its fields belong to the goroutine of loop; the steps of stacks run beside it and hand
// back what it is to do.
type run struct {
	*Runner
	*board
	verb  Verb
	tasks []*task
	plans string // the folder of the plan files

	ended   chan func() // what to do now that a step of a stack has ended
	running int         // steps
	asked   []*task     // those whose plans somebody is asked about
	answers chan answer
	beats   <-chan time.Time
	aheads  sync.WaitGroup // inits of stacks that wait

	stopped  bool  // nothing new is begun
	declined error // why it was not said yes
	refused  error // why the review refused
}

// loop begins what can be begun, until nothing runs and nothing more can be.
func (r *run) loop(ctx context.Context) {
	defer r.aheads.Wait()
	interrupted := ctx.Done()
	for {
		if ctx.Err() != nil && interrupted != nil {
			interrupted, r.stopped = nil, true
			r.emit(Event{Type: Interrupted})
		}
		r.settleUpstreamFailed()
		if !r.stopped {
			r.begin(ctx)
			r.ask(ctx)
		}
		if r.running == 0 && (r.asked == nil || r.stopped) {
			return
		}
		select {
		case handle := <-r.ended:
			r.running--
			handle()
		case answer := <-r.answers:
			r.answered(answer)
		case <-r.beats:
			r.beat(r.tasks)
		case <-interrupted:
		}
	}
}

// begin applies and plans as many of the stacks whose turn it is as there is room for.
func (r *run) begin(ctx context.Context) {
	for _, t := range r.tasks {
		switch {
		case r.running >= r.room():
			return
		case t.state == approved:
			r.step(t, applying, "applying", func() func() { return r.apply(ctx, t) })
			r.prepareAhead(ctx)
		case t.ready() && r.verb == Deploy && r.Saved != nil:
			r.step(t, planning, "reading the plan", func() func() { return r.take(ctx, t) })
		case t.ready():
			r.step(t, planning, "planning", func() func() { return r.plan(ctx, t) })
		}
	}
}

func (r *run) room() int {
	if r.SideBySide == 0 {
		return defaultSideBySide
	}
	return r.SideBySide
}

// step runs a step of a stack beside the loop. The step returns what the loop is to do with what came of it.
func (r *run) step(t *task, state state, doing string, do func() func()) {
	t.state = state
	r.running++
	r.doing(t.stack.Name, doing)
	go func() {
		handle := do()
		r.doing(t.stack.Name, "")
		r.ended <- handle
	}()
}

// settleUpstreamFailed settles what comes after a stack that failed, directly or not: tasks are in their order.
func (r *run) settleUpstreamFailed() {
	for _, t := range r.tasks {
		if t.state == waiting && slices.ContainsFunc(t.before, (*task).broken) {
			t.settle(OutcomeUpstreamFailed, nil)
		}
	}
}

// failed settles a stack that ended in an error. What was interrupted has not failed, unless Terraform had to be
// killed.
func (r *run) failed(ctx context.Context, t *task, interrupted Outcome, err error) {
	if ctx.Err() != nil && !isKilled(err) {
		t.settle(interrupted, nil)
		return
	}
	t.settle(OutcomeFailed, err)
	r.emit(Event{Type: Failed, Stack: t.stack.Name, Text: err.Error()})
}

func (r *run) order() []Place {
	var places []Place
	for _, t := range r.tasks {
		place := Place{Stack: t.stack.Name, Region: t.stack.Region}
		for _, before := range t.before {
			place.After = append(place.After, before.stack.Name)
		}
		places = append(places, place)
	}
	return places
}

func (r *run) results() []Result {
	var results []Result
	for _, t := range r.tasks {
		result := Result{Stack: t.stack.Name, Outcome: t.outcome, Counts: t.counts, Seconds: t.took.Seconds()}
		if t.state != settled {
			result.Outcome = OutcomeNotBegun
		}
		if result.Outcome == OutcomeNotBegun || result.Outcome == OutcomeUpstreamFailed {
			result.Because = t.because()
		}
		results = append(results, result)
	}
	return results
}

// err joins the causes. A run that was interrupted or declined is not done, even where nothing failed.
func (r *run) err(ctx context.Context) error {
	var causes []error
	for _, t := range r.tasks {
		if t.err != nil {
			causes = append(causes, fmt.Errorf("%s: %w", t.stack.Name, t.err))
		}
	}
	if r.refused != nil {
		causes = append(causes, r.refused)
	}
	switch {
	case ctx.Err() != nil:
		causes = append(causes, &interruptedError{ctx.Err()})
	case r.declined != nil:
		causes = append(causes, r.declined)
	}
	return errors.Join(causes...)
}
