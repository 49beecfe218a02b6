package pathproof

import (
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// A pattern is a string with IAM's wildcards, * and ?, in which a rune of Unicode's private use area stands for text
// that AWS makes: the id of a key, of a security group. The same rune is the same id.
const (
	firstToken = '\uE000'
	unknown    = '\uF8FF' // text that nothing is known of
)

// tokens are the runes of the resources whose ids AWS makes.
type tokens map[*graph.Node]rune

func (t tokens) of(node *graph.Node) string {
	if t[node] == 0 {
		t[node] = firstToken + rune(len(t))
	}
	return string(t[node])
}

// mayAgree is whether two patterns are the same up to the first wildcard or id of either. Most are told apart by that.
func mayAgree(a, b string) bool {
	for i := range min(len(a), len(b)) {
		if special(a[i]) || special(b[i]) {
			return true
		}
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b) || len(a) < len(b) && special(b[len(a)]) || len(b) < len(a) && special(a[len(b)])
}

// special is whether a byte is a wildcard or part of a rune beyond ASCII.
func special(b byte) bool { return b == '*' || b == '?' || b >= 0x80 }

func isToken(r rune) bool { return r >= firstToken && r < unknown }

// inID is whether an id may hold a rune: those of AWS' hold neither a colon nor a slash.
func inID(r rune) bool { return r != ':' && r != '/' }

// overlaps is whether some text is matched by both patterns. An id may be any text, but not another resource's id.
func overlaps(a, b string) bool {
	if !mayAgree(a, b) {
		return false
	}
	x, y := []rune(a), []rune(b)
	return overlap(x, y, make([]bool, (len(x)+1)*(len(y)+1)), 0, 0)
}

// overlap is overlaps from a place in both patterns on. failed are the places that are known not to lead to the end.
func overlap(a, b []rune, failed []bool, i, j int) bool {
	if i == len(a) && j == len(b) {
		return true
	}
	at := i*(len(b)+1) + j
	if failed[at] {
		return false
	}
	next := func(i, j int) bool { return i <= len(a) && j <= len(b) && overlap(a, b, failed, i, j) }
	found := false
	switch {
	case i < len(a) && (a[i] == '*' || a[i] == unknown):
		found = next(i+1, j) || next(i, j+1)
	case j < len(b) && (b[j] == '*' || b[j] == unknown):
		found = next(i, j+1) || next(i+1, j)
	case i == len(a) || j == len(b):
	case isToken(a[i]) && isToken(b[j]):
		found = a[i] == b[j] && next(i+1, j+1)
	case isToken(a[i]):
		found = inID(b[j]) && (next(i, j+1) || next(i+1, j+1))
	case isToken(b[j]):
		found = inID(a[i]) && (next(i+1, j) || next(i+1, j+1))
	default:
		found = (a[i] == b[j] || a[i] == '?' || b[j] == '?') && next(i+1, j+1)
	}
	failed[at] = !found
	return found
}

// covers is whether a pattern surely matches every text that another one matches.
func covers(pattern, text string) bool {
	if !mayAgree(pattern, text) {
		return false
	}
	p, t := []rune(pattern), []rune(text)
	if strings.ContainsRune(pattern, unknown) {
		return false
	}
	// reached[i] is whether p[:i] covers the text so far.
	reached := make([]bool, len(p)+1)
	reached[0] = true
	star := func(reached []bool) {
		for i, r := range p {
			if r == '*' && reached[i] {
				reached[i+1] = true
			}
		}
	}
	star(reached)
	for _, r := range t {
		after := make([]bool, len(p)+1)
		for i, want := range p {
			switch {
			case !reached[i]:
			case want == '*':
				after[i], after[i+1] = true, true
			case want == '?' && r != '*' && r != unknown && !isToken(r), want == r:
				after[i+1] = true
			}
		}
		star(after)
		reached = after
	}
	return reached[len(p)]
}

// anyOverlaps is whether one of the patterns overlaps a text.
func anyOverlaps(patterns []string, text string) bool {
	for _, pattern := range patterns {
		if overlaps(pattern, text) {
			return true
		}
	}
	return false
}

// anyCovers is whether one of the patterns covers a text.
func anyCovers(patterns []string, text string) bool {
	for _, pattern := range patterns {
		if covers(pattern, text) {
			return true
		}
	}
	return false
}
