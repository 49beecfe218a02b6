package compare

import "slices"

// mostBoxes bounds how many boxes one statement may fall into. Beyond it the statement counts as new, with the reason.
const mostBoxes = 2_000

// newlyAllowed is what the later policy opens: the requests that it allows and the earlier did not, and those that the
// earlier denied and it does not. A Deny counts by itself, because it also binds what other policies allow (IAM User
// Guide, 'Policy evaluation logic').
func newlyAllowed(before, after policy) []box {
	var added []box
	for _, s := range after.allow {
		added = append(added, remainder(s, slices.Concat(before.allow, after.deny))...)
	}
	for _, s := range before.deny {
		for _, b := range remainder(s, after.deny) {
			b.denied = true
			added = append(added, b)
		}
	}
	return added
}

// remainder is the requests that a statement matches and others do not, as few boxes for a reader. They may also hold
// requests that the others match, but each holds some that they do not.
func remainder(s statement, others []statement) []box {
	whole, possible := newBox(s)
	if !possible || slices.ContainsFunc(others, s.sameAs) || len(whole.minusAll(others)) == 0 {
		return nil
	}
	boxes := []box{whole}
	for _, other := range others {
		var left []box
		for _, b := range boxes {
			left = append(left, b.briefly(other)...)
		}
		boxes = left
	}
	var told []box
	for _, b := range boxes {
		if exact := b.minusAll(others); len(exact) > 0 {
			b.because = doubt(exact)
			told = append(told, b)
		}
	}
	return told
}

// minusAll is exactly the box's requests that no statement matches. The box itself stands in, with the reason, for more
// boxes than can be looked at.
func (b box) minusAll(statements []statement) []box {
	boxes := []box{b}
	for _, s := range statements {
		var left []box
		for _, one := range boxes {
			left = append(left, one.minus(s)...)
		}
		if len(left) > mostBoxes {
			b.because = "can't be compared: it falls into too many parts"
			return []box{b}
		}
		boxes = left
	}
	return boxes
}

// briefly is minus, unless that takes several boxes which are harder to read than the box itself: a statement that cuts
// off a corner is then left out of what is told.
func (b box) briefly(s statement) []box {
	left := b.minus(s)
	longer := func(one box) bool { return one.length() > b.length() }
	if len(left) > 1 && slices.ContainsFunc(left, longer) {
		return []box{b}
	}
	return left
}

// length grows with the conditions and exceptions that it takes to describe a box.
func (b box) length() int {
	length := len(b.constraints)
	for _, values := range b.constraints {
		switch v := values.(type) {
		case oneText:
			length += len(v.values.except)
		case manyTexts:
			length += len(v.each) + len(v.some)
		}
	}
	return length
}

// doubt is why all of some boxes may hold nothing new; empty if one surely does.
func doubt(boxes []box) string {
	for _, b := range boxes {
		if b.reason() == "" {
			return ""
		}
	}
	return boxes[0].reason()
}
