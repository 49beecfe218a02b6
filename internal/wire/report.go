package wire

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/rule"
)

// maxMargins is how many limits a report shows, the nearest ones.
const maxMargins = 15

// documentedKind begins the kind of a rule that AWS documents and no model holds.
const documentedKind = "documented: "

// Write writes what a run under the judge amounts to.
func (j *Judgment) Write(w io.Writer, title string) error {
	var text strings.Builder
	fmt.Fprintf(&text, "\n== wire of %s: %d requests of %d operations judged, %d findings, %d explained\n",
		title, j.Requests, len(j.Operations), len(j.Findings), len(j.Explained))
	models, documented := map[string]int{}, 0
	for kind, count := range j.Checks {
		if strings.HasPrefix(kind, documentedKind) {
			documented += count
		} else {
			models[kind] = count
		}
	}
	fmt.Fprintf(&text, "   checks: %s; of %d documented rules %d\n", counted(models),
		len(j.Checks)-len(models), documented)
	if len(j.Unmet) > 0 {
		fmt.Fprintf(&text, "   documented rules that no request was for: %s\n", strings.Join(j.Unmet, ", "))
	}
	for _, reason := range slices.Sorted(maps.Keys(j.NotJudged)) {
		fmt.Fprintf(&text, "   not judged: %d × %s\n", j.NotJudged[reason], reason)
	}
	fmt.Fprintf(&text, "   nearest of %d limits:\n", len(j.Margins))
	for _, margin := range j.Margins[:min(len(j.Margins), maxMargins)] {
		fmt.Fprintf(&text, "   %4.0f%% %6d of %-6d %s\n", 100*margin.Share(), margin.Amount, margin.Limit, margin.What)
	}
	for _, group := range grouped(j.Explained, func(e Explained) string {
		return rowOf(e.Finding) + "\n   explained: " +
			e.Reason
	}) {
		fmt.Fprintf(&text, "   %d × %s\n", group.count, group.text)
	}
	for _, group := range grouped(j.Findings, rowOf) {
		fmt.Fprintf(&text, "   FINDING %d × %s\n", group.count, group.text)
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// rowOf is a finding without what differs between calls that break a rule alike.
func rowOf(f Finding) string {
	row := fmt.Sprintf("%s %s %s: %s\n      sent:    %s\n      allowed: %s\n      source:  %s", f.Service, f.Operation,
		place(f.Member), f.Kind,
		f.Value, f.Limit, f.Source)
	if f.Address != "" {
		row += "\n      address: " + f.Address
	}
	return row
}

// group is a text and how often it was there.
type group struct {
	text  string
	count int
}

func grouped[T any](of []T, textOf func(T) string) []group {
	counts := map[string]int{}
	for _, one := range of {
		counts[textOf(one)]++
	}
	var groups []group
	for _, text := range slices.Sorted(maps.Keys(counts)) {
		groups = append(groups, group{text, counts[text]})
	}
	return groups
}

func counted(of map[string]int) string {
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(of)) {
		parts = append(parts, fmt.Sprintf("%s %d", key, of[key]))
	}
	return strings.Join(parts, ", ")
}

// nearest sorts margins: the fullest limit first.
func nearest(a, b rule.Margin) int {
	return cmp.Or(cmp.Compare(b.Share(), a.Share()), cmp.Compare(a.What, b.What))
}
