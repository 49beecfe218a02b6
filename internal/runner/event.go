package runner

import (
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/internal/terraform"
)

// View shows how a run goes, to a person or to a program. It is called by one goroutine at a time.
type View interface{ Show(Event) }

// Type is what an event tells.
type Type string

// The types of events, each with the fields that it carries beside Time and Stack.
const (
	Begun       Type = "begun"       // the run begins: Verb, Stacks
	Planning    Type = "planning"    // a stack is being planned
	Planned     Type = "planned"     // its plan is there: Counts, Changes
	Unchanged   Type = "unchanged"   // its plan is empty
	Warned      Type = "warned"      // Terraform or a provider warns: Text, Address
	Reviewed    Type = "reviewed"    // plans are reviewed together: Text, Findings, Waits
	Asking      Type = "asking"      // somebody is asked: Text, Waits
	Answered    Type = "answered"    // and has answered: Text, yes or no
	Applying    Type = "applying"    // a stack's plan is being applied
	Began       Type = "began"       // a resource's change begins: Action, Address
	Completed   Type = "completed"   // it is done: Action, Address, Seconds
	Errored     Type = "errored"     // it failed: Action, Address, Seconds
	Applied     Type = "applied"     // a stack is applied: Counts, Seconds
	Stale       Type = "stale"       // its plan went stale; it is planned anew
	Note        Type = "note"        // a hook says something: Text
	Failed      Type = "failed"      // a stack failed: Text, all of it
	Interrupted Type = "interrupted" // nothing new is begun, and what runs is interrupted
	Beat        Type = "beat"        // what is waited for: Waiting
	Finished    Type = "finished"    // the run is over: Verb, Results
)

// Event is one thing that happened in a run.
type Event struct {
	Time    time.Time         `json:"time"`
	Type    Type              `json:"type"`
	Stack   string            `json:"stack,omitempty"` // empty where no single one is meant
	Verb    Verb              `json:"verb,omitempty"`
	Text    string            `json:"text,omitempty"`
	Address string            `json:"address,omitempty"`
	Action  terraform.Action  `json:"action,omitempty"`
	Seconds float64           `json:"seconds,omitempty"`
	Counts  *terraform.Counts `json:"counts,omitempty"`
	Changes []Change          `json:"changes,omitempty"`
	Stacks  []Place           `json:"stacks,omitempty"`
	Waits   []Wait            `json:"waits,omitempty"` // what is planned and reviewed after these
	Waiting []Waiting         `json:"waiting,omitempty"`
	Results []Result          `json:"results,omitempty"`

	Findings []review.Finding `json:"findings,omitempty"`
}

// Place is where a stack stands in a run.
type Place struct {
	Stack  string              `json:"stack"`
	Region environments.Region `json:"region"`
	After  []string            `json:"after,omitempty"`
}

// Change is what a plan would do to a resource, in Terraform's words.
type Change struct {
	Action  terraform.Action `json:"action"`
	Address string           `json:"address"`
	Reason  string           `json:"reason,omitempty"`
}

// Waiting is what is waited for in a stack.
type Waiting struct {
	Stack     string           `json:"stack"`
	Doing     string           `json:"doing"` // planning, applying, or what a hook said
	Seconds   float64          `json:"seconds"`
	Resources int              `json:"resources,omitempty"` // how many are being changed; of the one that takes longest:
	Address   string           `json:"address,omitempty"`
	Action    terraform.Action `json:"action,omitempty"`
	Longest   float64          `json:"longest,omitempty"`
}

// Outcome is what came of a stack.
type Outcome string

// The outcomes. The last four are failures or follow from one.
const (
	OutcomeUnchanged      Outcome = "unchanged"       // there was nothing to do
	OutcomePlanned        Outcome = "planned"         // it would change; nobody applied it
	OutcomeApplied        Outcome = "applied"         // its plan was applied
	OutcomeNotBegun       Outcome = "not begun"       // the run ended before its turn
	OutcomeInterrupted    Outcome = "interrupted"     // its apply was; its state is saved
	OutcomeRefused        Outcome = "refused"         // by the review
	OutcomeFailed         Outcome = "failed"          // its error is in the run's
	OutcomeUpstreamFailed Outcome = "upstream failed" // one that it comes after failed or was refused
)

// Result is what came of a stack in a run.
type Result struct {
	Stack   string           `json:"stack"`
	Outcome Outcome          `json:"outcome"`
	Counts  terraform.Counts `json:"counts"`            // planned or, where it was applied, done
	Seconds float64          `json:"seconds,omitempty"` // of its apply
	Because []string         `json:"because,omitempty"` // what it waited for, or what failed, where it was not begun
}
