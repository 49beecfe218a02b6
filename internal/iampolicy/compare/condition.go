package compare

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// operator is what a condition operator's name without qualifiers says.
type operator struct {
	aspect  aspect
	negated bool
	syntax  syntax // of text
	note    string // for a reader, how text is read
	compare string // of number and date: a sign
}

// operators are those of the IAM User Guide, 'IAM JSON policy elements: Condition operators'. ArnEquals and ArnLike are
// the same. What is not among them is an assertion: equal where its text is, else not to be compared.
var operators = map[string]operator{
	"StringEquals":              {aspect: text},
	"StringNotEquals":           {aspect: text, negated: true},
	"StringEqualsIgnoreCase":    {aspect: text, syntax: syntax{fold: true}, note: "in any case"},
	"StringNotEqualsIgnoreCase": {aspect: text, negated: true, syntax: syntax{fold: true}, note: "in any case"},
	"StringLike":                {aspect: text, syntax: syntax{wildcards: true}},
	"StringNotLike":             {aspect: text, negated: true, syntax: syntax{wildcards: true}},
	"ArnEquals":                 {aspect: text, syntax: syntax{wildcards: true, arn: true}},
	"ArnLike":                   {aspect: text, syntax: syntax{wildcards: true, arn: true}},
	"ArnNotEquals":              {aspect: text, negated: true, syntax: syntax{wildcards: true, arn: true}},
	"ArnNotLike":                {aspect: text, negated: true, syntax: syntax{wildcards: true, arn: true}},
	"Bool":                      {aspect: text, syntax: syntax{fold: true}},
	"NumericEquals":             {aspect: number, compare: "="},
	"NumericNotEquals":          {aspect: number, compare: "=", negated: true},
	"NumericLessThan":           {aspect: number, compare: "<"},
	"NumericLessThanEquals":     {aspect: number, compare: "<="},
	"NumericGreaterThan":        {aspect: number, compare: ">"},
	"NumericGreaterThanEquals":  {aspect: number, compare: ">="},
	"DateEquals":                {aspect: date, compare: "="},
	"DateNotEquals":             {aspect: date, compare: "=", negated: true},
	"DateLessThan":              {aspect: date, compare: "<"},
	"DateLessThanEquals":        {aspect: date, compare: "<="},
	"DateGreaterThan":           {aspect: date, compare: ">"},
	"DateGreaterThanEquals":     {aspect: date, compare: ">="},
	"IpAddress":                 {aspect: address},
	"NotIpAddress":              {aspect: address, negated: true},
	"Null":                      {aspect: presence},
}

// parseConditions reads a statement's Condition: each operator and each of its keys must hold.
func parseConditions(raw json.RawMessage, variables bool) ([]predicate, error) {
	byOperator, err := object(raw)
	if err != nil {
		return nil, fmt.Errorf("condition: %w", err)
	}
	var predicates []predicate
	for _, name := range slices.Sorted(maps.Keys(byOperator)) {
		keys, err := object(byOperator[name])
		if err != nil {
			return nil, fmt.Errorf("condition %q: %w", name, err)
		}
		seen := map[string]bool{}
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			values, err := scalars(keys[key])
			if err != nil {
				return nil, fmt.Errorf("condition %q, key %q: %w", name, key, err)
			}
			if seen[strings.ToLower(key)] {
				return nil, fmt.Errorf("condition %q has the key %q twice: keys know no case, write one list", name, key)
			}
			seen[strings.ToLower(key)] = true
			predicates = append(predicates, condition(name, key, values, variables))
		}
	}
	return predicates, nil
}

// scalars are a condition key's values: strings, numbers and booleans, which AWS takes as their text.
func scalars(raw json.RawMessage) ([]string, error) {
	items, err := list(raw)
	if err != nil {
		return nil, err
	}
	values := make([]string, len(items))
	for i, item := range items {
		switch {
		case item[0] == '"':
			if err := json.Unmarshal(item, &values[i]); err != nil {
				return nil, fmt.Errorf("decoding %s: %w", excerpt(item), err)
			}
		case item[0] == '{' || item[0] == '[' || string(item) == "null":
			return nil, fmt.Errorf("%s is no string, number or boolean", excerpt(item))
		default:
			values[i] = string(item)
		}
	}
	return values, nil
}

// condition is the predicate of one operator and one key. A key that is missing fails it, unless the operator is
// negated, ends in IfExists or begins with ForAllValues.
func condition(name, key string, values []string, variables bool) predicate {
	rest, every := strings.CutPrefix(name, "ForAllValues:")
	rest, some := strings.CutPrefix(rest, "ForAnyValue:")
	rest, ifExists := strings.CutSuffix(rest, "IfExists")
	op, known := operators[rest]
	p := predicate{dimension: dimension{op.aspect, strings.ToLower(key)}, name: key, negate: op.negated}
	p.absent = op.negated || ifExists
	switch {
	case len(values) == 0, every && some, ifExists && op.aspect == presence:
		known = false
	case some && ifExists:
		known = false // the documentation leaves open what that makes of a missing key
	case every || some:
		known = known && op.aspect == text
		p.aspect, p.every, p.absent = texts, every, every
	}
	if !known || !p.fill(op, values, syntax{op.syntax.wildcards, variables, op.syntax.fold, op.syntax.arn}) {
		meaning := fmt.Sprintf("%s %s %s", name, strings.ToLower(key), canonical(values))
		if !variables {
			meaning += " without variables" // the same text means something else in the other version
		}
		return asserted(key, fmt.Sprintf("%s %s %q", name, key, values), meaning)
	}
	return p
}

// asserted is a predicate that is known by its text alone.
func asserted(about, text, canonical string) predicate {
	return predicate{dimension: dimension{assertion, canonical}, name: text, about: strings.ToLower(about)}
}

// canonical is the same for lists of the same values.
func canonical(values []string) string {
	sorted := slices.Sorted(slices.Values(values))
	return fmt.Sprintf("%q", slices.Compact(sorted))
}

// fill reads the values; false if one of them is not of the operator's kind.
func (p *predicate) fill(op operator, values []string, s syntax) bool {
	switch op.aspect {
	case number:
		return p.fillNumbers(op.compare, values, parseNumber)
	case date:
		return p.fillNumbers(op.compare, values, parseDate)
	case address:
		return p.fillAddresses(values)
	case presence:
		return p.fillPresence(values)
	}
	for _, value := range values {
		if !s.suits(op, value) {
			return false
		}
		parsed := s.parse(value)
		parsed.note, parsed.mode = op.note, s.mode()
		p.patterns = append(p.patterns, parsed)
	}
	return true
}

// suits is whether the meaning of a value is documented: an ARN has six parts, a truth value two, and only ASCII
// letters have cases that are surely ignored.
func (s syntax) suits(op operator, value string) bool {
	if op.syntax == (syntax{fold: true}) && strings.ContainsFunc(value, func(r rune) bool { return r > '~' }) {
		return false
	}
	return !s.arn || strings.Count(value, ":") >= arnColons
}

// mode tells a reader how a text is read.
func (s syntax) mode() string {
	switch {
	case s.arn:
		return "as an ARN"
	case s.wildcards:
		return "as a pattern"
	}
	return "literally"
}
