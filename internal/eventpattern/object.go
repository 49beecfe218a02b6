package eventpattern

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// or is the one name in a pattern that is no field of the event.
const or = "$or"

// object is what a pattern asks of an object in the event: of every field, and of each $or at least one alternative.
type object struct {
	objects map[string]*object
	leaves  map[string][]condition // one of the conditions is to hold
	ors     [][]*object
}

// parseObject reads one level of a pattern: every field is an object or a list of conditions.
func parseObject(path string, fields map[string]any) (*object, error) {
	if len(fields) == 0 {
		return nil, fmt.Errorf("%s: empty object", path)
	}
	result := &object{objects: map[string]*object{}, leaves: map[string][]condition{}}
	// Sorted, so that of two mistakes the same one is told each time.
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if err := result.parseField(join(path, name), name, fields[name]); err != nil {
			return nil, err
		}
	}
	return result, nil
}

func (o *object) parseField(path, name string, value any) (err error) {
	if name == or {
		return o.parseOr(path, value)
	}
	if strings.Contains(name, ".") {
		return fmt.Errorf("%s: %q has a dot, which EventBridge reads as nesting for now; nest the fields", path, name)
	}
	switch value := value.(type) {
	case map[string]any:
		o.objects[name], err = parseObject(path, value)
	case []any:
		o.leaves[name], err = parseConditions(path, value)
	default:
		err = fmt.Errorf("%s: %s is neither a list nor an object; write [%[2]s]", path, text(value))
	}
	return err
}

// parseOr reads a list of two or more objects. A name of an operator in one of them is refused, as EventBridge does:
// who writes {"$or": [{"prefix": …}]} means the value and not a field of that name.
func (o *object) parseOr(path string, value any) error {
	list, isList := value.([]any)
	if !isList || len(list) < 2 {
		return fmt.Errorf("%s: %s is not a list of two objects or more", path, text(value))
	}
	var alternatives []*object
	for i, member := range list {
		fields, isObject := member.(map[string]any)
		if !isObject {
			return fmt.Errorf("%s: %s is not an object", index(path, i), text(member))
		}
		for _, name := range operators {
			if _, found := fields[name]; found {
				return fmt.Errorf("%s: operator %q stands where a field is to be named", index(path, i), name)
			}
		}
		alternative, err := parseObject(index(path, i), fields)
		if err != nil {
			return err
		}
		alternatives = append(alternatives, alternative)
	}
	o.ors = append(o.ors, alternatives)
	return nil
}

func parseConditions(path string, list []any) ([]condition, error) {
	if len(list) == 0 {
		return nil, fmt.Errorf("%s: empty list", path)
	}
	var conditions []condition
	for i, value := range list {
		parsed, err := parseCondition(value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", index(path, i), err)
		}
		conditions = append(conditions, parsed)
	}
	return conditions, nil
}
