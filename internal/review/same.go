package review

import (
	"reflect"
	"strings"
)

// same is whether two values are equal. JSON in strings is compared as JSON. What is not set is equal to what is empty,
// zero or false: the provider writes either after an apply, and the other in the next plan.
func same(a, b any) bool {
	if reflect.DeepEqual(a, b) || reflect.DeepEqual(without(isUnset, a), without(isUnset, b)) {
		return true
	}
	x, ok := a.(string)
	y, also := b.(string)
	if !ok || !also || !strings.HasPrefix(x, "{") || !strings.HasPrefix(y, "{") {
		return false
	}
	var before, after any
	return decode(x, &before) == nil && decode(y, &after) == nil && reflect.DeepEqual(before, after)
}

// without is a value without those of its fields that count as left out.
func without(leftOut func(any) bool, value any) any {
	switch v := value.(type) {
	case []any:
		items := make([]any, len(v))
		for i := range v {
			items[i] = without(leftOut, v[i])
		}
		return items
	case map[string]any:
		fields := map[string]any{}
		for name, field := range v {
			if !leftOut(field) {
				fields[name] = without(leftOut, field)
			}
		}
		return fields
	}
	return value
}

// isNothing is whether a value says nothing to a reader: false and zero do.
func isNothing(value any) bool { return value != false && isEmpty(value) }

func isUnset(value any) bool {
	n, ok := number(value)
	return isEmpty(value) || ok && n == 0
}
