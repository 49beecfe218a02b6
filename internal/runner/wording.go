package runner

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/titan-platform/titan/internal/terraform"
)

// symbols are those of Terraform's own plans.
var symbols = map[terraform.Action]string{
	terraform.Create: "+", terraform.Update: "~", terraform.Delete: "-", terraform.Replace: "-/+",
	"read": "<=", "move": "->", "import": "<-", "forget": "x",
}

// byWeight is the order in which changes are listed: what destroys stands last, next to the question.
var byWeight = []terraform.Action{
	"read", "move", "import", terraform.Create, terraform.Update, "forget", terraform.Replace, terraform.Delete,
}

// reasons are the ones that a person may not expect, in words. Source: Terraform's documentation, 'Machine-Readable
// UI', 'Planned Change'.
var reasons = map[string]string{
	"tainted":                           "it was left half made",
	"requested":                         "it was asked for",
	"cannot_update":                     "it can't be changed in place",
	"replaced_by_triggers":              "what it depends on is replaced or changed",
	"delete_because_no_resource_config": "it is not in the configuration any more",
}

// plannedChanges sums a plan up. One that changes no resource changes outputs, which others may read.
func plannedChanges(counts terraform.Counts, changes []Change) string {
	if len(changes) == 0 {
		return "only outputs change"
	}
	return toDo(counts)
}

// listing are the changes of a plan, a line each.
func listing(changes []Change) string {
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b Change) int {
		if byAction := slices.Index(byWeight, a.Action) - slices.Index(byWeight, b.Action); byAction != 0 {
			return byAction
		}
		return strings.Compare(a.Address, b.Address)
	})
	var text strings.Builder
	for _, change := range sorted {
		symbol := symbols[change.Action]
		if symbol == "" {
			symbol = string(change.Action)
		}
		fmt.Fprintf(&text, "  %5s %s", symbol, change.Address)
		if reason := reasons[change.Reason]; reason != "" {
			fmt.Fprintf(&text, "   (%s)", reason)
		}
		text.WriteString("\n")
	}
	return text.String()
}

// remark is what there is to say of a stack at the end.
func remark(result Result) string {
	switch {
	case result.Outcome == OutcomePlanned || result.Outcome == OutcomeRefused:
		return toDo(result.Counts)
	case result.Outcome == OutcomeUnchanged:
		return ""
	case result.Outcome == OutcomeUpstreamFailed:
		return "not begun, because of " + listed(result.Because)
	case len(result.Because) > 0:
		return "waits for " + listed(result.Because)
	case result.Seconds > 0:
		return done(result.Counts) + took(result.Seconds)
	}
	return ""
}

// clock is a number of seconds as 1h02m03s, 2m03s or 3s.
func clock(seconds float64) string {
	d := time.Duration(math.Round(seconds)) * time.Second
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%ds", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%dm%02ds", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%dh%02dm%02ds", int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60)
}

// took is how long something took, where that is worth saying.
func took(seconds float64) string {
	if seconds < 1 {
		return ""
	}
	return " in " + clock(seconds)
}

// cause is the line of an error that says most: Terraform's first, or else the first one. All of it stands at the end
// of the run.
func cause(text string) string {
	_, complaint, found := strings.Cut(text, "\nError: ")
	if found {
		text = complaint
	}
	line, _, _ := strings.Cut(text, "\n")
	return line
}
