// Package compare says how two IAM policy documents relate and what the later one newly allows. It is sound: a policy
// that allows any request that the earlier one did not is never called equal or narrower. Where AWS's documentation
// leaves a meaning open, or a comparison would take too long, the answer is wider and carries the reason.
//
// A policy stands beside others, which may allow the same caller more. So what it denies counts as well as what it
// allows: a Deny that goes is wider even if this policy never allowed what it denied.
//
// A statement is a conjunction of predicates over the parts of a request: who, action, resource and each condition
// key. What is newly allowed is computed by taking the earlier policy's statements from the later one's, part by part.
package compare

import (
	"bytes"
	"fmt"
)

// Relation says how the policy after a change relates to the one before it.
type Relation int

// The relations. Wider and Incomparable allow something new, Equal and Narrower do not.
const (
	Equal        Relation = iota // the same requests are allowed, and the same are denied
	Narrower                     // fewer are allowed or more are denied, and nothing is newly allowed
	Wider                        // more are allowed or fewer are denied, and nothing is newly denied
	Incomparable                 // both
)

func (r Relation) String() string {
	return [...]string{"equal", "narrower", "wider", "incomparable"}[r]
}

// Result is what Policies finds.
type Result struct {
	Relation Relation
	Added    []Grant // what is newly allowed or no longer denied, in the order of statements; empty for Equal and Narrower
}

// Policies compares the policy documents before and after a change: identity, resource or trust policies, as JSON. An
// empty document allows nothing. A caller for whom a missing policy means full access, as with a VPC endpoint's, passes
// that policy's text. The error names the document that can't be read.
func Policies(before, after []byte) (Result, error) {
	old, err := parse(before)
	if err != nil {
		return Result{}, fmt.Errorf("reading the policy before the change: %w", err)
	}
	changed, err := parse(after)
	if err != nil {
		return Result{}, fmt.Errorf("reading the policy after the change: %w", err)
	}
	if bytes.Equal(before, after) {
		return Result{Relation: Equal}, nil
	}
	added := grants(newlyAllowed(old, changed))
	return Result{Relation: relate(added, grants(newlyAllowed(changed, old))), Added: added}, nil
}

// relate is the relation that follows from what is newly allowed and what no longer is. Two changes of which neither
// can be compared are one change that may widen.
func relate(added, removed []Grant) Relation {
	switch {
	case len(added) == 0 && len(removed) == 0:
		return Equal
	case len(added) == 0:
		return Narrower
	case len(removed) == 0 || unclear(added) && unclear(removed):
		return Wider
	}
	return Incomparable
}

func unclear(grants []Grant) bool {
	for _, g := range grants {
		if g.Reason == "" {
			return false
		}
	}
	return true
}
