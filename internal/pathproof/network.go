package pathproof

import (
	"net/netip"
	"slices"

	"github.com/titan-platform/titan/internal/graph"
)

// Reach is who may open a connection to a carrier of a name: other carriers, blocks of addresses, prefix lists.
func (f *Facts) Reach(stacks []string, name string) []Reach {
	var found []Reach
	for _, to := range f.carriersOf(stacks, name) {
		for _, in := range f.rules {
			if !in.egress && slices.Contains(to.groups, in.group) {
				found = append(found, f.admitted(to, in)...)
			}
		}
	}
	return sorted(found)
}

// admitted are those whom a rule lets in. A carrier is among them where a rule of its own lets it out.
func (f *Facts) admitted(to *carrier, in rule) []Reach {
	var found []Reach
	add := func(who, rule string) {
		found = append(found, Reach{who + " on " + in.ports(), Chain{{who, to.name + " " + in.ports(), rule}}})
	}
	for _, from := range in.peers {
		if from.group == nil {
			add(f.outside(from), in.node.String())
			continue
		}
		carried := false
		for _, one := range f.carriers {
			if !slices.Contains(one.groups, from.group) {
				continue
			}
			carried = true
			if out, ok := f.letsOut(one, to, in); ok {
				add(one.name, in.node.String()+" and "+out.node.String())
			}
		}
		if !carried {
			add("whatever carries "+from.group.Address, in.node.String())
		}
	}
	return found
}

// fromCloudFront is the prefix list of the addresses that CloudFront calls origins from (CloudFront Developer Guide,
// 'Locations and IP address ranges of CloudFront edge servers').
const fromCloudFront = "com.amazonaws.global.cloudfront.origin-facing"

// outside is the name of a peer that is no security group: a block that is a subnet's is named by its tier.
func (f *Facts) outside(from peer) string {
	switch {
	case from.prefix == fromCloudFront:
		return "CloudFront"
	case from.prefix != "":
		return "prefix list " + from.prefix
	}
	for _, subnet := range f.Graph.Resources("aws_subnet") {
		if subnet.Text("cidr_block") == from.block.String() {
			return f.tier(subnet) + " subnets"
		}
	}
	return from.block.String()
}

// letsOut is a rule by which a carrier may open the connection that another's rule lets in.
func (f *Facts) letsOut(from, to *carrier, in rule) (rule, bool) {
	for _, out := range f.rules {
		if !out.egress || !slices.Contains(from.groups, out.group) || !out.meets(in) {
			continue
		}
		for _, one := range out.peers {
			if one.prefix != "" || slices.Contains(to.groups, one.group) ||
				one.block.IsValid() && meetsSubnets(one.block, to.subnets) {
				return out, true
			}
		}
	}
	return rule{}, false
}

// meetsSubnets is whether a block holds addresses of subnets; of unknown ones it does.
func meetsSubnets(block netip.Prefix, subnets []*graph.Node) bool {
	for _, subnet := range subnets {
		other, err := netip.ParsePrefix(subnet.Text("cidr_block"))
		if err != nil || block.Overlaps(other) {
			return true
		}
	}
	return len(subnets) == 0
}
