package review

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// AnyOther is a PolicyComparison that takes every other document for a wider one. It knows equal ones by their JSON,
// with lists in any order.
func AnyOther(before, after []byte) ([]string, error) {
	var b, a any
	for text, into := range map[*[]byte]*any{&before: &b, &after: &a} {
		if err := json.Unmarshal(*text, into); err != nil {
			return nil, fmt.Errorf("a policy is no JSON: %w", withoutValues(err, len(*text)))
		}
	}
	if reflect.DeepEqual(normal(b), normal(a)) {
		return nil, nil
	}
	return []string{"another document, which is not compared by its meaning"}, nil
}

// normal is a policy with each list sorted and without Sids, which say nothing.
func normal(value any) any {
	switch v := value.(type) {
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = normal(item)
		}
		if len(list) == 1 {
			return list[0]
		}
		slices.SortFunc(list, func(a, b any) int { return strings.Compare(compact(a), compact(b)) })
		return list
	case map[string]any:
		object := map[string]any{}
		for name, item := range v {
			if name != "Sid" && name != "Id" {
				object[name] = normal(item)
			}
		}
		return object
	}
	return value
}
