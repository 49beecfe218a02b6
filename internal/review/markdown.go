package review

import (
	"fmt"
	"io"
	"strings"
)

// MarkdownMost is how many bytes a report is at most: a comment at GitHub takes 65,536 characters.
const MarkdownMost = 60000

// Markdown writes the report for a pull request: the verdict first, the changes folded. What is too long for a comment
// is left out, and said so; the verdict and the findings come before the changes.
func (r Report) Markdown(w io.Writer) error {
	var text strings.Builder
	mark := "✅"
	if r.ExitCode() != 0 {
		mark = "⛔"
	} else if len(r.Findings) > 0 {
		mark = "⚠️"
	}
	of := codes(r.Stacks)
	if of == "" {
		of = "No plan"
	}
	fmt.Fprintf(&text, "### %s Review: %s\n\n%s: %s\n", mark, r.verdict(), of, r.counted())
	for _, allowance := range r.Idle {
		fmt.Fprintf(&text, "\n`--allow %s` acknowledges nothing that was found; leave it out.\n", allowance)
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(&text, "\n> %s\n", escape(warning))
	}
	if costs := r.Cost.String(); costs != "" {
		fmt.Fprintf(&text, "\n%s: %s.\n", costTitle, escape(costs))
	}
	left := 0
	for _, group := range r.groups() {
		title := fmt.Sprintf("\n#### %s\n\n", group.title)
		for i, f := range group.findings {
			item := title + r.markdownFinding(f, group.refused && group.endsAt(i))
			if text.Len()+len(item) > MarkdownMost*2/3 {
				left++
				continue
			}
			text.WriteString(item)
			title = ""
		}
	}
	if left > 0 {
		fmt.Fprintf(&text, "\n**%d more findings do not fit into a comment**: run `titan review`.\n", left)
	}
	r.markdownChanges(&text)
	_, err := io.WriteString(w, text.String())
	return err
}

func (r Report) markdownFinding(f Finding, allow bool) string {
	var text strings.Builder
	fmt.Fprintf(&text, "- %s %s: **%s**", code(f.Stack), code(f.Address), escape(f.Summary))
	switch {
	case strings.Contains(f.Detail, "\n"):
		text.WriteString("\n" + indent(fenced(f.Detail, "diff"), "  "))
	case f.Detail != "":
		text.WriteString("\n  " + code(f.Detail))
	}
	if f.Remedy != "" && !f.Acknowledged {
		text.WriteString("\n  Remedy: " + escape(f.Remedy) + ".")
	}
	if allow {
		text.WriteString("\n  Or acknowledge it: " + code(r.allow(f)))
	}
	return text.String() + "\n"
}

// markdownChanges are folded, one fold a chapter, in the colours of a difference.
func (r Report) markdownChanges(text *strings.Builder) {
	left := 0
	for chapter := Edge; chapter <= Others; chapter++ {
		var lines []string
		for _, change := range r.Changes {
			if change.Chapter == chapter {
				lines = append(lines, change.markdownLines()...)
			}
		}
		if len(lines) == 0 {
			continue
		}
		fold := fmt.Sprintf("\n<details><summary>%s</summary>\n\n%s\n\n</details>\n",
			chapter, fenced(strings.Join(lines, "\n"), "diff"))
		if text.Len()+len(fold) > MarkdownMost {
			left++
			continue
		}
		text.WriteString(fold)
	}
	if left > 0 {
		fmt.Fprintf(text, "\n%d chapters of changes do not fit into a comment: run `titan review`.\n", left)
	}
	if len(r.Outputs) > 0 && text.Len() < MarkdownMost {
		var names []string
		for _, output := range r.Outputs {
			names = append(names, output.Stack+": "+output.Name)
		}
		fmt.Fprintf(text, "\nOutputs that change: %s\n", codes(names[:min(len(names), 50)]))
	}
}

// markdownLines are a change in a block of a difference, where a line that begins with ! is orange.
func (c Change) markdownLines() []string {
	begin := map[Action]string{Create: "+", Delete: "-", Replace: "-", Forget: "-"}[c.Action]
	if begin == "" {
		begin = "!"
	}
	line := fmt.Sprintf("%s %s: %s %s", begin, c.Stack, inWords[c.Action], c.Address)
	if remark := c.remark(); remark != "" {
		line += " (" + remark + ")"
	}
	lines := []string{line}
	for _, a := range c.Attributes {
		forces := ""
		if a.Replaces {
			forces = "   forces the replacement"
		}
		if a.Difference != "" {
			lines = append(lines, fmt.Sprintf("      %s:%s", a.Path, forces))
			for difference := range strings.SplitSeq(a.Difference, "\n") {
				lines = append(lines, difference[:min(1, len(difference))]+"       "+difference[min(1, len(difference)):])
			}
			continue
		}
		lines = append(lines, fmt.Sprintf("      %s: %s → %s%s", a.Path, a.Before, a.After, forces))
	}
	return lines
}

// fenced is a block of code, in a fence that is longer than any in the text.
func fenced(text, language string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + language + "\n" + text + "\n" + fence
}

// code is a text in a line of code, in more backquotes than it has.
func code(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}

func codes(texts []string) string {
	var list []string
	for _, text := range texts {
		list = append(list, code(text))
	}
	return strings.Join(list, ", ")
}

// escape keeps a text from being read as Markdown, HTML or the mention of somebody.
var escape = strings.NewReplacer("<", "&lt;", ">", "&gt;", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]",
	"@", "@\u200b", "\n", " ").Replace
