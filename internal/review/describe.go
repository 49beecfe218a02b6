package review

import (
	"maps"
	"slices"
	"strings"
)

// described is a change for a reader.
func (r *reviewer) describe(c *change) Change {
	d := Change{
		Chapter: chapterOf(c.kind), Stack: c.stack, Address: c.address, Type: c.kind, Action: c.action,
		Imported: c.imported, Reason: c.why(), CreateBeforeDestroy: c.createBeforeDestroy, Replacing: c.replacing,
	}
	if c.previous != c.address {
		d.Previous = c.previous
	}
	if c.action == Update || c.action == Replace {
		d.Attributes = r.attributes(c)
	}
	return d
}

// attributes are the top-level attributes that change, with blocks taken apart where one of them changes little.
func (r *reviewer) attributes(c *change) []Attribute {
	var found []Attribute
	for _, name := range slices.Sorted(maps.Keys(union(c.before.fields(), c.after.fields()))) {
		found = append(found, r.compare(c, name, c.before.field(name), c.after.field(name))...)
	}
	return found
}

// compare returns what differs at a path. What an apply computes anew because something else changes is left out:
// it says nothing that a reader could act on.
func (r *reviewer) compare(c *change, path string, before, after node) []Attribute {
	replaces := slices.ContainsFunc(c.replacing, func(other string) bool {
		return other == path || strings.HasPrefix(other, path+".") || strings.HasPrefix(other, path+"[")
	})
	hidden := before.isSensitive() || after.isSensitive()
	switch {
	case !replaces && c.isComputed(path, after):
		return nil
	case !replaces && !after.isUnknown() && isEmpty(before.value) && isEmpty(after.value):
		return nil
	case !replaces && !after.isUnknown() && after.value == nil && isUnset(before.value):
		return nil
	case !replaces && !after.isUnknown() && same(before.value, after.value):
		return nil
	case hidden:
		return []Attribute{{Path: path, Before: r.line(before), After: r.line(after), Replaces: replaces}}
	}
	if b, ok := before.value.(map[string]any); ok {
		if a, also := after.value.(map[string]any); also {
			var found []Attribute
			for _, name := range slices.Sorted(maps.Keys(union(slices.Collect(maps.Keys(b)), slices.Collect(maps.Keys(a))))) {
				found = append(found, r.compare(c, path+"."+name, before.field(name), after.field(name))...)
			}
			return found
		}
	}
	if isBlock(before) && isBlock(after) {
		return r.compare(c, path, first(before), first(after))
	}
	attribute := Attribute{Path: path, Before: r.line(before), After: r.line(after), Replaces: replaces}
	if attribute.Difference = r.lines(before, after); attribute.Difference != "" {
		attribute.Before, attribute.After = "", ""
	}
	return []Attribute{attribute}
}

// isBlock is whether a value is a list of one object, as Terraform has a block that stands once.
func isBlock(n node) bool {
	list, ok := n.value.([]any)
	if !ok || len(list) != 1 {
		return false
	}
	_, ok = list[0].(map[string]any)
	return ok
}

func union(a, b []string) map[string]bool {
	names := map[string]bool{}
	for _, name := range slices.Concat(a, b) {
		names[name] = true
	}
	return names
}
