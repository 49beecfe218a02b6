package runbooks

import (
	"fmt"
	"regexp"
	"strings"
)

// MakeMistakes says which targets and variables of a command a Makefile does not have.
func MakeMistakes(makefile string, command Command) []string {
	var wrong []string
	for _, word := range command.Words[1:] {
		name, _, isVariable := strings.Cut(word, "=")
		switch {
		case isOpen(name) || strings.HasPrefix(name, "-"):
		case isVariable && !strings.Contains(makefile, "$("+name) && !strings.Contains(makefile, name+"="):
			wrong = append(wrong, fmt.Sprintf("the Makefile reads no variable %s", name))
		case !isVariable && !regexp.MustCompile(`(?m)^`+regexp.QuoteMeta(name)+`:`).MatchString(makefile):
			wrong = append(wrong, fmt.Sprintf("the Makefile has no target %s", name))
		}
	}
	return wrong
}
