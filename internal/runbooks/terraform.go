package runbooks

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
)

// Terraform judges commands by Terraform's own help.
type Terraform struct {
	flags map[string][]string // of a command: state rm
}

// hasCommands are Terraform's commands that have commands of their own.
var hasCommands = []string{"state", "workspace", "providers"}

var flagInHelp = regexp.MustCompile(`(?m)(?:^|[\s\[])-([a-z][a-z-]*)`)

// Mistakes says what Terraform would refuse of a command.
func (t *Terraform) Mistakes(ctx context.Context, command Command) ([]string, error) {
	words := command.Words[1:]
	if strings.HasPrefix(words[0], "-") || isOpen(words[0]) {
		return nil, nil
	}
	verb, rest := words[:1], words[1:]
	if slices.Contains(hasCommands, verb[0]) && len(rest) > 0 {
		verb, rest = words[:2], words[2:]
	}
	flags, err := t.flagsOf(ctx, verb)
	if err != nil {
		return nil, err
	}
	if flags == nil {
		return []string{fmt.Sprintf("terraform has no command %q", strings.Join(verb, " "))}, nil
	}
	var wrong []string
	for _, word := range rest {
		name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
		if strings.HasPrefix(word, "-") && !slices.Contains(flags, name) {
			wrong = append(wrong, fmt.Sprintf("terraform %s has no option -%s", strings.Join(verb, " "), name))
		}
	}
	return wrong, nil
}

// flagsOf are the options of a command, nil where there is no such command.
func (t *Terraform) flagsOf(ctx context.Context, verb []string) ([]string, error) {
	name := strings.Join(verb, " ")
	if flags, found := t.flags[name]; found {
		return flags, nil
	}
	out, err := exec.CommandContext(ctx, "terraform", append(slices.Clone(verb), "-help")...).CombinedOutput()
	help := string(out)
	if !strings.Contains(help, "Usage: terraform") && !strings.Contains(help, "has no command named") {
		return nil, fmt.Errorf("asking terraform %s for its help: %w: %s", name, err, help)
	}
	var flags []string
	if strings.Contains(help, "Usage: terraform [global options] "+name) {
		flags = []string{"help"}
		for _, found := range flagInHelp.FindAllStringSubmatch(help, -1) {
			flags = append(flags, found[1])
		}
	}
	if t.flags == nil {
		t.flags = map[string][]string{}
	}
	t.flags[name] = flags
	return flags, nil
}
