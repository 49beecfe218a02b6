package compare

import "slices"

// language is a set of texts: those that match all patterns of one of the terms and none of the exceptions.
type language struct {
	terms  [][]*pattern
	except []*pattern
	unsure bool // a search was given up, so a term may hold nothing
}

// anything is the language of all texts.
func anything() language { return language{terms: [][]*pattern{{everything}}} }

func (l language) empty() bool { return len(l.terms) == 0 }

// within is what of the language matches one of the patterns.
func (l language) within(union []*pattern) language {
	narrowed := language{unsure: l.unsure}
	for _, term := range l.terms {
		if slices.ContainsFunc(union, func(p *pattern) bool { return covers(p, term) }) {
			narrowed.terms = append(narrowed.terms, term)
			continue
		}
		for _, p := range union {
			narrowed.add(conjoin(term, p), l.except)
		}
	}
	narrowed.except = narrowed.relevant(l.except)
	return narrowed
}

// without is what of the language matches none of the patterns.
func (l language) without(union []*pattern) language {
	if union = l.relevant(union); len(union) == 0 {
		return l
	}
	left := language{unsure: l.unsure}
	except := slices.Concat(l.except, union)
	for _, term := range l.terms {
		left.add(term, except)
	}
	left.except = left.relevant(except)
	return left
}

// add takes up a term unless it holds nothing or another term covers it.
func (l *language) add(term, except []*pattern) {
	if slices.ContainsFunc(l.terms, func(other []*pattern) bool { return len(other) == 1 && covers(other[0], term) }) {
		return
	}
	switch holds(term, except) {
	case isEmpty:
		return
	case mayNotBe:
		l.unsure = true
	}
	l.terms = append(l.terms, term)
}

// relevant is the patterns that meet a term, each once.
func (l language) relevant(patterns []*pattern) []*pattern {
	var kept []*pattern
	for _, p := range patterns {
		same := func(other *pattern) bool { return other.key == p.key }
		meets := func(term []*pattern) bool { return holds(conjoin(term, p), nil) != isEmpty }
		if !slices.ContainsFunc(kept, same) && slices.ContainsFunc(l.terms, meets) {
			kept = append(kept, p)
		}
	}
	return kept
}

// holds is whether a text can match all of the term and none of the exceptions, whatever the variables' values are.
// Variables as letters prove a single pattern covered; any text in their place proves that patterns do not meet.
func holds(term, except []*pattern) verdict {
	except = slices.DeleteFunc(slices.Clone(except), func(p *pattern) bool {
		return slices.ContainsFunc(term, func(q *pattern) bool { return apart(p, q) })
	})
	for i, p := range term {
		if slices.ContainsFunc(term[:i], func(q *pattern) bool { return apart(p, q) }) {
			return isEmpty
		}
	}
	if len(term) == 1 && len(except) == 0 {
		return isNot
	}
	if slices.ContainsFunc(except, func(p *pattern) bool { return covers(p, term) }) {
		return isEmpty // which is found sooner than by all exceptions together
	}
	if !slices.ContainsFunc(slices.Concat(term, except), (*pattern).varies) {
		return find(term, except)
	}
	wide := make([]*pattern, len(term))
	for i, p := range term {
		if find([]*pattern{p}, except) == isEmpty {
			return isEmpty
		}
		wide[i] = p.widened()
	}
	return find(wide, slices.DeleteFunc(except, (*pattern).varies))
}

// covers is whether a pattern matches whatever the term does.
func covers(p *pattern, term []*pattern) bool {
	return slices.ContainsFunc(term, func(narrow *pattern) bool {
		if p.key == narrow.key || p.key == everything.key {
			return true
		}
		if apart(p, narrow) || p.exact() && narrow.exact() {
			return false
		}
		return find([]*pattern{narrow}, []*pattern{p}) == isEmpty
	})
}

// conjoin adds a pattern to a term and leaves out those that cover it.
func conjoin(term []*pattern, p *pattern) []*pattern {
	narrowed := []*pattern{p}
	for _, other := range term {
		if !covers(other, []*pattern{p}) {
			narrowed = append(narrowed, other)
		}
	}
	return narrowed
}

// unordered is the exceptions of which only the variables' values tell whether they leave a term anything.
func (l language) unordered() []*pattern {
	var patterns []*pattern
	for _, p := range l.except {
		within := func(term []*pattern) bool { return len(term) == 1 && covers(term[0], []*pattern{p}) }
		if p.varies() && !slices.ContainsFunc(l.terms, within) {
			patterns = append(patterns, p)
		}
	}
	return patterns
}
