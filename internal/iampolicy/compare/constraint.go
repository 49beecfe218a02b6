package compare

import (
	"math/big"
	"net/netip"
	"slices"
	"strings"
	"time"

	"go4.org/netipx"
)

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

// numbers is a number or a time. others stands for values that are none: a negated operator matches them.
type numbers struct {
	spans
	date, others, missing bool
}

func (c numbers) and(p predicate) constraint {
	c.missing = c.missing && p.absent
	if p.negate {
		c.spans = c.spans.without(p.numbers)
		return c
	}
	c.spans, c.others = c.spans.within(p.numbers), false
	return c
}

func (c numbers) present() bool { return c.others || len(c.spans) > 0 }
func (c numbers) absent() bool  { return c.missing }
func (c numbers) unsure() bool  { return false }

func (c numbers) String() string {
	none := map[bool]string{false: "no number", true: "no time"}[c.date]
	return enumerated(c.show(func(n *big.Rat) string {
		if c.date && n.IsInt() {
			return time.Unix(n.Num().Int64(), 0).UTC().Format(time.RFC3339)
		}
		return strings.TrimSuffix(strings.TrimRight(n.FloatString(9), "0"), ".")
	}), c.others, none)
}

// enumerated adds to a list that a value may also be of another kind.
func enumerated(list []string, others bool, none string) string {
	if others {
		list = append(list, none)
	}
	return strings.Join(list, ", ")
}

// addresses is an IP address. others stands for values that are none.
type addresses struct {
	set             *netipx.IPSet
	others, missing bool
}

var allAddresses = ipSet(netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0"))

func ipSet(prefixes ...netip.Prefix) *netipx.IPSet {
	var builder netipx.IPSetBuilder
	for _, prefix := range prefixes {
		builder.AddPrefix(prefix)
	}
	set, err := builder.IPSet()
	if err != nil {
		panic(err) // netipx reports invalid prefixes only, and parsed ones are valid
	}
	return set
}

func (c addresses) and(p predicate) constraint {
	c.missing = c.missing && p.absent
	var builder netipx.IPSetBuilder
	builder.AddSet(c.set)
	if p.negate {
		builder.RemoveSet(p.addresses)
	} else {
		builder.Intersect(p.addresses)
		c.others = false
	}
	set, err := builder.IPSet()
	if err != nil {
		panic(err) // as in ipSet
	}
	c.set = set
	return c
}

func (c addresses) present() bool { return c.others || len(c.set.Ranges()) > 0 }
func (c addresses) absent() bool  { return c.missing }
func (c addresses) unsure() bool  { return false }

func (c addresses) String() string {
	var parts []string
	for _, prefix := range c.set.Prefixes() {
		parts = append(parts, prefix.String())
	}
	return enumerated(parts, c.others, "no address")
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
