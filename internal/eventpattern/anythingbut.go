package eventpattern

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// parseAnythingBut reads a string, a number, a list of either, or an object whose one operator takes a string or a
// list of strings.
func parseAnythingBut(operand any) (condition, error) {
	if nested, isObject := operand.(map[string]any); isObject {
		return parseAnythingButOperator(nested)
	}
	values, err := oneKind(operand)
	if err != nil {
		return nil, fmt.Errorf("anything-but: %w", err)
	}
	var excluded []condition
	for _, value := range values {
		if written, isNumber := value.(json.Number); isNumber {
			equal, err := compare("=", written)
			if err != nil {
				return nil, fmt.Errorf("anything-but: %w", err)
			}
			excluded = append(excluded, equal)
			continue
		}
		excluded = append(excluded, equals(value))
	}
	return func(value any) bool { return value != absent{} && !anyHolds(excluded, []any{value}) }, nil
}

// parseAnythingButOperator reads {"anything-but": {"prefix": …}} and its like. They match strings alone
// ('Anything-but matching on prefixes').
func parseAnythingButOperator(nested map[string]any) (condition, error) {
	name, operand, err := onlyField(nested)
	if err != nil {
		return nil, fmt.Errorf("anything-but: %w", err)
	}
	known := []string{"equals-ignore-case", "prefix", "suffix", "wildcard"}
	if !slices.Contains(known, name) {
		return nil, fmt.Errorf("anything-but: operator %q does not nest in it; %q do", name, known)
	}
	values, err := oneKind(operand)
	if err != nil {
		return nil, fmt.Errorf("anything-but: %s: %w", name, err)
	}
	var excluded []condition
	for _, value := range values {
		want, isString := value.(string)
		if !isString {
			return nil, fmt.Errorf("anything-but: %s: %s is not a string", name, text(value))
		}
		if want == "" && name != "equals-ignore-case" {
			return nil, fmt.Errorf(`anything-but: %s: "" would exclude every string`, name)
		}
		holds, err := parseStringOperator(name, want)
		if err != nil {
			return nil, fmt.Errorf("anything-but: %w", err)
		}
		excluded = append(excluded, holds)
	}
	return onStrings(func(value string) bool { return !anyHolds(excluded, []any{value}) }), nil
}

// oneKind is an operand as a list of strings alone or numbers alone.
func oneKind(operand any) ([]any, error) {
	list, isList := operand.([]any)
	if !isList {
		list = []any{operand}
	}
	if len(list) == 0 {
		return nil, errors.New("empty list")
	}
	var anyString, anyNumber bool
	for _, value := range list {
		switch value.(type) {
		case string:
			anyString = true
		case json.Number:
			anyNumber = true
		default:
			return nil, fmt.Errorf("%s is neither a string nor a number", text(value))
		}
	}
	if anyString && anyNumber {
		return nil, fmt.Errorf("%s mixes strings and numbers", text(list))
	}
	return list, nil
}
