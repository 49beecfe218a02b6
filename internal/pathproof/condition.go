package pathproof

import (
	"slices"
	"strings"
)

// truth is what is known of a condition.
type truth int

const (
	maybe truth = iota
	yes
	no
)

func (t truth) not() truth {
	switch t {
	case yes:
		return no
	case no:
		return yes
	}
	return maybe
}

// keys are the condition keys of a request that are known, in lower case. A key that is there without values is known
// to be absent.
type keys map[string][]string

// holds is whether all conditions of a statement hold.
func (s statement) holds(known keys) truth {
	result := yes
	for _, c := range s.conditions {
		switch c.holds(known) {
		case no:
			return no
		case maybe:
			result = maybe
		}
	}
	return result
}

// applies is whether a statement has to be counted: an Allow that may hold, a Deny that surely does.
func (s statement) applies(known keys) bool {
	if s.deny {
		return s.holds(known) == yes
	}
	return s.holds(known) != no
}

// holds is what is known of one operator on one key (IAM User Guide, 'IAM JSON policy elements: Condition operators').
func (c condition) holds(known keys) truth {
	values, isKnown := known[c.key]
	if !isKnown || strings.HasPrefix(c.operator, "forallvalues:") {
		return maybe
	}
	operator, ifExists := strings.CutSuffix(strings.TrimPrefix(c.operator, "foranyvalue:"), "ifexists")
	positive, negated := negations[operator]
	if !negated {
		positive = operator
	}
	switch {
	case negated && strings.HasPrefix(c.operator, "foranyvalue:"): // one value that differs is enough
		return maybe
	case positive != "bool" && !slices.Contains(compared, positive):
		return maybe
	case len(values) == 0:
		return c.absent(negated || ifExists)
	}
	result := no
	for _, value := range values {
		switch c.matches(positive, value) {
		case yes:
			result = yes
		case maybe:
			if result == no {
				result = maybe
			}
		}
	}
	if negated {
		return result.not()
	}
	return result
}

// absent is what an operator says of a key that a request does not carry. ForAnyValue fails then; a negated operator
// and IfExists hold.
func (c condition) absent(holds bool) truth {
	if holds && !strings.HasPrefix(c.operator, "foranyvalue:") {
		return yes
	}
	return no
}

// negations are the negated operators with the ones that they negate.
var negations = map[string]string{
	"stringnotequals": "stringequals", "stringnotequalsignorecase": "stringequalsignorecase",
	"stringnotlike": "stringlike", "arnnotequals": "arnequals", "arnnotlike": "arnlike",
}

// compared are the operators on strings that are decided where the key is known; the others may hold.
var compared = []string{"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"}

// matches is whether one of the condition's values is the request's. A value of the request may be a pattern.
func (c condition) matches(operator, value string) truth {
	result := no
	for _, want := range c.values {
		switch {
		case strings.Contains(want, "${"): // a policy variable
			result = maybe
			continue
		case operator == "stringequals" && strings.ContainsAny(want, "*?"):
			want = strings.NewReplacer("*", string(literalStar), "?", string(literalStar)).Replace(want)
		case operator == "stringequalsignorecase" || operator == "bool":
			want, value = strings.ToLower(want), strings.ToLower(value)
		}
		if covers(want, value) {
			return yes
		}
		if overlaps(want, value) {
			result = maybe
		}
	}
	return result
}

// literalStar stands for a wildcard character that an operator takes literally; no name of AWS' holds it.
const literalStar = '\x00'
