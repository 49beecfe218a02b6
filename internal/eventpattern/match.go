package eventpattern

import "slices"

// absent stands for the value of a field that an event does not have.
type absent struct{}

func (o *object) matches(event map[string]any) bool {
	for name, nested := range o.objects {
		if !nested.matchesValue(event[name]) {
			return false
		}
	}
	for name, conditions := range o.leaves {
		value, found := event[name]
		if !anyHolds(conditions, leaves(value, found)) {
			return false
		}
	}
	for _, alternatives := range o.ors {
		if !slices.ContainsFunc(alternatives, func(alternative *object) bool { return alternative.matches(event) }) {
			return false
		}
	}
	return true
}

// matchesValue compares an object in the pattern with what the event has there. In a list of objects, one of them has
// to match on its own. Where the event has no object, only {"exists": false} can hold.
func (o *object) matchesValue(value any) bool {
	switch value := value.(type) {
	case map[string]any:
		return o.matches(value)
	case []any:
		if len(value) > 0 {
			return slices.ContainsFunc(value, o.matchesValue)
		}
	}
	return o.matches(nil)
}

// leaves are the strings, numbers, booleans and nulls of a value: those of a list are compared one by one
// (EventBridge User Guide, 'Matching on multiple values for an event field'), and an object has none ('Exists
// matching': it does not work on intermediate nodes).
func leaves(value any, found bool) []any {
	if !found {
		return []any{absent{}}
	}
	flat := flatten(value)
	if len(flat) == 0 {
		return []any{absent{}}
	}
	return flat
}

func flatten(value any) []any {
	switch value := value.(type) {
	case map[string]any:
		return nil
	case []any:
		var flat []any
		for _, member := range value {
			flat = append(flat, flatten(member)...)
		}
		return flat
	}
	return []any{value}
}

// anyHolds says whether the pattern's list and the event's values intersect.
func anyHolds(conditions []condition, values []any) bool {
	return slices.ContainsFunc(conditions, func(holds condition) bool { return slices.ContainsFunc(values, holds) })
}
