package review

import (
	"reflect"
	"strings"
)

// same is whether two values are equal. JSON in strings is compared as JSON.
func same(a, b any) bool {
	if reflect.DeepEqual(a, b) {
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
