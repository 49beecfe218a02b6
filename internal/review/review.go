// Package review reads the plans of stacks, in Terraform's JSON form, and says what an apply would lose, open,
// interrupt and cost, before anybody agrees to it.
//
// It guards what prevent_destroy can't: that is read from the configuration, and a block that has left it is destroyed
// without a word. Here a plan is judged by what it does to what stands. What is not known to be harmless is harmful: a
// type that no rule knows holds data, and a value that is known only after the apply is the worst it can be.
package review

import (
	"cmp"
	"slices"
	"strings"
)

// Verdict is what is wrong with a change.
type Verdict string

// The verdicts, the worst first.
const (
	DataLoss Verdict = "data-loss" // data, its copies, or what protects them
	Exposure Verdict = "exposure"  // somebody can reach, read or do what nobody could
	Outage   Verdict = "outage"    // users notice
	Money    Verdict = "money"     // it costs more
)

// Verdicts are all verdicts, the worst first.
var Verdicts = []Verdict{DataLoss, Exposure, Outage, Money}

// Severity is what comes of a finding.
type Severity string

// The severities. The zero value is Failure.
const (
	Failure  Severity = ""         // the plan is not applied unless it is acknowledged
	Warning  Severity = "warning"  // is shown
	ByDesign Severity = "bydesign" // would be a failure, if it were not what a failover does
	Declared Severity = "declared" // would be a failure, if an environment's file did not acknowledge it
	Resumed  Severity = "resumed"  // would be a failure, if it had not been agreed to in a run that was interrupted
	Lost     Severity = "lost"     // goes with a destruction, which is asked about
	Blocked  Severity = "blocked"  // AWS refuses it, whatever is acknowledged
)

// Finding is one thing that is wrong with a plan.
type Finding struct {
	Verdict      Verdict  `json:"verdict"`
	Severity     Severity `json:"severity,omitempty"`
	Acknowledged bool     `json:"acknowledged,omitempty"` // somebody allows it, for this once
	Rule         string   `json:"rule"`                   // the rule that found it, the same for each resource
	Stack        string   `json:"stack"`
	Address      string   `json:"address"`
	Type         string   `json:"type"`             // of the resource
	Summary      string   `json:"summary"`          // goes on after the address: "destroyed: …"
	Detail       string   `json:"detail,omitempty"` // before → after, or what is newly allowed; may have several lines
	Remedy       string   `json:"remedy,omitempty"` // what to do instead
}

// PolicyComparison returns what a policy document newly allows, a line each, compared with what it said before; none
// where it is equal or narrower. An empty statement list is a document that allows nothing.
type PolicyComparison func(before, after []byte) (newlyAllowed []string, err error)

// Rules are what a review is held to, beside its own tables. The zero value is usable, and strict.
type Rules struct {
	// Allow are the findings that are acknowledged.
	Allow []Allowance
	// Policies compares policy documents. Default: ByMeaning.
	Policies PolicyComparison
	// Restored are the stacks whose database is a copy of another one's, which a failover replaces by design: those of a
	// standby, and of a fenced primary. There, another snapshot to restore from is no loss.
	Restored []string
	// Unprotected are the stacks whose file acknowledges that protection is off: taking it off is what was asked for.
	Unprotected []string
	// Sent are the names of the secrets, by the stack that makes them, whose value a distribution sends to the load
	// balancer.
	Sent map[string]string
	// Resumed are the addresses, by stack, whose creation was agreed to in a run that was interrupted. What it had made by
	// then stands, and without this each rule of a half-made security group would be one that opens what stands.
	Resumed map[string][]string
	// Destroying says that the plans are of a destruction. What it interrupts is its purpose: found are the data that is
	// lost, and what AWS still protects.
	Destroying bool
}

// Review judges plans. They are in the order in which stacks are deployed, and have different stacks.
func Review(plans []Plan, rules Rules) Report {
	r := &reviewer{rules: rules, rulesets: rulesets{}}
	if r.rules.Policies == nil {
		r.rules.Policies = ByMeaning
	}
	for i := range plans {
		r.plan(&plans[i])
	}
	return r.report(plans)
}

type reviewer struct {
	rules    Rules
	rulesets rulesets
	secrets  *secrets  // of the plan that is being judged
	standing *standing // likewise
	findings []Finding
	changes  []Change
}

func (r *reviewer) plan(plan *Plan) {
	r.secrets = plan.secrets
	r.standing = standingOf(plan.changes)
	for i := range plan.changes {
		c := &plan.changes[i]
		c.stack = plan.Stack
		if c.action == NoOp || c.action == ReadAll {
			continue
		}
		r.changes = append(r.changes, r.describe(c))
		r.data(c)
		if r.rules.Destroying && c.action == Delete {
			r.blocked(c)
			continue
		}
		r.judge(c)
		r.policies(c)
		r.addresses(c)
		r.special(c)
	}
}

// special are the rules that look at more than one attribute.
func (r *reviewer) special(c *change) {
	r.tlsPolicy(c)
	r.lifecyclePolicy(c)
	r.schedules(c)
	r.parameters(c)
	r.listenerRule(c)
	r.originHeader(c)
	r.size(c)
	r.bought(c)
}

// find notes a finding of a change. One attribute may break two rules that say the same: it is noted once.
func (r *reviewer) find(c *change, f Finding) {
	f.Stack, f.Address, f.Type = c.stack, c.address, c.kind
	f.Summary, f.Detail = r.secrets.hide(f.Summary), r.secrets.hide(f.Detail)
	if f.Severity == Failure && r.declared(c, f) {
		f.Severity, f.Remedy = Declared, ""
	}
	if f.Severity == Failure && c.isUnmade() && slices.Contains(r.rules.Resumed[c.stack], c.address) {
		f.Severity, f.Remedy = Resumed, ""
	}
	for _, other := range slices.Backward(r.findings) {
		if other.Stack != f.Stack || other.Address != f.Address {
			break // the findings of a change follow each other
		}
		if other.Verdict == f.Verdict && other.Summary == f.Summary {
			return
		}
	}
	r.findings = append(r.findings, f)
}

func (r *reviewer) report(plans []Plan) Report {
	report := Report{Changes: r.changes, Findings: r.findings}
	used := make([]bool, len(r.rules.Allow))
	for i := range report.Findings {
		f := &report.Findings[i]
		for j, allowance := range r.rules.Allow {
			if f.Severity == Failure && allowance.covers(*f) {
				f.Acknowledged, used[j] = true, true
			}
		}
	}
	for j, allowance := range r.rules.Allow {
		if !used[j] {
			report.Idle = append(report.Idle, allowance)
		}
	}
	place := map[string]int{}
	for i, plan := range plans {
		place[plan.Stack] = i
		report.Stacks = append(report.Stacks, plan.Stack)
		if !r.rules.Destroying { // where all of it goes
			report.Cost = report.Cost.Add(plan.cost)
		}
		for _, name := range plan.outputs {
			report.Outputs = append(report.Outputs, Output{plan.Stack, name})
		}
		for _, warning := range plan.warnings {
			report.Warnings = append(report.Warnings, plan.Stack+": "+warning)
		}
	}
	slices.SortStableFunc(report.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Chapter, b.Chapter), cmp.Compare(place[a.Stack], place[b.Stack]),
			strings.Compare(a.Address, b.Address))
	})
	slices.SortStableFunc(report.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(slices.Index(Verdicts, a.Verdict), slices.Index(Verdicts, b.Verdict)),
			cmp.Compare(chapterOf(a.Type), chapterOf(b.Type)), cmp.Compare(place[a.Stack], place[b.Stack]),
			strings.Compare(a.Address, b.Address))
	})
	return report
}
