package review

import (
	"fmt"
	"io"
	"strings"
)

// Human writes the report for a terminal: what changes, in the order of a request's path, then the findings, and the
// verdict last, next to the question.
func (r Report) Human(w io.Writer) error {
	var text strings.Builder
	if len(r.Stacks) == 0 {
		text.WriteString("Review of no plan: nothing changes\n")
	} else {
		fmt.Fprintf(&text, "Review of %s: %s\n", strings.Join(r.Stacks, ", "), r.counted())
	}
	r.humanChanges(&text)
	for _, group := range r.groups() {
		fmt.Fprintf(&text, "\n%s\n", group.title)
		for i, f := range group.findings {
			if i == 0 || f.Stack != group.findings[i-1].Stack || f.Address != group.findings[i-1].Address {
				fmt.Fprintf(&text, "  %s: %s\n", f.Stack, f.Address)
			}
			humanFinding(&text, f)
			if group.refused && group.endsAt(i) {
				fmt.Fprintf(&text, "    or acknowledge it: %s\n", r.allow(f))
			}
		}
	}
	if costs := r.Cost.String(); costs != "" {
		fmt.Fprintf(&text, "\n%s\n  %s\n", costTitle, costs)
	}
	if len(r.Warnings) > 0 {
		text.WriteString("\n")
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(&text, "warning: %s\n", warning)
	}
	for _, allowance := range r.Idle {
		fmt.Fprintf(&text, "\n--allow %s: nothing of that kind is found there; leave it out\n", allowance)
	}
	fmt.Fprintf(&text, "\n%s\n", r.verdict())
	_, err := io.WriteString(w, text.String())
	return err
}

func humanFinding(text *strings.Builder, f Finding) {
	fmt.Fprintf(text, "    %s\n", f.Summary)
	if f.Detail != "" {
		fmt.Fprintf(text, "%s\n", indent(f.Detail, "      "))
	}
	if f.Remedy != "" && !f.Acknowledged {
		fmt.Fprintf(text, "      remedy: %s\n", f.Remedy)
	}
}

func (r Report) humanChanges(text *strings.Builder) {
	width := 0
	for _, change := range r.Changes {
		width = max(width, len(change.Stack))
	}
	chapter := Chapter(-1)
	for _, change := range r.Changes {
		if change.Chapter != chapter {
			chapter = change.Chapter
			fmt.Fprintf(text, "\n%s\n", chapter)
		}
		remark := change.remark()
		if remark != "" {
			remark = "   (" + remark + ")"
		}
		fmt.Fprintf(text, "  %3s %-*s  %s%s\n", change.symbol(), width, change.Stack, change.Address, remark)
		for _, attribute := range change.Attributes {
			forces := ""
			if attribute.Replaces {
				forces = "   forces the replacement"
			}
			if attribute.Difference != "" {
				fmt.Fprintf(text, "        %s:%s\n%s\n", attribute.Path, forces, indent(attribute.Difference, "          "))
				continue
			}
			fmt.Fprintf(text, "        %s: %s → %s%s\n", attribute.Path, attribute.Before, attribute.After, forces)
		}
	}
	if len(r.Outputs) > 0 {
		text.WriteString("\noutputs\n")
		for _, output := range r.Outputs {
			fmt.Fprintf(text, "    ~ %-*s  %s\n", width, output.Stack, output.Name)
		}
	}
}
