package runner

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/stacks/order"
)

// Proposal are the plans that somebody is asked about together.
type Proposal struct {
	Plans []PlannedStack // in the order of the run
	// Waits are the stacks that are planned, and proposed, once these plans are applied. None: this is the last proposal.
	Waits []Wait
	Asked bool // somebody is asked, and sees the review first
}

// PlannedStack is a stack whose plan would change something.
type PlannedStack struct {
	Stack order.Stack
	Plan  []byte // in Terraform's JSON form (`terraform show -json`)
}

// Wait is a stack that waits for others.
type Wait struct {
	Stack string   `json:"stack"`
	For   []string `json:"for"`
}

// Verdict is what a review says of a proposal.
type Verdict struct {
	Text     string           // shown before anybody is asked
	Findings []review.Finding // for programs
	Remark   string           // stands in the question, such as what is lost by a yes; may be empty
	Refused  error            // why none of the plans is applied, whoever says yes; nil where they may be
}

// Review judges a proposal. It is called for one at a time. An error, as of a plan that can't be read, refuses it.
type Review func(ctx context.Context, proposal Proposal) (Verdict, error)

func (r *run) reviewing() bool { return r.Review != nil && r.verb != Plan }

// review has the plans judged that are about to be asked about, and is whether they may be.
func (r *run) review(ctx context.Context, asked []*task, waits []Wait) (verdict Verdict, ok bool) {
	if !r.reviewing() {
		return Verdict{}, true
	}
	proposal := Proposal{Waits: waits, Asked: r.Ask != nil}
	for _, t := range asked {
		proposal.Plans = append(proposal.Plans, PlannedStack{t.stack, t.plan})
		t.plan = nil // it holds the state's values in clear
	}
	verdict, err := r.Review(ctx, proposal)
	if err != nil {
		verdict.Refused = fmt.Errorf("reviewing the plans: %w", err)
	}
	if verdict.Refused != nil {
		waits = nil // nothing is planned any more
	}
	if verdict.Text != "" {
		r.emit(Event{Type: Reviewed, Text: verdict.Text, Findings: verdict.Findings, Waits: waits})
	}
	if verdict.Refused == nil {
		return verdict, true
	}
	for _, t := range asked {
		t.settle(OutcomeRefused, nil)
	}
	r.stopped, r.refused = true, verdict.Refused
	return verdict, false
}

// waits are the stacks whose turn comes after what is being done.
func (r *run) waits() []Wait {
	var waits []Wait
	for _, t := range r.tasks {
		if t.state == waiting {
			waits = append(waits, Wait{t.stack.Name, t.because()})
		}
	}
	return waits
}
