package compare

import "strings"

// syntax is how a text becomes a pattern.
type syntax struct {
	wildcards bool // * and ? stand for other text
	variables bool // ${…} does
	fold      bool // case does not matter
	arn       bool // the first five segments' wildcards match no colon
}

// parse reads a text. ${*}, ${?} and ${$} are these characters themselves (IAM User Guide, 'IAM policy elements:
// Variables and tags').
func (s syntax) parse(text string) *pattern {
	var steps []step
	colons := 0
	for rest := text; rest != ""; {
		if end := strings.IndexByte(rest, '}'); s.variables && strings.HasPrefix(rest, "${") && end > 0 {
			steps = append(steps, expression(rest[2:end], s.fold))
			rest = rest[end+1:]
			continue
		}
		char := []rune(rest)[0]
		rest = rest[len(string(char)):]
		if char == ':' {
			colons++
		}
		steps = append(steps, s.step(char, s.arn && colons < arnColons))
	}
	return newPattern(text, steps)
}

// arnColons is how many colons an ARN has at least; what follows the last of them may hold more.
const arnColons = 5

func (s syntax) step(char rune, inSegment bool) step {
	switch {
	case s.wildcards && char == '*' && inSegment:
		return step{kind: segmentText}
	case s.wildcards && char == '?' && inSegment:
		return step{kind: oneInSegment}
	case s.wildcards && char == '*':
		return step{kind: anyText}
	case s.wildcards && char == '?':
		return step{kind: anyOne}
	}
	return step{kind: exactly, char: char, fold: s.fold}
}

func expression(name string, fold bool) step {
	switch name {
	case "*", "?", "$":
		return step{kind: exactly, char: rune(name[0])}
	}
	key, fallback, _ := strings.Cut(name, ",") // ${aws:PrincipalTag/team, 'none'}: the key knows no case, its default does
	name = strings.ToLower(key) + "," + fallback
	if fold {
		name += ", ignoring case"
	}
	return step{kind: variable, name: name}
}
