package compare

import (
	"fmt"
	"slices"
	"strings"
)

// String lists the texts: "a, b* except bc".
func (l language) String() string {
	var texts, exceptions []string
	for _, term := range l.terms {
		var parts []string
		for _, p := range term {
			parts = append(parts, p.shown(slices.Concat(l.terms...), l.except))
		}
		texts = append(texts, strings.Join(distinct(parts), " and "))
	}
	for _, p := range l.except {
		exceptions = append(exceptions, p.shown(l.except, slices.Concat(l.terms...)))
	}
	line := strings.Join(distinct(texts), ", ")
	if len(exceptions) > 0 {
		line += " except " + strings.Join(distinct(exceptions), ", ")
	}
	return line
}

// shown is the pattern for a reader: with its note, unless its text stands beside it without one, and with how it is
// read, if others read the same text differently.
func (p *pattern) shown(beside, others []*pattern) string {
	plain := func(q *pattern) bool { return q.note == "" && q.text == p.text }
	differs := func(q *pattern) bool { return q.mode != p.mode && q.text == p.text }
	remark := p.note
	if slices.ContainsFunc(beside, plain) {
		remark = ""
	}
	if slices.ContainsFunc(slices.Concat(beside, others), differs) {
		remark = p.mode
	}
	if remark == "" {
		return quoted(p.text)
	}
	return fmt.Sprintf("%s (%s)", quoted(p.text), remark)
}

// quoted shows a text that would else be overlooked or misread.
func quoted(text string) string {
	if text == "" || strings.ContainsAny(text, " ,") {
		return `"` + text + `"`
	}
	return text
}

// distinct keeps the first of equal texts.
func distinct(texts []string) []string {
	var kept []string
	for _, text := range texts {
		if !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}
