// Package proof says, for every workload, which calls its role must allow and which it must not, and judges policies as
// IAM does. It is for tests alone: the emulator's IAM enforcement is asked the same questions, except about condition
// keys that it can't fill.
package proof

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/iampolicy"
)

// Call is one call to AWS as IAM sees it: an action on one resource. A call that needs several
// resources is several of these.
type Call struct {
	Action   string
	Resource string            // "*" where the action knows none
	Context  map[string]string // condition keys that the call carries
}

func (c Call) String() string {
	if len(c.Context) == 0 {
		return c.Action + " on " + c.Resource
	}
	return fmt.Sprintf("%s on %s with %v", c.Action, c.Resource, c.Context)
}

// Without is the call without one of its condition keys.
func (c Call) Without(key string) Call {
	context := map[string]string{}
	for k, v := range c.Context {
		if k != key {
			context[k] = v
		}
	}
	return Call{c.Action, c.Resource, context}
}

// Allows is whether statements of identity policies allow a call: one allows it and none denies it. It knows what the
// project's policies use, and panics at an operator that it does not know rather than guess.
func Allows(statements []iampolicy.Statement, call Call) bool {
	allowed := false
	for _, s := range statements {
		if !anyMatch(s.Action, call.Action, strings.ToLower) || !anyMatch(s.Resource, call.Resource, nil) ||
			!holds(s.Condition, call.Context) {
			continue
		}
		if s.Effect == iampolicy.Deny {
			return false
		}
		allowed = true
	}
	return allowed
}

// anyMatch is whether one of the patterns matches; fold makes both alike first, as actions know no case.
func anyMatch(patterns []string, text string, fold func(string) string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		if fold != nil {
			return matches(fold(pattern), fold(text))
		}
		return matches(pattern, text)
	})
}

// holds is whether every operator holds for every key of it. A key that the call does not carry fails it, but for a
// negated operator, which holds then (IAM User Guide, 'Multivalued context keys and negated matching').
func holds(conditions iampolicy.Conditions, context map[string]string) bool {
	for operator, keys := range conditions {
		positive, negated := strings.CutPrefix(operator, "StringNot")
		if negated {
			operator = "String" + positive
		}
		for key, values := range keys {
			value, present := context[key]
			one := func(wanted string) bool { return compare(operator, wanted, value) }
			if matched := present && slices.ContainsFunc(values, one); matched == negated {
				return false
			}
		}
	}
	return true
}

func compare(operator, wanted, value string) bool {
	switch operator {
	case "StringEquals", "Bool", "ForAnyValue:StringEquals":
		return wanted == value // the last is for keys of several values, of which a Call has one
	case "StringLike", "ArnLike", "ArnEquals":
		return matches(wanted, value) // ArnEquals is as ArnLike (IAM User Guide, 'ARN condition operators')
	}
	panic(fmt.Sprintf("condition operator %q: teach it to the evaluator", operator))
}

// matches compares with IAM's wildcards: * is any text, ? any character.
func matches(pattern, text string) bool {
	if pattern == "" {
		return text == ""
	}
	if pattern[0] == '*' {
		return matches(pattern[1:], text) || text != "" && matches(pattern, text[1:])
	}
	return text != "" && (pattern[0] == '?' || pattern[0] == text[0]) && matches(pattern[1:], text[1:])
}
