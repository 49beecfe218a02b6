package eventpattern

import (
	"errors"
	"fmt"
	"strings"
)

// parseWildcard reads a string in which * stands for any characters, also none, and \* and \\ for themselves
// (EventBridge User Guide, 'Matching using wildcards').
func parseWildcard(pattern string) (condition, error) {
	literals, err := split(pattern)
	if err != nil {
		return nil, fmt.Errorf("wildcard: %q: %w", pattern, err)
	}
	return onStrings(func(value string) bool { return spans(literals, value) }), nil
}

// split is the text between the wildcards: n wildcards make n+1 literals.
func split(pattern string) ([]string, error) {
	literals := []string{""}
	last := func() *string { return &literals[len(literals)-1] }
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '*':
			if strings.HasPrefix(pattern[i+1:], "*") {
				return nil, errors.New("two wildcards in a row")
			}
			literals = append(literals, "")
		case '\\':
			i++
			if i == len(pattern) || (pattern[i] != '*' && pattern[i] != '\\') {
				return nil, errors.New(`a backslash that is not \* or \\`)
			}
			*last() += pattern[i : i+1]
		default:
			*last() += pattern[i : i+1]
		}
	}
	return literals, nil
}

// spans says whether the value is the literals in their order with anything between them. Taking each at its first
// place leaves the most for those that follow.
func spans(literals []string, value string) bool {
	if len(literals) == 1 {
		return value == literals[0]
	}
	value, begins := strings.CutPrefix(value, literals[0])
	if !begins {
		return false
	}
	last := len(literals) - 1
	for _, literal := range literals[1:last] {
		_, rest, found := strings.Cut(value, literal)
		if !found {
			return false
		}
		value = rest
	}
	return strings.HasSuffix(value, literals[last])
}
