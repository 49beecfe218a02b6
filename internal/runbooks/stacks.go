package runbooks

import (
	"slices"
	"strings"
)

// UnknownStacks are the stacks and environments that a command names and that there are not.
func (n *Names) UnknownStacks(command Command) []string {
	words := command.Words
	if words[0] == "go" && len(words) > 2 && words[1] == "tool" {
		words = words[2:]
	}
	var stacks []string
	switch {
	case words[0] == "make" && !slices.Contains(words, "e2e-options"): // whose environments are those of its fixtures
		for _, word := range words[1:] {
			if value, found := strings.CutPrefix(word, "ENV="); found {
				stacks = append(stacks, strings.Split(value, ",")...)
			}
		}
	case words[0] == "npx" && len(words) > 3:
		stacks = bare(words[3:])
	case words[0] == "titan" && len(words) > 2 && slices.Contains(takeStacks, words[1]):
		stacks = bare(words[2:3])
	}
	return slices.DeleteFunc(stacks, func(name string) bool { return isOnlyOpen(name) || n.isStack(name) })
}

// takeStacks are the commands of titan whose first word is a stack or an environment.
var takeStacks = []string{
	"plan", "deploy", "destroy", "review", "adopt", "failover", "release", "crds", "kubeconfig", "upgrade", "preflight",
	"describe",
}

func bare(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(word string) bool {
		return strings.HasPrefix(word, "-") || word == "…"
	})
}
