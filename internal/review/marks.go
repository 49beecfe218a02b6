package review

import (
	"maps"
	"slices"
)

func part(marks any, name string) any {
	switch m := marks.(type) {
	case bool:
		return m
	case map[string]any:
		return m[name]
	}
	return nil
}

// at are the marks of an item. Terraform drops no item from the marks of a list, but of a set it may: then any mark
// counts for each item.
func at(marks any, i int) any {
	switch m := marks.(type) {
	case bool:
		return m
	case []any:
		if i < len(m) {
			return m[i]
		}
		return anyTrue(m)
	}
	return nil
}

func anyTrue(marks any) bool {
	switch m := marks.(type) {
	case bool:
		return m
	case []any:
		return slices.ContainsFunc(m, anyTrue)
	case map[string]any:
		for _, mark := range m {
			if anyTrue(mark) {
				return true
			}
		}
	}
	return false
}

// merged marks what either side marks. A value that was in clear before it became sensitive is no less secret.
func merged(a, b any) any {
	if a == true || b == true {
		return true
	}
	if object, ok := a.(map[string]any); ok {
		other, _ := b.(map[string]any)
		result := maps.Clone(object)
		for name, mark := range other {
			result[name] = merged(result[name], mark)
		}
		return result
	}
	if list, ok := a.([]any); ok {
		other, _ := b.([]any)
		result := make([]any, max(len(list), len(other)))
		for i := range result {
			result[i] = merged(at(list, i), at(other, i))
		}
		return result
	}
	return b
}
