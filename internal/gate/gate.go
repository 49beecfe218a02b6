// Package gate holds the plans of a run to a review: what that finds refuses them, until it is taken back or
// acknowledged.
package gate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/internal/runner"
)

// ErrRefused says that a review found what nobody has acknowledged.
var ErrRefused = errors.New("the review refuses the plans: take back what it found, or acknowledge it with --allow")

// Gate is what the plans of one run are held to.
type Gate struct {
	// Unfinished remembers what was agreed to in runs that were interrupted. Default: nothing does.
	Unfinished *Unfinished

	target string
	rules  review.Rules

	mutex  sync.Mutex // a proposal is reviewed while the stacks of an earlier one are applied
	agreed map[string]agreement

	seen bool
	idle []review.Allowance // that no proposal so far has needed
}

// New makes the gate of a run on a target. The rules' allowances are for all of the run: one is idle where no plan of
// it needed it. For a destruction, data-loss=TARGET acknowledges it where nobody is asked.
func New(verb runner.Verb, target string, rules review.Rules) *Gate {
	rules.Destroying = verb == runner.Destroy
	return &Gate{target: target, rules: rules, agreed: map[string]agreement{}}
}

// Review is the runner's. A destruction's question acknowledges that data is lost. A yes that nobody was asked for does
// not.
func (g *Gate) Review(_ context.Context, proposal runner.Proposal) (runner.Verdict, error) {
	var plans []review.Plan
	for _, planned := range proposal.Plans {
		plan, err := review.Read(bytes.NewReader(planned.Plan))
		if err != nil {
			return runner.Verdict{}, fmt.Errorf("stack %s: %w", planned.Stack.Name, err)
		}
		plan.Stack = planned.Stack.Name
		plans = append(plans, plan)
	}
	rules := g.rules
	rules.Allow = g.allowed()
	if g.Unfinished != nil && !rules.Destroying {
		rules.Resumed = g.Unfinished.resumed(proposal)
	}
	report := review.Review(plans, rules)
	g.agree(report.Changes, rules.Resumed)
	g.note(report.Idle)
	if report.Idle = nil; len(proposal.Waits) == 0 { // a plan to come may need it
		report.Idle = g.idle
	}
	var text strings.Builder
	if err := report.Human(&text); err != nil {
		return runner.Verdict{}, err
	}
	verdict := runner.Verdict{Text: text.String(), Findings: report.Findings, Remark: report.Lost()}
	switch {
	case report.ExitCode() != 0:
		verdict.Refused = ErrRefused
	case verdict.Remark != "" && !proposal.Asked && !slices.Contains(g.rules.Allow, g.loss()):
		verdict.Refused = fmt.Errorf("%s, which --yes does not acknowledge; add --allow %s", verdict.Remark, g.loss())
	}
	return verdict, nil
}

// loss acknowledges that a destruction of the target loses data.
func (g *Gate) loss() review.Allowance {
	return review.Allowance{Verdict: review.DataLoss, Address: g.target}
}

// allowed are the allowances of findings.
func (g *Gate) allowed() []review.Allowance {
	return slices.DeleteFunc(slices.Clone(g.rules.Allow), func(a review.Allowance) bool {
		return g.rules.Destroying && a == g.loss()
	})
}

func (g *Gate) note(idle []review.Allowance) {
	if !g.seen {
		g.seen, g.idle = true, idle
		return
	}
	g.idle = slices.DeleteFunc(g.idle, func(a review.Allowance) bool { return !slices.Contains(idle, a) })
}

// Idle is an error where an allowance acknowledged nothing in the whole run: the plans were others than somebody
// thought of. It is asked once the run is over.
func (g *Gate) Idle() error {
	if !g.seen {
		g.note(g.allowed())
	}
	if len(g.idle) == 0 {
		return nil
	}
	var options []string
	for _, allowance := range g.idle {
		options = append(options, "--allow "+allowance.String())
	}
	return fmt.Errorf("%s acknowledged nothing in this run: nothing of that kind was found there; leave it out",
		strings.Join(options, ", "))
}
