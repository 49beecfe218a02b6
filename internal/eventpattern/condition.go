package eventpattern

import (
	"fmt"
	"net/netip"
	"strings"
)

// condition says whether a value of the event is what the pattern asks for. The value is a string, a json.Number, a
// bool, nil or absent{}.
type condition func(value any) bool

// operators are the guide's, in its order ('Comparison operators for use in event patterns').
var operators = []string{
	"prefix", "suffix", "anything-but", "numeric", "cidr", "exists", "equals-ignore-case", "wildcard",
}

// parseCondition reads one member of a field's list: a value to equal, or an object with one operator.
func parseCondition(value any) (condition, error) {
	switch value := value.(type) {
	case map[string]any:
		name, operand, err := onlyField(value)
		if err != nil {
			return nil, err
		}
		return parseOperator(name, operand)
	case []any:
		return nil, fmt.Errorf("%s is a list in a list", text(value))
	}
	return equals(value), nil
}

func parseOperator(name string, operand any) (condition, error) {
	switch name {
	case "anything-but":
		return parseAnythingBut(operand)
	case "numeric":
		return parseNumeric(operand)
	case "exists":
		wanted, isBool := operand.(bool)
		if !isBool {
			return nil, fmt.Errorf("exists: %s is neither true nor false", text(operand))
		}
		return exists(wanted), nil
	case "prefix", "suffix":
		if folded, isObject := operand.(map[string]any); isObject {
			return parseIgnoringCase(name, folded)
		}
	case "cidr", "equals-ignore-case", "wildcard":
	default:
		return nil, fmt.Errorf("unknown operator %q; known are %s", name, strings.Join(operators, ", "))
	}
	want, isString := operand.(string)
	if !isString {
		return nil, fmt.Errorf("%s: %s is not a string", name, text(operand))
	}
	return parseStringOperator(name, want)
}

// parseStringOperator reads the operators whose operand is a string.
func parseStringOperator(name, want string) (condition, error) {
	switch name {
	case "prefix":
		return onStrings(func(value string) bool { return strings.HasPrefix(value, want) }), nil
	case "suffix":
		return onStrings(func(value string) bool { return strings.HasSuffix(value, want) }), nil
	case "equals-ignore-case":
		return onStrings(func(value string) bool { return strings.EqualFold(value, want) }), nil
	case "wildcard":
		return parseWildcard(want)
	case "cidr":
		network, err := netip.ParsePrefix(want)
		if err != nil {
			return nil, fmt.Errorf("cidr: %w", err)
		}
		return onStrings(func(value string) bool {
			address, err := netip.ParseAddr(value)
			return err == nil && network.Contains(address)
		}), nil
	}
	return nil, fmt.Errorf("operator %q takes no string", name)
}

// parseIgnoringCase reads {"prefix": {"equals-ignore-case": "x"}}, and the like with suffix.
func parseIgnoringCase(name string, operand map[string]any) (condition, error) {
	inner, value, err := onlyField(operand)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	want, isString := value.(string)
	if inner != "equals-ignore-case" || !isString {
		return nil, fmt.Errorf("%s: %s is neither a string nor equals-ignore-case with a string", name, text(operand))
	}
	holds, err := parseStringOperator(name, strings.ToLower(want))
	if err != nil {
		return nil, err
	}
	return onStrings(func(value string) bool { return holds(strings.ToLower(value)) }), nil
}

// equals compares strings character by character and numbers as they are written: 300, 300.0 and 3.0e2 differ
// (EventBridge User Guide, 'Event pattern syntax', considerations). The numeric operator compares by value.
func equals(want any) condition {
	return func(value any) bool { return value == want }
}

func exists(wanted bool) condition {
	return func(value any) bool { return (value != absent{}) == wanted }
}

// onStrings is a condition that only a string can meet.
func onStrings(holds func(string) bool) condition {
	return func(value any) bool {
		s, isString := value.(string)
		return isString && holds(s)
	}
}

// onlyField is the one name and value of an operator's object.
func onlyField(fields map[string]any) (string, any, error) {
	if len(fields) == 1 {
		for name, value := range fields {
			return name, value, nil
		}
	}
	return "", nil, fmt.Errorf("%s has %d operators and is to have one", text(fields), len(fields))
}
