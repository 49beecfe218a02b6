package moves

import (
	"fmt"
	"regexp"
	"strings"
)

// addressPattern is the address of a whole resource of a stack's own module.
var addressPattern = regexp.MustCompile(`^[a-z][a-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*$`)

// Check says what is wrong with the moves of a stack, whatever the stack declares: what Terraform refuses when it
// plans ('Ambiguous move statements', 'Cyclic dependency in move statements'), and moves to another type.
func Check(all []Move) []string {
	var problems []string
	add := func(one Move, format string, args ...any) {
		problems = append(problems, fmt.Sprintf("the move from %s: ", one)+fmt.Sprintf(format, args...))
	}
	froms, tos := map[string]string{}, map[string]string{}
	for _, one := range all {
		for _, address := range []string{one.From, one.To} {
			if !addressPattern.MatchString(address) {
				add(one, "%q is no address of a resource, such as aws_s3_bucket.files", address)
			}
		}
		if kindOf(one.From) != kindOf(one.To) {
			add(one, "a resource keeps its type; what is of another is made anew")
		}
		if to, ok := froms[one.From]; ok {
			add(one, "another move leads from there to %s; a resource goes to one address", to)
		}
		if from, ok := tos[one.To]; ok {
			add(one, "another move leads there from %s; an address takes one resource", from)
		}
		froms[one.From], tos[one.To] = one.To, one.From
	}
	for _, one := range all {
		if _, goesOn := froms[End(all, one.From)]; goesOn {
			add(one, "it leads round in a circle; the last address is one that the stack declares")
		}
	}
	return problems
}

// CheckIn says what is wrong with the moved blocks of a stack's JSON: with the moves, and where one leads to nothing
// that the stack declares, or from what it still declares ('Moved object still exists').
func CheckIn(root map[string]any) []string {
	all := Of(root)
	if problems := Check(all); problems != nil {
		return problems
	}
	var problems []string
	declared := addresses(root)
	for _, one := range all {
		if declared[one.From] != nil {
			problems = append(problems, fmt.Sprintf(
				"the move from %s: %s is still declared; Terraform refuses that", one, one.From))
		}
		if end := End(all, one.From); declared[end] == nil {
			problems = append(problems, fmt.Sprintf(
				"the move from %s: %s is not declared, so that what moves there is destroyed", one, end))
		}
	}
	return problems
}

func kindOf(address string) string {
	kind, _, _ := strings.Cut(address, ".")
	return kind
}

// addresses are the bodies of a stack's resources, by address.
func addresses(root map[string]any) map[string]map[string]any {
	found := map[string]map[string]any{}
	types, _ := root["resource"].(map[string]any)
	for kind, blocks := range types {
		byID, _ := blocks.(map[string]any)
		for id, block := range byID {
			body, _ := block.(map[string]any)
			if body == nil {
				body = map[string]any{}
			}
			found[kind+"."+id] = body
		}
	}
	return found
}
