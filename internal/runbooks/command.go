package runbooks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// Command is a command that a page has people call.
type Command struct {
	Where string // docs/runbooks/state.md:44
	// Words are its words, without quotes. A placeholder stands as it is written, <env>; what the shell fills in is …
	Words []string
	// Named is whether it stands in a sentence, which may leave options out.
	Named bool
}

// programs are those whose commands are judged.
var programs = []string{"aws", "titan", "go", "make", "npx", "terraform", "kubectl", "helm"}

// Commands are the commands of a page: of its blocks of shell, and those in its sentences.
func Commands(page Page) ([]Command, error) {
	var all []Command
	for _, block := range page.Blocks {
		if block.Language != "sh" {
			continue
		}
		commands, err := parse(page.Path, block.Line, block.Text)
		if err != nil {
			return nil, err
		}
		all = append(all, commands...)
	}
	for _, span := range page.Spans {
		program, rest, _ := strings.Cut(span.Text, " ")
		if !slices.Contains(programs, program) || rest == "" {
			continue
		}
		commands, err := parse(page.Path, span.Line, span.Text)
		if err != nil {
			return nil, err
		}
		for _, command := range commands {
			command.Named = true
			all = append(all, command)
		}
	}
	return all, nil
}

// placeholder is what a reader fills in: <second region>, <output vpc_id of <env>>. The shell would take it for a
// redirection.
var placeholder = regexp.MustCompile(`<[A-Za-z](?:[^<>\n]|<[^<>\n]*>)*>`)

// The characters of a placeholder that mean something to the shell, and what stands for them meanwhile.
var (
	shield = strings.NewReplacer(
		"<", "‹", ">", "›", " ", "\u00a0", "'", "’", "`", "‘", "$", "＄", "(", "（", ")", "）")
	unshield = strings.NewReplacer(
		"‹", "<", "›", ">", "\u00a0", " ", "’", "'", "‘", "`", "＄", "$", "（", "(", "）", ")")
)

func parse(path string, line int, text string) ([]Command, error) {
	shell := placeholder.ReplaceAllStringFunc(text, shield.Replace)
	file, err := syntax.NewParser().Parse(strings.NewReader(shell), path)
	if err != nil {
		return nil, fmt.Errorf("docs/%s:%d: no shell: %w", path, line, err)
	}
	var commands []Command
	syntax.Walk(file, func(node syntax.Node) bool {
		call, ok := node.(*syntax.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		command := Command{Where: fmt.Sprintf("docs/%s:%d", path, line+int(call.Pos().Line())-1)}
		for _, word := range call.Args {
			command.Words = append(command.Words, unshield.Replace(literal(word.Parts)))
		}
		if command.Words[0] == "xargs" { // which adds words of its own
			command.Words, command.Named = append(slices.Clone(command.Words[1:]), "…"), true
		}
		commands = append(commands, command)
		return true
	})
	return commands, nil
}

// literal is a word as the program gets it; what the shell fills in is an ellipsis.
func literal(parts []syntax.WordPart) string {
	var out strings.Builder
	for _, part := range parts {
		switch part := part.(type) {
		case *syntax.Lit:
			out.WriteString(strings.ReplaceAll(part.Value, `\`, ""))
		case *syntax.SglQuoted:
			out.WriteString(part.Value)
		case *syntax.DblQuoted:
			out.WriteString(literal(part.Parts))
		default:
			out.WriteString("…")
		}
	}
	return out.String()
}

// isOpen is whether a word has a part that is not known: a placeholder, or what the shell fills in.
func isOpen(word string) bool {
	return strings.Contains(word, "…") || placeholder.MatchString(word)
}
