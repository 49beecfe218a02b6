package runbooks

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/titan-platform/titan/internal/wire/model"
)

// AWS judges commands of the AWS CLI by AWS's own API models.
type AWS struct {
	data   string // botocore's data folder
	models *model.Models
}

// NewAWS judges by the pinned models in a botocore's data folder.
func NewAWS(data string) *AWS { return &AWS{data: data, models: model.Open(data)} }

// Mistakes says what the AWS CLI would refuse of a command: a service, an operation or an option that there is not, an
// option that is missing, a value that the API does not know.
func (a *AWS) Mistakes(command Command) []string {
	words := slices.Clone(command.Words[1:])
	for len(words) > 1 && slices.Contains(globalOptions, words[0]) { // before the service
		words = words[2:]
	}
	if len(words) < 2 {
		return []string{"it names no operation"}
	}
	service, operation, rest := words[0], words[1], words[2:]
	if options, found := ofTheCLI[service+" "+operation]; found {
		return unknownOptions(optionsOf(rest), options)
	}
	switch service {
	case "s3":
		return []string{fmt.Sprintf("s3 has no operation %q; the API's are those of s3api", operation)}
	case "s3api":
		service = "s3"
	}
	pinned, err := a.models.Named(service)
	if err != nil {
		return []string{err.Error()}
	}
	name := operation
	if operation == "wait" && len(rest) > 0 {
		if name, err = a.waitsBy(service, rest[0]); err != nil {
			return []string{err.Error()}
		}
		rest = rest[1:]
	}
	for called, one := range pinned.Operations {
		if called == name || hyphenated(called) == name {
			given := optionsOf(rest)
			wrong := a.mistakes(command.Named, service+" "+operation, one.Input.Of, given)
			for _, option := range given {
				if option.name == "query" && len(option.values) > 0 && !isOpen(option.values[0]) {
					wrong = append(wrong, badQuery(option.values[0], one.Output)...)
				}
			}
			return wrong
		}
	}
	return []string{fmt.Sprintf("%s has no operation %q", service, operation)}
}

// mistakes compares a command's options with the members of its operation's input.
func (a *AWS) mistakes(named bool, operation string, input *model.Shape, given []option) []string {
	var wrong []string
	members := map[string]string{} // by the CLI's name
	for member, ref := range input.Members {
		name := renamed(operation, member)
		members[name] = member
		if ref.Of.Type == "boolean" {
			members["no-"+name] = member
		}
	}
	has := map[string]bool{}
	for _, option := range given {
		member, found := members[option.name]
		switch {
		case found:
			has[member] = true
			if input.Members[member].Of.Type != "boolean" && len(option.values) == 0 && !named {
				wrong = append(wrong, fmt.Sprintf("--%s takes a value", option.name))
			}
			wrong = append(wrong, badValues(option, input.Members[member].Of)...)
		case !slices.Contains(globalOptions, "--"+option.name):
			wrong = append(wrong, fmt.Sprintf("%s has no option --%s", operation, option.name))
		}
	}
	if named { // a sentence leaves out what its reader knows
		return wrong
	}
	for _, member := range input.Required {
		if !has[member] && !input.Members[member].IdempotencyToken && !has["CliInputJson"] {
			wrong = append(wrong, fmt.Sprintf("%s asks for --%s", operation, renamed(operation, member)))
		}
	}
	return wrong
}

// waitsBy is the operation that a waiter asks.
func (a *AWS) waitsBy(service, waiter string) (string, error) {
	files, err := filepath.Glob(filepath.Join(a.data, service, "*", "waiters-2.json"))
	if err != nil || len(files) == 0 {
		return "", fmt.Errorf("%s waits for nothing", service)
	}
	content, err := os.ReadFile(slices.Max(files))
	if err != nil {
		return "", fmt.Errorf("reading the waiters of %q: %w", service, err)
	}
	var waiters struct {
		Waiters map[string]struct{ Operation string }
	}
	if err := json.Unmarshal(content, &waiters); err != nil {
		return "", fmt.Errorf("reading the waiters of %q: %w", service, err)
	}
	for name, one := range waiters.Waiters {
		if hyphenated(name) == waiter {
			return one.Operation, nil
		}
	}
	return "", fmt.Errorf("%s has nothing to wait for called %q", service, waiter)
}
