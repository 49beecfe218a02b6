package review

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"go4.org/netipx"
)

// securityRule is a rule of a security group: from or to whom, by which protocol and ports.
type securityRule struct {
	group, direction string
	protocol         string // -1 is all
	from, to         float64
	addresses        *netipx.IPSet
	others           []string // groups and prefix lists, by their ids
}

// anyProtocol is how EC2 calls all protocols; Terraform's older resources also take the word.
const anyProtocol = "-1"

// addresses finds what a security group newly allows, compared with all that its rules allowed before: rules that are
// split, joined or made anew allow the same.
func (r *reviewer) addresses(c *change) {
	r.attaches(c)
	if c.action != Create && c.action != Update && c.action != Replace {
		return
	}
	for _, rule := range securityRules(c.kind, c.after) {
		if rule.group != "" && r.standing.isNew(node{name: "security_group_id", value: rule.group}) {
			rule.group = ""
		}
		if rule.group == "" { // of a new group, which nothing had: only everybody is too many
			if hasAll(rule.addresses) && rule.direction == ingress {
				r.newlyAllowed(c, rule.says(rule.addresses, nil))
			}
			continue
		}
		if unknown := c.after.isUnknownSource(); unknown && c.action != Create {
			r.newlyAllowed(c, rule.ways()+" from or to what is known only after the apply")
		}
		if addresses, others := r.beyond(rule); addresses != nil || others != nil {
			r.newlyAllowed(c, rule.says(addresses, others))
		}
	}
}

func (r *reviewer) newlyAllowed(c *change, what string) {
	r.find(c, Finding{Verdict: Exposure, Rule: "addresses", Summary: "newly allows " + what,
		Remedy: "allow the addresses or the group that need it"})
}

// isUnknownSource is whether a rule's other end is known only after the apply.
func (n node) isUnknownSource() bool {
	return slices.ContainsFunc([]string{"cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id",
		"source_security_group_id"}, func(name string) bool {
		return n.field(name).unknown == true && n.field(name).value == nil
	})
}

// beyond is what of a rule no rule allowed before.
func (r *reviewer) beyond(rule securityRule) (addresses *netipx.IPSet, others []string) {
	var left netipx.IPSetBuilder
	left.AddSet(rule.addresses)
	others = rule.others
	for _, before := range r.standing.security {
		if !before.covers(rule) {
			continue
		}
		left.RemoveSet(before.addresses)
		others = slices.DeleteFunc(slices.Clone(others), func(id string) bool { return slices.Contains(before.others, id) })
	}
	set, err := left.IPSet()
	if err != nil || len(set.Prefixes()) == 0 {
		set = nil
	}
	if len(others) == 0 {
		others = nil
	}
	return set, others
}

// covers is whether a rule allows at least another's protocol and ports, in the same direction of the same group.
func (s securityRule) covers(other securityRule) bool {
	return s.group == other.group && s.direction == other.direction &&
		(s.protocol == anyProtocol || s.protocol == other.protocol && s.from <= other.from && s.to >= other.to)
}

// hasAll is whether a set has all addresses of IPv4 or of IPv6.
func hasAll(addresses *netipx.IPSet) bool {
	return slices.ContainsFunc(addresses.Prefixes(), func(prefix netip.Prefix) bool { return prefix.Bits() == 0 })
}

// says is what a rule allows of some addresses and others.
func (s securityRule) says(addresses *netipx.IPSet, others []string) string {
	var ends []string
	if addresses != nil {
		for _, prefix := range addresses.Prefixes() {
			ends = append(ends, prefix.String())
		}
	}
	const most = 8
	ends = append(ends, others...)
	if len(ends) > most {
		ends = append(ends[:most], fmt.Sprintf("and %d more", len(ends)-most))
	}
	word := " from "
	if s.direction == egress {
		word = " to "
	}
	return s.ways() + word + strings.Join(ends, ", ")
}

func (s securityRule) ways() string {
	switch {
	case s.protocol == anyProtocol:
		return "all protocols"
	case s.from == s.to:
		return fmt.Sprintf("%s %g", s.protocol, s.from)
	}
	return fmt.Sprintf("%s %g to %g", s.protocol, s.from, s.to)
}

// widerAddresses: a list of address ranges has addresses that it had not.
func widerAddresses(before, after node) bool {
	if after.isUnknown() {
		return true
	}
	var left netipx.IPSetBuilder
	left.AddSet(ranges(after.texts()))
	left.RemoveSet(ranges(before.texts()))
	set, err := left.IPSet()
	return err != nil || len(set.Prefixes()) > 0
}

// openToAll: a list of address ranges has all addresses.
func openToAll(before, after node) bool {
	return hasAll(ranges(after.texts())) && !hasAll(ranges(before.texts()))
}

// ranges is a set of address ranges. One that can't be read is taken for all addresses.
func ranges(texts []string) *netipx.IPSet {
	var builder netipx.IPSetBuilder
	for _, text := range texts {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			prefix = netip.MustParsePrefix("0.0.0.0/0")
		}
		builder.AddPrefix(prefix)
	}
	set, err := builder.IPSet()
	if err != nil {
		return &netipx.IPSet{}
	}
	return set
}
