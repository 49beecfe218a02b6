package runbooks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Parts are what a procedure says, in this order, each the bold beginning of a paragraph.
var Parts = []string{"How you notice.", "What users feel.", "What to do.", "How you know it worked.", "How long."}

// Reference is the heading after which a runbook has no more procedures.
const Reference = "Reference"

// Procedures are the sections of a runbook that somebody follows: those of the second level, up to Reference, each with
// the leads of its subsections.
func (p Page) Procedures() []Heading {
	var procedures []Heading
	for _, heading := range p.Heads {
		switch {
		case heading.Level == 2 && heading.Title == Reference:
			return procedures
		case heading.Level <= 2:
			if heading.Level == 2 {
				procedures = append(procedures, heading)
			}
		case len(procedures) > 0:
			last := &procedures[len(procedures)-1]
			last.Leads = append(last.Leads, heading.Leads...)
		}
	}
	return procedures
}

// OutOfForm are the procedures of a runbook that do not say the five things, in their order.
func (p Page) OutOfForm() []string {
	var wrong []string
	for _, procedure := range p.Procedures() {
		said := slices.DeleteFunc(slices.Clone(procedure.Leads), func(lead string) bool {
			return !slices.Contains(Parts, lead)
		})
		if !slices.Equal(said, Parts) {
			wrong = append(wrong, fmt.Sprintf("docs/%s:%d: %q says %q; a procedure says %q, in this order",
				p.Path, procedure.Line, procedure.Title, said, Parts))
		}
	}
	return wrong
}

// NeedsAWS is the mark of a block that no test runs.
const NeedsAWS = "needs AWS"

var ranBy = regexp.MustCompile(`^run by (Test[A-Za-z0-9]+(?:, Test[A-Za-z0-9]+)*)$`)

// Ran are the tests that run a block's commands, nil where it needs AWS. It fails for another mark.
func (b Block) Ran() ([]string, error) {
	if b.Mark == NeedsAWS {
		return nil, nil
	}
	found := ranBy.FindStringSubmatch(b.Mark)
	if found == nil {
		return nil, fmt.Errorf("the fence says %q: write ```sh %s, or ```sh run by TestName", b.Language+" "+b.Mark, NeedsAWS)
	}
	return strings.Split(found[1], ", "), nil
}

var notInAnchors = regexp.MustCompile(`[^\p{L}\p{N} _-]`)

// Anchor is what GitHub makes of a heading in a link.
func Anchor(title string) string {
	return strings.ReplaceAll(notInAnchors.ReplaceAllString(strings.ToLower(title), ""), " ", "-")
}
