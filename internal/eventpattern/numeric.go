package eventpattern

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
)

// maxNumber is 2^53, up to which EventBridge compares integers exactly; beyond it refuses a pattern, and an event's
// value is no number to it (EventBridge User Guide, 'Numeric matching').
const maxNumber = 1 << 53

// parseNumeric reads ["=", 5], one bound such as ["<", 10], or a lower and an upper bound such as [">", 0, "<=", 5].
func parseNumeric(operand any) (condition, error) {
	list, isList := operand.([]any)
	if !isList || (len(list) != 2 && len(list) != 4) {
		return nil, fmt.Errorf(`numeric: %s is not a list like ["=", 5] or [">", 0, "<=", 5]`, text(operand))
	}
	first, err := compare(list[0], list[1])
	if err != nil {
		return nil, fmt.Errorf("numeric: %w", err)
	}
	if len(list) == 2 {
		return first, nil
	}
	second, err := compare(list[2], list[3])
	if err != nil {
		return nil, fmt.Errorf("numeric: %w", err)
	}
	lower, _ := number(list[1])
	upper, _ := number(list[3])
	if !isOperator(list[0], ">") || !isOperator(list[2], "<") || lower >= upper {
		return nil, fmt.Errorf("numeric: %s is not a lower bound, then a greater upper one", text(operand))
	}
	return func(value any) bool { return first(value) && second(value) }, nil
}

// isOperator says whether an operator is "<" or "<=", or ">" or ">=".
func isOperator(operator any, begins string) bool {
	name, _ := operator.(string)
	return strings.HasPrefix(name, begins)
}

// compare is a condition on numbers: "=", "<", "<=", ">" or ">=" and what to compare with.
func compare(operator, operand any) (condition, error) {
	want, isNumber := number(operand)
	if !isNumber {
		return nil, fmt.Errorf("%s is not a number from -2^53 to 2^53", text(operand))
	}
	var holds func(n float64) bool
	switch operator {
	case "=":
		holds = func(n float64) bool { return n == want }
	case "<":
		holds = func(n float64) bool { return n < want }
	case "<=":
		holds = func(n float64) bool { return n <= want }
	case ">":
		holds = func(n float64) bool { return n > want }
	case ">=":
		holds = func(n float64) bool { return n >= want }
	default:
		return nil, fmt.Errorf("%s is not one of =, <, <=, > and >=", text(operator))
	}
	return func(value any) bool {
		n, isNumber := number(value)
		return isNumber && holds(n)
	}, nil
}

// number is a value of the event or the pattern as the numeric operator sees it. The precision of 64 bits tells 2^53
// + 1 from 2^53, which a float64 does not.
func number(value any) (float64, bool) {
	written, isNumber := value.(json.Number)
	if !isNumber {
		return 0, false
	}
	precise, _, err := big.ParseFloat(written.String(), 10, 64, big.ToNearestEven)
	if err != nil || precise.Abs(precise).Cmp(big.NewFloat(maxNumber)) > 0 {
		return 0, false
	}
	n, err := written.Float64()
	return n, err == nil
}
