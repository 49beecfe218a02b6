package compare

import (
	"slices"

	"go4.org/netipx"
)

// aspect is what of a request, or of a condition key's value, a predicate speaks of. Aspects of one key are compared
// apart from each other, as if the key had a value for each: that takes more requests for possible than there are.
type aspect int

const (
	whom      aspect = iota // the principal
	does                    // the action
	onWhat                  // the resource
	text                    // a condition key's value as a string or ARN
	texts                   // the values of a key that has several
	number                  // as a number
	date                    // as a time, in seconds since 1970
	address                 // as an IP address
	presence                // whether the key is there at all
	assertion               // a condition that is known by its text alone
)

// dimension is one aspect of one condition key, or a part of the request.
type dimension struct {
	aspect aspect
	key    string // lower case; of an assertion its whole text
}

// predicate says which values of a dimension a statement matches.
type predicate struct {
	dimension
	name   string // the condition key as the policy writes it; of an assertion what it says
	about  string // of an assertion: the lower-case condition key it speaks of
	negate bool   // the values are all but those below
	absent bool   // it holds for a request without the key

	patterns  []*pattern
	every     bool // of texts: each value is among the patterns; else at least one is
	numbers   spans
	addresses *netipx.IPSet
}

// not is the predicate that holds where this one does not.
func (p predicate) not() predicate {
	p.negate, p.absent = !p.negate, !p.absent
	if p.aspect == texts {
		p.every = !p.every
	}
	return p
}

// statement is the predicates of which all hold for a request that it matches.
type statement struct {
	sid        string
	predicates []predicate
}

// sameAs is whether two statements have the same predicates, which spares comparing them.
func (s statement) sameAs(other statement) bool {
	return slices.EqualFunc(s.predicates, other.predicates, func(a, b predicate) bool {
		same := func(p, q *pattern) bool { return p.key == q.key }
		return a.dimension == b.dimension && a.negate == b.negate && a.absent == b.absent && a.every == b.every &&
			len(a.numbers)+len(b.numbers) == 0 && a.addresses == nil && b.addresses == nil &&
			slices.EqualFunc(a.patterns, b.patterns, same)
	})
}
