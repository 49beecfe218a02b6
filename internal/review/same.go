package review

import (
	"reflect"
	"strings"
)

// same is whether two values are equal. JSON in strings is compared as JSON. What is not set is equal to what is empty,
// zero or false: the provider writes either after an apply, and the other in the next plan.
func same(a, b any) bool {
	if reflect.DeepEqual(a, b) || reflect.DeepEqual(settled(a), settled(b)) {
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

// settled is a value without the fields that are not set.
func settled(value any) any {
	switch v := value.(type) {
	case []any:
		items := make([]any, len(v))
		for i := range v {
			items[i] = settled(v[i])
		}
		return items
	case map[string]any:
		fields := map[string]any{}
		for name, field := range v {
			if !isUnset(field) {
				fields[name] = settled(field)
			}
		}
		return fields
	}
	return value
}

func isUnset(value any) bool {
	n, ok := number(value)
	return isEmpty(value) || ok && n == 0
}
