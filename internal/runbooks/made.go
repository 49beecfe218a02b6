package runbooks

import (
	"regexp"
	"strings"
)

// Made are the names of what a command makes, which no stack has: a cluster that is restored beside another.
func Made(command Command) []string {
	if len(command.Words) < 3 || command.Words[0] != "aws" ||
		!strings.HasPrefix(command.Words[2], "create-") && !strings.HasPrefix(command.Words[2], "restore-") {
		return nil
	}
	var made []string
	for _, option := range optionsOf(command.Words[3:]) {
		if strings.HasSuffix(option.name, "identifier") || strings.HasSuffix(option.name, "name") {
			made = append(made, option.values...)
		}
	}
	return made
}

var snapshots = regexp.MustCompile(`snapshots: \[([^\]]+)\]`)

// MadeBySettings are the names of the snapshots that settings in a block have a stack take.
func MadeBySettings(block Block) []string {
	var made []string
	for _, found := range snapshots.FindAllStringSubmatch(block.Text, -1) {
		for _, name := range strings.Split(found[1], ",") {
			for _, environment := range []string{"prod", "prod-dr"} {
				made = append(made, "birthday-db-"+environment+"-"+strings.TrimSpace(name))
			}
		}
	}
	return made
}
