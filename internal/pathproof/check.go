package pathproof

import (
	"fmt"
	"strings"
)

// Invariant is something that every environment holds.
type Invariant struct {
	Title  string
	query  query
	Want   []string // whom the answer may name, with words of the environment in braces
	Reason string
}

// Question is what the invariant asks.
func (i Invariant) Question() string { return i.query.text }

// Result is how an environment holds an invariant.
type Result struct {
	Invariant
	Asked      bool    // whether the environment has what the question is about
	Found      []Reach // the answer
	Unexpected []Reach // what of it is not expected
}

// Holds is whether nothing unexpected was found.
func (r Result) Holds() bool { return len(r.Unexpected) == 0 }

// String says what is unexpected, each with its chain.
func (r Result) String() string {
	if r.Holds() {
		return r.Title + ": holds"
	}
	var lines []string
	for _, one := range r.Unexpected {
		lines = append(lines, fmt.Sprintf("%s: %s is not expected: %s", r.Title, one.Who, one.Chain))
	}
	return strings.Join(lines, "\n")
}

// Check asks all invariants of an environment, in the table's order.
func Check(f *Facts, scope Scope) []Result {
	var results []Result
	for _, invariant := range Invariants {
		result := Result{Invariant: invariant}
		result.Found, result.Asked = invariant.query.ask(f, scope)
		want := scope.expected(invariant.Want)
		for _, one := range result.Found {
			if !anyCovers(want, one.Who) {
				result.Unexpected = append(result.Unexpected, one)
			}
		}
		results = append(results, result)
	}
	return results
}
