package review

import (
	"fmt"
	"strings"
)

// pair is what stands at one place before and after.
type pair struct {
	path          string // rule[daily].lifecycle.delete_after
	before, after node
}

// step is a step of a rule's path: a field, and how the items of its list are told apart.
type step struct{ field, key string }

// parse reads a path such as "rule[rule_name].lifecycle.delete_after". In brackets is the field that names an item of a
// list; without brackets a list is a block that stands once. A star in brackets pairs items by their place.
func parse(path string) []step {
	var steps []step
	if path == "" {
		return nil
	}
	for part := range strings.SplitSeq(path, ".") {
		field, key, _ := strings.Cut(part, "[")
		steps = append(steps, step{field, strings.TrimSuffix(key, "]")})
	}
	return steps
}

// pairs finds the places of a path in what stands before and after.
func pairs(before, after node, steps []step, path string) []pair {
	if len(steps) == 0 {
		return []pair{{path, before, after}}
	}
	step := steps[0]
	b, a := before.field(step.field), after.field(step.field)
	path = join(path, step.field)
	if a.unknown == true && a.value == nil { // all that is below
		return []pair{{path, b, a}}
	}
	if len(steps) == 1 && step.key == "" {
		return []pair{{path, b, a}}
	}
	if step.key == "" {
		return pairs(first(b), first(a), steps[1:], path)
	}
	var found []pair
	for _, item := range align(b.items(), a.items(), step.key) {
		if len(steps) > 1 && isEmpty(item.after.value) && !item.after.isUnknown() {
			continue // it is gone as a whole, which is a rule's of its own to tell
		}
		found = append(found, pairs(item.before, item.after, steps[1:], path+item.path)...)
	}
	return found
}

// first is the block of a list of one, or the object itself.
func first(n node) node {
	if items := n.items(); len(items) > 0 {
		return items[0]
	}
	return node{name: n.name, unknown: n.unknown, sensitive: n.sensitive}
}

// align pairs items that have the same name, and what is left over in its order: a renamed rule is compared with what
// it was.
func align(before, after []node, key string) []pair {
	name := func(n node) string {
		if key == "*" {
			return ""
		}
		return fmt.Sprint(n.field(key).value)
	}
	var found []pair
	taken := make([]bool, len(before))
	var left []node
	for _, a := range after {
		match := -1
		for i, b := range before {
			if key != "*" && !taken[i] && name(b) == name(a) {
				match = i
				break
			}
		}
		if match < 0 {
			left = append(left, a)
			continue
		}
		taken[match] = true
		found = append(found, pair{"[" + name(a) + "]", before[match], a})
	}
	for i, b := range before {
		if taken[i] {
			continue
		}
		gone := pair{"[" + name(b) + "]", b, node{name: b.name}}
		if len(left) > 0 {
			gone.after, left = left[0], left[1:]
		}
		found = append(found, gone)
	}
	for _, a := range left {
		found = append(found, pair{"[" + name(a) + "]", node{name: a.name}, a})
	}
	return found
}

func join(path, field string) string {
	if path == "" {
		return field
	}
	return path + "." + field
}
