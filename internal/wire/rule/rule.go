// Package rule has what judging a request yields: rules that it breaks, how near it is to the others, and what could
// not be judged.
package rule

import (
	"fmt"
	"unicode/utf8"
)

// Breach is a rule that a request breaks.
type Breach struct {
	Request int    // number of the request in its recording, from 0
	Member  string // path of the member: .Rules[0].Name
	Kind    string // what kind of rule: "pattern", "words: length", "documented: listener rules"
	Value   any    // what was sent
	Limit   string // what is allowed
	Source  string // where AWS says so; empty is the model
}

// Margin is how much of a limit is used.
type Margin struct {
	What          string
	Amount, Limit int
}

// Share is the used part of the limit, 1 is all of it.
func (m Margin) Share() float64 { return float64(m.Amount) / float64(m.Limit) }

// Sheet collects what the rules say of requests.
type Sheet struct {
	Request   int // the request that is looked at
	Breaches  []Breach
	Checks    map[string]int    // rules that were applied, by kind: a judge that looks at nothing finds nothing
	Margins   map[string]Margin // the nearest to each limit
	NotJudged map[string]int    // reason and how often
}

// NewSheet is an empty sheet.
func NewSheet() *Sheet {
	return &Sheet{Checks: map[string]int{}, Margins: map[string]Margin{}, NotJudged: map[string]int{}}
}

// Breaks notes a breach of a model's own rule.
func (s *Sheet) Breaks(member, kind string, value any, limit string) {
	if member == "" {
		member = "."
	}
	s.Breaches = append(s.Breaches, Breach{Request: s.Request, Member: member, Kind: kind, Value: value, Limit: limit})
}

// Within notes how much of a limit is used and is false where it is more than all.
func (s *Sheet) Within(what string, amount, limit int) bool {
	margin := Margin{What: what, Amount: amount, Limit: limit}
	if nearest, found := s.Margins[what]; !found || margin.Share() > nearest.Share() {
		s.Margins[what] = margin
	}
	return amount <= limit
}

// maxShown is how much of a value a finding shows.
const maxShown = 300

// Shown is a value as a finding shows it.
func Shown(value any) string {
	text := fmt.Sprint(value)
	if len(text) <= maxShown {
		return text
	}
	cut := maxShown
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return fmt.Sprintf("%s... (%d bytes)", text[:cut], len(text))
}
