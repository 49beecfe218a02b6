package review

import (
	"slices"
)

// worse is whether a value is worse after than before. The value of a node is nil where there is none.
type worse func(before, after node) bool

// lowered: a smaller number, or none where there was one.
func lowered(before, after node) bool {
	b, was := number(before.value)
	a, is := number(after.value)
	return was && (after.isUnknown() || !is && b > 0 || is && a < b)
}

// loweredForever is lowered where 0 is for ever, as of a log group's retention.
func loweredForever(before, after node) bool {
	b, was := number(before.value)
	a, is := number(after.value)
	switch {
	case after.isUnknown():
		return was
	case !is || a == 0:
		return false
	}
	return !was || b == 0 || a < b
}

// sooner: something ends after a smaller number of days, or ends at all where it did not.
func sooner(before, after node) bool {
	b, was := number(before.value)
	a, is := number(after.value)
	return is && a > 0 && (!was || b == 0 || a < b)
}

// raised: a larger number, or one where there was none.
func raised(before, after node) bool {
	b, was := number(before.value)
	a, is := number(after.value)
	return is && (was && a > b || !was && before.value == nil && a > 0)
}

// isTrue takes what providers write for a switch: true, "true", "1", "Enabled".
func isTrue(value any) bool {
	return value == true || value == "true" || value == "1" || value == "Enabled" || value == "enabled" ||
		value == "ENABLED" || value == "on" || value == "ON"
}

func turnedOff(before, after node) bool {
	return isTrue(before.value) && (after.isUnknown() || !isTrue(after.value))
}

func turnedOn(before, after node) bool {
	return !isTrue(before.value) && (after.isUnknown() || isTrue(after.value))
}

// changed: another value, where there was one.
func changed(before, after node) bool {
	return !isEmpty(before.value) && (after.isUnknown() || !same(before.value, after.value))
}

// differs: another value, also where there was none.
func differs(before, after node) bool {
	return after.isUnknown() || !same(before.value, after.value) && (!isEmpty(before.value) || !isEmpty(after.value))
}

// removed: nothing where there was something.
func removed(before, after node) bool {
	return !isEmpty(before.value) && isEmpty(after.value) && !after.isUnknown()
}

// added: something where there was nothing.
func added(before, after node) bool {
	return isEmpty(before.value) && (!isEmpty(after.value) || after.isUnknown())
}

// lacks: an item of a list is gone.
func lacks(before, after node) bool {
	if after.isUnknown() {
		return false
	}
	return slices.ContainsFunc(before.items(), func(item node) bool { return !holds(after.items(), item) })
}

// gains: a list has another item.
func gains(before, after node) bool {
	return slices.ContainsFunc(after.items(), func(item node) bool { return !holds(before.items(), item) })
}

func holds(items []node, item node) bool {
	return slices.ContainsFunc(items, func(other node) bool { return same(other.value, item.value) })
}

// from: it was one of these values, and is not any more.
func from(values ...string) worse {
	return func(before, after node) bool {
		return slices.Contains(values, before.text()) && (after.isUnknown() || !slices.Contains(values, after.text()))
	}
}

// to: it becomes one of these values.
func to(values ...string) worse {
	return func(before, after node) bool {
		return slices.Contains(values, after.text()) && !slices.Contains(values, before.text())
	}
}

func isEmpty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return value == false
}
