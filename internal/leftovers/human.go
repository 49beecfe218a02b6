package leftovers

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
)

// headings begin the groups.
var headings = map[Group]string{
	Loose:    "can be taken back, or deleted",
	Data:     "may hold data: titan never deletes it",
	Expected: "stays by design, or goes by itself",
}

// Human writes the report for a person. folder says where a stack is synthesized to.
func (r Report) Human(w io.Writer, folder func(stack string) string) error {
	p := &printer{w: w, folder: folder}
	p.line("left of %s, which no state holds (asked %s):", r.Environment, list(r.Regions))
	if len(r.Leftovers) == 0 {
		p.line("  nothing that was found")
	}
	for _, group := range []Group{Loose, Data, Expected} {
		of := slices.DeleteFunc(slices.Clone(r.Leftovers), func(l Leftover) bool { return l.Group != group })
		if len(of) == 0 {
			continue
		}
		p.line("\n%s (%d):", headings[group], len(of))
		if group == Expected {
			p.expected(of)
			continue
		}
		for _, l := range of {
			p.leftover(l)
		}
	}
	if len(r.Unknown) > 0 {
		p.line("\nunknown:")
	}
	for _, what := range r.Unknown {
		p.line("  %s", what)
	}
	return p.err
}

type printer struct {
	w      io.Writer
	folder func(stack string) string
	err    error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) leftover(l Leftover) {
	of := ""
	if l.Stack != "" {
		of = ", of " + l.Stack
	}
	p.line("  %s  %s (%s%s)", l.Type, l.ARN, l.Region, of)
	if l.Note != "" {
		p.line("    %s", l.Note)
	}
	if l.Address != "" {
		p.line("    import: terraform -chdir=%s import %s %s", p.folder(l.Stack), l.Address, l.ID)
	}
	if l.Delete != "" {
		p.line("    delete: %s", l.Delete)
	}
}

// expected counts what stays for one reason: a vault has a recovery point for each day.
func (p *printer) expected(all []Leftover) {
	type reason struct{ kind, note string }
	var reasons []reason
	by := map[reason][]Leftover{}
	for _, l := range all {
		why := reason{l.Type, l.Note}
		if by[why] == nil {
			reasons = append(reasons, why)
		}
		by[why] = append(by[why], l)
	}
	for _, why := range reasons {
		p.line("  %d of %s: %s", len(by[why]), why.kind, why.note)
		for _, l := range by[why][:min(len(by[why]), shown)] {
			p.line("    %s", l.ARN)
		}
		if more := len(by[why]) - shown; more > 0 {
			p.line("    and %d more", more)
		}
	}
}

// shown is how many of those are named that stay for one reason.
const shown = 3

func list(regions []environments.Region) string {
	var names []string
	for _, region := range regions {
		names = append(names, string(region))
	}
	return strings.Join(names, ", ")
}
