package review

import "github.com/titan-platform/titan/internal/cost"

// Report is what a review says. Its groups are disjoint, and the exit code follows from them.
type Report struct {
	Stacks   []string  // whose plans were read
	Changes  []Change  // in the order of a request's path
	Outputs  []Output  // that change
	Findings []Finding // by verdict, the worst first, then as the changes
	Warnings []string  // what the plans leave out
	// Cost is what all plans together cost a month, more or less than what stands.
	Cost cost.Difference
	// Idle are the allowances that nothing needed: the plan is another one than somebody thought of.
	Idle []Allowance
}

// Output is an output of a stack.
type Output struct{ Stack, Name string }

// Change is what a plan does with a resource, for a reader.
type Change struct {
	Chapter  Chapter
	Stack    string
	Address  string
	Previous string // where it is moved, its address before
	Type     string
	Action   Action
	Imported bool
	Reason   string // in words; empty where it is plain
	// CreateBeforeDestroy is whether a replacement is there before the old one goes.
	CreateBeforeDestroy bool
	// Replacing are the paths of the attributes that force a replacement.
	Replacing  []string
	Attributes []Attribute
}

// Attribute is what changes in a resource.
type Attribute struct {
	Path          string
	Before, After string // as text: one line, quoted where it is a string; sensitive values are masked
	Difference    string // of long texts, instead of both: lines that begin with +, - or a space
	Replaces      bool   // forces the replacement
}

// Failures are the findings that keep the plans from being applied.
func (r Report) Failures() []Finding {
	return r.with(func(f Finding) bool { return f.Severity == Failure && !f.Acknowledged || f.Severity == Blocked })
}

// blocks are the failures that no acknowledgement helps against.
func (r Report) blocks() []Finding {
	return r.with(func(f Finding) bool { return f.Severity == Blocked })
}

// Acknowledgements are the findings that somebody allows.
func (r Report) Acknowledgements() []Finding {
	return r.with(func(f Finding) bool { return f.Acknowledged })
}

// Notices are the findings that are shown, and keep nothing from being applied.
func (r Report) Notices() []Finding {
	return r.with(func(f Finding) bool { return f.Severity == Warning })
}

// Intended are the findings that a failover brings about by design.
func (r Report) Intended() []Finding {
	return r.with(func(f Finding) bool { return f.Severity == ByDesign })
}

// Declarations are the findings that an environment's file acknowledges.
func (r Report) Declarations() []Finding {
	return r.with(func(f Finding) bool { return f.Severity == Declared })
}

// Resumptions are the findings that were agreed to in a run that was interrupted.
func (r Report) Resumptions() []Finding {
	return r.with(func(f Finding) bool { return f.Severity == Resumed })
}

func (r Report) with(is func(Finding) bool) []Finding {
	var found []Finding
	for _, f := range r.Findings {
		if is(f) {
			found = append(found, f)
		}
	}
	return found
}

// Of are findings with a verdict.
func Of(findings []Finding, verdict Verdict) []Finding {
	return Report{Findings: findings}.with(func(f Finding) bool { return f.Verdict == verdict })
}

// ExitCode is 1 where a finding is not acknowledged or an acknowledgement is idle, and else 0.
func (r Report) ExitCode() int {
	if len(r.Failures())+len(r.Idle) > 0 {
		return 1
	}
	return 0
}

// Counts are how many resources are changed in a way.
func (r Report) Counts() map[Action]int {
	counts := map[Action]int{}
	for _, change := range r.Changes {
		counts[change.Action]++
	}
	return counts
}
