package runbooks

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
)

// Help judges the commands of a program by what the program's own help says.
type Help struct {
	program []string // and the words before its commands
	asks    []string // for a command's help
	nested  []string // commands that have commands of their own
	usage   string   // how the help of a command begins that there is, before its name
	global  []string // the words that print the options of every command

	flags map[string][]string // of a command: state rm
}

// Terraform judges Terraform's commands.
func Terraform() *Help {
	return &Help{
		program: []string{"terraform"}, asks: []string{"-help"}, usage: "terraform [global options] ",
		nested: []string{"state", "workspace", "providers"},
	}
}

// CDKTF judges the commands of the cdktf CLI at a path.
func CDKTF(path string) *Help {
	return &Help{program: []string{path}, asks: []string{"--help"}, usage: "cdktf "}
}

// Kubectl judges the commands of the kubectl at a path.
func Kubectl(path string) *Help {
	return &Help{
		program: []string{path}, asks: []string{"--help"}, usage: "kubectl ", nested: []string{"rollout", "top"},
		global: []string{"options"},
	}
}

// Helm judges the commands of the helm at a path.
func Helm(path string) *Help {
	return &Help{program: []string{path}, asks: []string{"--help"}, usage: "helm "}
}

// Mistakes says what the program would refuse of a command: a command or an option that there is not.
func (h *Help) Mistakes(ctx context.Context, command Command) ([]string, error) {
	words := command.Words[1:]
	if command.Words[0] == "npx" {
		words = words[1:]
	}
	var rest []string
	for len(words) > 0 && strings.HasPrefix(words[0], "-") { // -n birthday, before the command
		rest, words = append(rest, words[0]), words[min(2, len(words)):]
	}
	if len(words) == 0 || isOpen(words[0]) {
		return nil, nil
	}
	verb := words[:1]
	if slices.Contains(h.nested, verb[0]) && len(words) > 1 {
		verb = words[:2]
	}
	rest = append(rest, words[len(verb):]...)
	flags, err := h.flagsOf(ctx, verb)
	if err != nil {
		return nil, err
	}
	name := strings.Join(verb, " ")
	if flags == nil {
		return []string{fmt.Sprintf("%s has no command %q", command.Words[0], name)}, nil
	}
	var wrong []string
	for _, word := range rest {
		if word == "--" { // what follows is another program's
			break
		}
		flag, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
		if strings.HasPrefix(word, "-") && word != "-" && !slices.Contains(flags, flag) {
			wrong = append(wrong, fmt.Sprintf("%s %s has no option %s", command.Words[0], name, word))
		}
	}
	return wrong, nil
}

var flagInHelp = regexp.MustCompile(`(?m)(?:^|[\s\[])--?([a-zA-Z][a-z-]*)`)

// flagsOf are the options of a command, nil where there is no such command.
func (h *Help) flagsOf(ctx context.Context, verb []string) ([]string, error) {
	name := strings.Join(verb, " ")
	if flags, found := h.flags[name]; found {
		return flags, nil
	}
	help, err := h.ask(ctx, append(slices.Clone(verb), h.asks...)...)
	if err != nil {
		return nil, err
	}
	var flags []string
	singular := regexp.QuoteMeta(h.usage + strings.TrimSuffix(name, "s")) // kubectl takes both: top nodes
	if regexp.MustCompile(singular + `s?\b`).MatchString(help) {
		if len(h.global) > 0 {
			global, err := h.ask(ctx, h.global...)
			if err != nil {
				return nil, err
			}
			help += global
		}
		for _, found := range flagInHelp.FindAllStringSubmatch(help, -1) {
			flags = append(flags, found[1])
		}
	}
	if h.flags == nil {
		h.flags = map[string][]string{}
	}
	h.flags[name] = flags
	return flags, nil
}

// ask is what the program prints; it may fail at a command that it has not.
func (h *Help) ask(ctx context.Context, words ...string) (string, error) {
	all := append(slices.Clone(h.program), words...)
	out, err := exec.CommandContext(ctx, all[0], all[1:]...).CombinedOutput()
	if len(out) == 0 {
		return "", fmt.Errorf("asking %q for help: no answer: %w", all, err)
	}
	return string(out), nil
}
