package preflight

import (
	"context"
	"time"
)

// Check asks one thing.
type Check struct {
	Subject string
	Ask     func(context.Context) []Result
}

// Tally counts results.
type Tally map[Severity]int

// grace is how long a check whose time is over may take to say so.
const grace = 2 * time.Second

// Run asks side by side, and tells the results in the order of the checks. No check takes longer than the time that it
// is given: a region that is lost makes its lines unknown, and holds up no other.
func Run(ctx context.Context, checks []Check, most time.Duration, tell func(Result)) Tally {
	answers := make([]chan []Result, len(checks))
	for i, check := range checks {
		answers[i] = make(chan []Result, 1) // a check that comes too late leaves its answer there
		go func() {
			ctx, cancel := context.WithTimeout(ctx, most)
			defer cancel()
			answers[i] <- check.Ask(ctx)
		}()
	}
	over := time.After(most + grace)
	late := false
	tally := Tally{}
	for i, check := range checks {
		var results []Result
		if !late {
			select {
			case results = <-answers[i]:
			case <-over:
				late = true
			}
		}
		if late {
			results = inTime(check, answers[i])
		}
		for _, result := range results {
			tally[result.Severity]++
			tell(result)
		}
	}
	return tally
}

// inTime is what a check has answered by now.
func inTime(check Check, answer chan []Result) []Result {
	select {
	case results := <-answer:
		return results
	default:
		return []Result{unanswered(check.Subject, context.DeadlineExceeded)}
	}
}
