package runbooks

import (
	"fmt"
	"slices"
	"strings"
)

// option is an option of a command, and the words that follow it.
type option struct {
	name   string
	values []string
}

func optionsOf(words []string) []option {
	var options []option
	for _, word := range words {
		if name, isOption := strings.CutPrefix(word, "--"); isOption {
			options = append(options, option{name: name})
			continue
		}
		if len(options) > 0 {
			last := &options[len(options)-1]
			last.values = append(last.values, word)
		}
	}
	return options
}

func unknownOptions(given []option, known []string) []string {
	var wrong []string
	for _, option := range given {
		if !slices.Contains(known, option.name) && !slices.Contains(globalOptions, "--"+option.name) {
			wrong = append(wrong, fmt.Sprintf("it has no option --%s", option.name))
		}
	}
	return wrong
}
