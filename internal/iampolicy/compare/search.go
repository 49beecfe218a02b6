package compare

import (
	"slices"
	"unicode"
)

// mostSteps bounds the search for a text, to some milliseconds; beyond it the answer is that there may be one. Policies
// as people write them take some hundreds.
const mostSteps = 50_000

// verdict is whether a set holds anything.
type verdict int

const (
	isEmpty verdict = iota
	isNot
	mayNotBe // the search was given up
)

// symbol is a character, a variable as one unknown letter, or any character that no active step names.
type symbol struct {
	char     rune
	variable string
}

const anyOther = rune(-1)

// find decides whether some text matches all of the first patterns and none of the second. It walks the patterns'
// automata side by side, subset by subset, and is exact. A variable is a letter of its own, which * matches and ? does
// not: a single pattern found covered so stays covered whatever the variables' values are.
func find(all, none []*pattern) verdict {
	patterns := slices.Concat(all, none)
	s := searcher{patterns: patterns, required: len(all), seen: map[string]bool{}}
	start := make([][]int, len(patterns))
	first := commonSteps(patterns)
	for i, p := range patterns {
		start[i] = closure(p, []int{first})
	}
	s.push(start)
	for len(s.waiting) > 0 {
		if s.taken > mostSteps {
			return mayNotBe
		}
		state := s.waiting[len(s.waiting)-1]
		s.waiting = s.waiting[:len(s.waiting)-1]
		if s.accepts(state) {
			return isNot
		}
		for _, next := range s.symbols(state) {
			s.push(s.advance(state, next))
		}
	}
	return isEmpty
}

// commonSteps is how many steps all patterns begin with alike: a search may start behind them.
func commonSteps(patterns []*pattern) int {
	for i, s := range patterns[0].steps {
		for _, p := range patterns[1:] {
			if s.kind != exactly || i >= len(p.steps) || p.steps[i] != s {
				return i
			}
		}
	}
	return len(patterns[0].steps)
}

// searcher holds the states that were met: for each pattern the positions in it that the text so far can have led to.
type searcher struct {
	patterns []*pattern
	required int // how many of the patterns must match
	seen     map[string]bool
	waiting  [][][]int
	taken    int // steps that were tried
}

// push notes a state to go on from, unless it is known, or a pattern that must match no longer can, or one that must
// not will match whatever follows.
func (s *searcher) push(state [][]int) {
	var key []byte
	for i, positions := range state {
		steps := s.patterns[i].steps
		if len(positions) == 0 && i < s.required {
			return
		}
		last := len(steps) - 1
		if i >= s.required && last >= 0 && steps[last].kind == anyText && slices.Contains(positions, last) {
			return
		}
		for _, position := range positions {
			key = append(key, byte(position>>8), byte(position), 1)
		}
		key = append(key, 0)
	}
	if !s.seen[string(key)] {
		s.seen[string(key)] = true
		s.waiting = append(s.waiting, state)
	}
}

func (s *searcher) accepts(state [][]int) bool {
	for i, p := range s.patterns {
		if slices.Contains(state[i], len(p.steps)) != (i < s.required) {
			return false
		}
	}
	return true
}

// symbols are the characters between which the state's steps can tell, and one for all others. The last is tried first:
// a text of others, or one that the patterns that must match spell out, often is the witness.
func (s *searcher) symbols(state [][]int) []symbol {
	symbols := []symbol{{char: ':'}}
	add := func(next symbol) {
		if !slices.Contains(symbols, next) {
			symbols = append(symbols, next)
		}
	}
	for i, p := range slices.Backward(s.patterns) {
		for _, position := range state[i] {
			if position == len(p.steps) {
				continue
			}
			switch current := p.steps[position]; {
			case current.kind == variable:
				add(symbol{variable: current.name})
			case current.kind == exactly && current.fold:
				add(symbol{char: unicode.ToLower(current.char)})
				add(symbol{char: unicode.ToUpper(current.char)})
			case current.kind == exactly:
				add(symbol{char: current.char})
			}
		}
	}
	return append(symbols, symbol{char: anyOther})
}

func (s *searcher) advance(state [][]int, next symbol) [][]int {
	advanced := make([][]int, len(state))
	for i, p := range s.patterns {
		var positions []int
		s.taken += len(state[i])
		for _, position := range state[i] {
			if position == len(p.steps) || !p.steps[position].takes(next) {
				continue
			}
			if k := p.steps[position].kind; k != anyText && k != segmentText {
				position++
			}
			positions = append(positions, position)
		}
		advanced[i] = closure(p, positions)
	}
	return advanced
}

// closure adds the positions that are reached by matching no text, and sorts.
func closure(p *pattern, positions []int) []int {
	for i := 0; i < len(positions); i++ {
		position := positions[i]
		if position == len(p.steps) {
			continue
		}
		if k := p.steps[position].kind; k == anyText || k == segmentText {
			positions = append(positions, position+1)
		}
	}
	slices.Sort(positions)
	return slices.Compact(positions)
}

// takes is whether a step matches a symbol.
func (s step) takes(next symbol) bool {
	if next.variable != "" {
		return s.kind == anyText || s.kind == variable && s.name == next.variable
	}
	switch s.kind {
	case anyOne, anyText:
		return true
	case oneInSegment, segmentText:
		return next.char != ':'
	case exactly:
		return s.char == next.char || s.fold && unicode.ToLower(s.char) == unicode.ToLower(next.char)
	}
	return false
}
