package compare

import (
	"fmt"
	"math/big"
)

// span is the numbers between two ends. An end that is nil has no limit.
type span struct {
	from, to         *big.Rat
	fromOpen, toOpen bool // the end itself is not among them
}

func (s span) empty() bool {
	if s.from == nil || s.to == nil {
		return false
	}
	order := s.from.Cmp(s.to)
	return order > 0 || order == 0 && (s.fromOpen || s.toOpen)
}

func (s span) intersect(other span) span {
	if s.from == nil ||
		other.from != nil && (other.from.Cmp(s.from) > 0 || other.from.Cmp(s.from) == 0 && other.fromOpen) {
		s.from, s.fromOpen = other.from, other.fromOpen
	}
	if s.to == nil || other.to != nil && (other.to.Cmp(s.to) < 0 || other.to.Cmp(s.to) == 0 && other.toOpen) {
		s.to, s.toOpen = other.to, other.toOpen
	}
	return s
}

// without is what is left of a span: at most a part below the other and a part above it.
func (s span) without(other span) []span {
	var left []span
	if other.from != nil {
		left = append(left, s.intersect(span{to: other.from, toOpen: !other.fromOpen}))
	}
	if other.to != nil {
		left = append(left, s.intersect(span{from: other.to, fromOpen: !other.toOpen}))
	}
	return left
}

// spans is a set of numbers.
type spans []span

func (s spans) within(others spans) spans {
	var kept spans
	for _, one := range s {
		for _, other := range others {
			if both := one.intersect(other); !both.empty() {
				kept = append(kept, both)
			}
		}
	}
	return kept
}

func (s spans) without(others spans) spans {
	for _, other := range others {
		var kept spans
		for _, one := range s {
			for _, part := range one.without(other) {
				if !part.empty() {
					kept = append(kept, part)
				}
			}
		}
		s = kept
	}
	return s
}

// show writes spans: "< 5", ">= 7 and < 9".
func (s spans) show(text func(*big.Rat) string) []string {
	var parts []string
	for _, one := range s {
		parts = append(parts, one.show(text))
	}
	return parts
}

func (s span) show(text func(*big.Rat) string) string {
	from, to := "", ""
	if s.from != nil {
		from = map[bool]string{true: "> ", false: ">= "}[s.fromOpen] + text(s.from)
	}
	if s.to != nil {
		to = map[bool]string{true: "< ", false: "<= "}[s.toOpen] + text(s.to)
	}
	switch {
	case from == "" && to == "":
		return "any number"
	case from == "" || to == "":
		return from + to
	case s.from.Cmp(s.to) == 0:
		return text(s.from)
	}
	return fmt.Sprintf("%s and %s", from, to)
}
