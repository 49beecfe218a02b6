package runner

import (
	"fmt"
	"slices"
	"strings"

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
