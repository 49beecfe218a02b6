package review

import (
	"fmt"
	"strings"
)

// symbols are those of Terraform's own plans.
var symbols = map[Action]string{
	Create: "+", Update: "~", Delete: "-", Replace: "-/+", Move: "->", Import: "<-", Forget: "x",
}

func (c Change) symbol() string {
	if c.Action == Replace && c.CreateBeforeDestroy {
		return "+/-"
	}
	return symbols[c.Action]
}

// remark is what is worth knowing of a change beside its attributes.
func (c Change) remark() string {
	var parts []string
	if c.Imported {
		parts = append(parts, "imported")
	}
	if c.Previous != "" {
		parts = append(parts, "was "+c.Previous)
	}
	if c.Reason != "" {
		parts = append(parts, c.Reason)
	}
	return strings.Join(parts, "; ")
}

// counted sums the changes up.
func (r Report) counted() string {
	counts := r.Counts()
	var parts []string
	for _, entry := range []struct {
		action Action
		text   string
	}{
		{Create, "to add"}, {Update, "to change"}, {Replace, "to replace"}, {Delete, "to destroy"}, {Forget, "to forget"},
		{Move, "to move"}, {Import, "to import"},
	} {
		if n := counts[entry.action]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, entry.text))
		}
	}
	switch {
	case len(parts) == 0 && len(r.Outputs) > 0:
		return "only outputs change"
	case len(parts) == 0:
		return "nothing changes"
	}
	return strings.Join(parts, ", ")
}

// titles are what a reader is told of a verdict.
var titles = map[Verdict]string{DataLoss: "Data loss", Exposure: "Exposure", Outage: "Outage", Money: "Money"}

// verdict is the report in one line.
func (r Report) verdict() string {
	failures, notices := len(r.Failures()), len(r.Notices())
	switch {
	case len(r.blocks()) > 0:
		return "refused: " + is(len(r.blocks()), "resource") + " still protected"
	case failures > 0:
		return fmt.Sprintf("refused: %s not acknowledged", is(failures, "finding"))
	case len(r.Idle) > 0:
		return "refused: " + is(len(r.Idle), "acknowledgement") + " of nothing that was found"
	case r.Lost() != "":
		return r.Lost()
	case notices > 0:
		return fmt.Sprintf("nothing is lost and nothing opened; %s worth a look", is(notices, "finding"))
	case len(r.Acknowledgements()) > 0:
		return fmt.Sprintf("%s acknowledged, and nothing else is lost or opened", is(len(r.Acknowledgements()), "finding"))
	}
	return "nothing is lost, opened, interrupted or bought"
}

func is(n int, what string) string {
	if n == 1 {
		return "1 " + what + " is"
	}
	return fmt.Sprintf("%d %ss are", n, what)
}

// allow is the option that acknowledges a finding. The stack is named where several plans are read.
func (r Report) allow(f Finding) string {
	address := f.Address
	if len(r.Stacks) > 1 {
		address = f.Stack + ":" + address
	}
	option := "--allow " + Allowance{f.Verdict, address}.String()
	if strings.ContainsAny(address, `["' `) { // an address with a key has quotes, which a shell takes
		option = "--allow '" + Allowance{f.Verdict, address}.String() + "'"
	}
	return option
}

// group is some findings under a title.
type group struct {
	title    string
	findings []Finding
	refused  bool // each needs an acknowledgement
}

// endsAt is whether a finding is the last of its resource. One acknowledgement is for all of them.
func (g group) endsAt(i int) bool {
	return i == len(g.findings)-1 || g.findings[i].Stack != g.findings[i+1].Stack ||
		g.findings[i].Address != g.findings[i+1].Address
}

// groups are the findings as a reader should see them: what refuses the apply first, by verdict.
func (r Report) groups() []group {
	var groups []group
	add := func(title string, findings []Finding, refused bool) {
		if len(findings) > 0 {
			groups = append(groups, group{title, findings, refused})
		}
	}
	add("Still protected", r.blocks(), false)
	open := r.with(func(f Finding) bool { return f.Severity == Failure && !f.Acknowledged })
	for _, verdict := range Verdicts {
		add(titles[verdict], Of(open, verdict), true)
	}
	add("Lost with what is destroyed", r.Losses(), false)
	for _, verdict := range Verdicts {
		add(titles[verdict]+", to be aware of", Of(r.Notices(), verdict), false)
	}
	add("By design of a failover", r.Intended(), false)
	add("Acknowledged by the file, whose protection is off", r.Declarations(), false)
	add("Agreed to in the run that was interrupted", r.Resumptions(), false)
	add("Acknowledged for this once", r.Acknowledgements(), false)
	return groups
}

// indent puts a text before each line.
func indent(text, by string) string {
	return by + strings.ReplaceAll(text, "\n", "\n"+by)
}
