package compare

import "strings"

// kind is what one step of a pattern matches.
type kind int

const (
	exactly      kind = iota // one given character
	anyOne                   // ? : any character
	anyText                  // * : any text, also none
	oneInSegment             // ? between an ARN's colons: any character but a colon
	segmentText              // * between an ARN's colons
	variable                 // a policy variable's value, unknown until a request
)

// step is one element of a pattern.
type step struct {
	kind kind
	char rune   // of exactly
	fold bool   // of exactly: either case of an ASCII letter
	name string // of variable
}

// pattern is a text with IAM's wildcards and variables.
type pattern struct {
	text  string // as the policy has it
	steps []step
	key   string // the same for patterns that match the same way
	note  string // for a reader, what the text alone does not tell
	mode  string // likewise, where the same text is read in two ways
}

func newPattern(text string, steps []step) *pattern {
	var key strings.Builder
	for _, s := range steps {
		if s.fold {
			key.WriteByte('f')
		} else {
			key.WriteRune(rune('0' + s.kind))
		}
		if s.kind == exactly {
			key.WriteRune(s.char)
		}
		if s.kind == variable {
			key.WriteString(s.name + "}")
		}
	}
	return &pattern{text: text, steps: steps, key: key.String()}
}

// everything is the pattern that matches any text.
var everything = newPattern("*", []step{{kind: anyText}})

// literally is the steps that match a text and nothing else.
func literally(text string) []step {
	var steps []step
	for _, char := range text {
		steps = append(steps, step{kind: exactly, char: char})
	}
	return steps
}

// variables are the names of the variables in a pattern.
func (p *pattern) variables() []string {
	var names []string
	for _, s := range p.steps {
		if s.kind == variable {
			names = append(names, s.name)
		}
	}
	return names
}

// varies is whether what the pattern matches depends on variables.
func (p *pattern) varies() bool { return len(p.variables()) > 0 }

// widened is the pattern with any text for each variable: it matches whatever the pattern may come to match.
func (p *pattern) widened() *pattern {
	steps := make([]step, len(p.steps))
	for i, s := range p.steps {
		if s.kind == variable {
			s = step{kind: anyText}
		}
		steps[i] = s
	}
	return newPattern(p.text, steps)
}

// exact is whether the pattern matches one text only.
func (p *pattern) exact() bool {
	for _, s := range p.steps {
		if s.kind != exactly || s.fold {
			return false
		}
	}
	return true
}

// apart is whether two patterns plainly never match the same text, because they begin or end differently.
func apart(p, q *pattern) bool {
	differ := func(a, b step) (known, different bool) {
		known = a.kind == exactly && b.kind == exactly && !a.fold && !b.fold
		return known, known && a.char != b.char
	}
	shorter := min(len(p.steps), len(q.steps))
	for i := range shorter {
		known, different := differ(p.steps[i], q.steps[i])
		if different {
			return true
		}
		if !known {
			break
		}
	}
	for i := 1; i <= shorter; i++ {
		known, different := differ(p.steps[len(p.steps)-i], q.steps[len(q.steps)-i])
		if different {
			return true
		}
		if !known {
			break
		}
	}
	return false
}
