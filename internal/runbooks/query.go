package runbooks

import (
	"fmt"
	"regexp"

	"github.com/titan-platform/titan/internal/wire/model"
)

// Parts of a query in JMESPath that name no member: text, literals, functions.
var (
	literalInQuery = regexp.MustCompile("'[^']*'|`[^`]*`")
	functionCall   = regexp.MustCompile(`[a-z_]+\(`)
	memberInQuery  = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)
)

// badQuery says which members a query names that no part of an operation's answer has.
func badQuery(query string, answer *model.Ref) []string {
	known := map[string]bool{}
	if answer != nil {
		members(answer.Of, known, map[*model.Shape]bool{})
	}
	query = functionCall.ReplaceAllString(literalInQuery.ReplaceAllString(query, ""), "")
	var wrong []string
	for _, name := range memberInQuery.FindAllString(query, -1) {
		if !known[name] {
			wrong = append(wrong, fmt.Sprintf("--query asks for %q, which the answer has not", name))
		}
	}
	return wrong
}

// members adds the names of all members of a shape, and of what is in it.
func members(shape *model.Shape, known map[string]bool, seen map[*model.Shape]bool) {
	if seen[shape] {
		return
	}
	seen[shape] = true
	for name, ref := range shape.Members {
		known[name] = true
		members(ref.Of, known, seen)
	}
	for _, ref := range []*model.Ref{shape.Member, shape.Value} {
		if ref != nil {
			members(ref.Of, known, seen)
		}
	}
}
