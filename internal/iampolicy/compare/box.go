package compare

import "maps"

// box is a set of requests: those whose every dimension has a value that the dimension's constraint leaves.
type box struct {
	sid         string // of the statement it was cut from
	denied      bool   // that statement is a Deny
	constraints map[dimension]constraint
	names       map[dimension]predicate // how a dimension is written, and what an assertion is about
	because     string                  // why the box may hold nothing, if so
}

// newBox is the requests that a statement matches; none if its predicates contradict each other.
func newBox(s statement) (box, bool) {
	return box{sid: s.sid}.and(s)
}

// with is the box's requests for which a predicate holds; false if there are none.
func (b box) with(p predicate) (box, bool) {
	narrowed := b
	narrowed.constraints, narrowed.names = maps.Clone(b.constraints), maps.Clone(b.names)
	if narrowed.constraints == nil {
		narrowed.constraints, narrowed.names = map[dimension]constraint{}, map[dimension]predicate{}
	}
	values, constrained := narrowed.constraints[p.dimension]
	if !constrained {
		values = unconstrained(p)
		narrowed.names[p.dimension] = p
	}
	narrowed.constraints[p.dimension] = values.and(p)
	return narrowed, narrowed.possible(p.dimension)
}

// possible is whether a request can satisfy all constraints of a dimension's condition key: without the key, or with
// values for all of its aspects. A key of several values may count as missing although it is there: AWS takes an empty
// string so (IAM User Guide, 'Set operators for multivalued context keys').
func (b box) possible(d dimension) bool {
	missing, there := true, true
	for other, values := range b.constraints {
		if other.key != d.key || d.key == "" && other.aspect != d.aspect {
			continue
		}
		missing = missing && values.absent()
		there = there && (values.present() || other.aspect == texts && values.absent())
	}
	return missing || there
}

// and is the box's requests that a statement matches.
func (b box) and(s statement) (box, bool) {
	for _, p := range s.predicates {
		narrowed, possible := b.with(p)
		if !possible {
			return box{}, false
		}
		b = narrowed
	}
	return b, true
}

// minus is the box's requests that a statement does not match, in boxes that do not overlap: the first holds what fails
// the first predicate, the second what holds for the first and fails the second, and so on.
func (b box) minus(s statement) []box {
	if _, meet := b.and(s); !meet {
		return []box{b}
	}
	var left []box
	rest := b
	for _, p := range s.predicates {
		if outside, possible := rest.with(p.not()); possible {
			left = append(left, outside)
		}
		rest, _ = rest.with(p) // possible, because all of it is
	}
	return left
}
