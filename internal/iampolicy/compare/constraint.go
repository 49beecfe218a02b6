package compare

import (
	"slices"
	"strings"
)

// constraint is the set of values of a dimension that are left in a box.
type constraint interface {
	and(p predicate) constraint // the values for which a predicate holds too
	present() bool              // some value is left
	absent() bool               // the key may be missing
	unsure() bool               // a search was given up
	String() string             // the values, for a reader
}

// unconstrained is every value of a predicate's dimension.
func unconstrained(p predicate) constraint {
	switch p.aspect {
	case whom:
		return oneText{values: language{terms: [][]*pattern{{anyone}}}}
	case texts:
		return manyTexts{missing: true}
	case number, date:
		return numbers{spans: spans{{}}, date: p.aspect == date, others: true, missing: true}
	case address:
		return addresses{set: allAddresses, others: true, missing: true}
	case presence:
		return existence{there: true, missing: true}
	case assertion:
		return truth{yes: true, no: true}
	}
	return oneText{values: anything(), missing: p.aspect == text}
}

// oneText is a string that a request has once.
type oneText struct {
	values  language
	missing bool
}

func (c oneText) and(p predicate) constraint {
	c.missing = c.missing && p.absent
	if p.negate {
		c.values = c.values.without(p.patterns)
	} else {
		c.values = c.values.within(p.patterns)
	}
	return c
}

func (c oneText) present() bool  { return !c.values.empty() }
func (c oneText) absent() bool   { return c.missing }
func (c oneText) unsure() bool   { return c.values.unsure }
func (c oneText) String() string { return c.values.String() }

// manyTexts is the set of strings that a request has for a key of several values.
type manyTexts struct {
	each    []predicate // every value satisfies these
	some    []language  // for each of these there is a value
	missing bool
}

func (c manyTexts) and(p predicate) constraint {
	c.missing = c.missing && p.absent
	if !p.every {
		c.some = append(slices.Clip(c.some), c.among(p))
		return c
	}
	c.each = append(slices.Clip(c.each), p)
	c.some = slices.Clone(c.some)
	for i, values := range c.some {
		c.some[i] = oneText{values: values}.and(p).(oneText).values
	}
	return c
}

// among is the values that a set may hold and that satisfy one more predicate.
func (c manyTexts) among(p predicate) language {
	values := constraint(oneText{values: anything()})
	for _, each := range append(slices.Clip(c.each), p) {
		values = values.and(each)
	}
	return values.(oneText).values
}

func (c manyTexts) present() bool {
	if len(c.some) == 0 {
		return !c.among(predicate{negate: true}).empty()
	}
	return !slices.ContainsFunc(c.some, language.empty)
}

func (c manyTexts) absent() bool { return c.missing }

func (c manyTexts) unsure() bool {
	return slices.ContainsFunc(c.some, func(l language) bool { return l.unsure })
}

func (c manyTexts) String() string {
	var parts []string
	for _, values := range c.some {
		parts = append(parts, values.String())
	}
	if len(c.each) > 0 {
		parts = append(parts, "only "+c.among(predicate{negate: true}).String())
	}
	return strings.Join(parts, " and ")
}

// existence is whether a key is there.
type existence struct{ there, missing bool }

func (c existence) and(p predicate) constraint {
	return existence{c.there && p.negate, c.missing && p.absent}
}

func (c existence) present() bool { return c.there }
func (c existence) absent() bool  { return c.missing }
func (c existence) unsure() bool  { return false }
func (c existence) String() string {
	return "any value"
}

// truth is whether an assertion holds.
type truth struct{ yes, no bool }

func (c truth) and(p predicate) constraint {
	return truth{c.yes && !p.negate, c.no && p.negate}
}

func (c truth) present() bool  { return c.yes || c.no }
func (c truth) absent() bool   { return c.yes || c.no }
func (c truth) unsure() bool   { return false }
func (c truth) String() string { return map[bool]string{true: "holds", false: "does not hold"}[c.yes] }
