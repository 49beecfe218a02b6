package compare

import (
	"math/big"
	"net/netip"
	"strings"
	"time"

	"go4.org/netipx"
)

// numbers is a number or a time. others stands for values that are none: a negated operator matches them.
type numbers struct {
	spans                 spans
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
	return enumerated(c.spans.show(func(n *big.Rat) string {
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
