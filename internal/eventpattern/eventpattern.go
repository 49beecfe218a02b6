// Package eventpattern matches events against Amazon EventBridge event patterns, so that a test can say what a rule
// gets. It knows what the EventBridge User Guide documents in 'Event pattern syntax' and 'Comparison operators for use
// in event patterns', and is stricter where the guide says not to rely on what EventBridge does.
package eventpattern

import (
	"errors"
	"fmt"
)

// Pattern is what a rule asks of an event. Parse makes one; the zero value matches nothing and says so.
type Pattern struct {
	root *object
}

// Parse reads a pattern. What is invalid and what this package does not know are errors that name the field, as in
// `detail.state[0]: unknown operator "regex"`. EventBridge's quotas of size and of wildcards' complexity are not
// checked.
func Parse(pattern []byte) (Pattern, error) {
	value, err := decode(pattern)
	if err != nil {
		return Pattern{}, fmt.Errorf("event pattern: %w", err)
	}
	fields, isObject := value.(map[string]any)
	if !isObject || len(fields) == 0 {
		return Pattern{}, fmt.Errorf("event pattern: %s is not an object with fields", text(value))
	}
	root, err := parseObject("", fields)
	if err != nil {
		return Pattern{}, fmt.Errorf("event pattern: %w", err)
	}
	if err := checkAlternatives(root); err != nil {
		return Pattern{}, fmt.Errorf("event pattern: %w", err)
	}
	return Pattern{root}, nil
}

// Matches says whether a rule with the pattern gets the event. An event that is not a JSON object is an error.
func (p Pattern) Matches(event []byte) (bool, error) {
	if p.root == nil {
		return false, errors.New("event pattern: empty; Parse makes one")
	}
	decoder, err := newDecoder(event)
	if err != nil {
		return false, fmt.Errorf("reading the event: %w", err)
	}
	var fields map[string]any
	if err := decoder.Decode(&fields); err != nil {
		return false, fmt.Errorf("reading the event: %w", err)
	}
	if fields == nil {
		return false, errors.New("reading the event: null is not an object")
	}
	return p.root.matches(fields), nil
}
