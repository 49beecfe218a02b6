package pathproof

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// carrier is something in a VPC that carries security groups.
type carrier struct {
	name    string // database, nodes, loadbalancer
	node    *graph.Node
	groups  []*graph.Node
	subnets []*graph.Node
}

// carrierNames are the names of what carries security groups. Whatever else does is called by its address.
var carrierNames = map[string]string{
	"aws_db_instance": "database", "aws_rds_cluster": "database", "aws_elasticache_cluster": "cache",
	"aws_elasticache_replication_group": "cache", "aws_eks_cluster": "api", "aws_launch_template": "nodes",
	"aws_lb": "loadbalancer", "aws_vpc_endpoint": "endpoints", "aws_codebuild_project": "builds",
}

// readCarriers finds whatever names a security group as its own: every resource with a reference to one, but for
// rules and groups.
func (f *Facts) readCarriers() {
	for _, node := range f.Graph.Nodes() {
		if node.Section != graph.Resource || strings.Contains(node.Type, "security_group") {
			continue
		}
		one := &carrier{name: carrierNames[node.Type], node: node}
		for _, edge := range node.References() {
			if strings.Contains(edge.Argument, "security_group") && edge.To.Type == "aws_security_group" {
				one.groups = append(one.groups, edge.To)
			}
		}
		if len(one.groups) == 0 {
			continue
		}
		if one.name == "" {
			one.name = node.Address
		}
		one.subnets = f.subnetsOf(node)
		f.carriers = append(f.carriers, one)
	}
}

// subnetsOf are the subnets that a resource stands in: its own, its subnet group's, or those of the node groups that
// are made from a launch template.
func (f *Facts) subnetsOf(node *graph.Node) []*graph.Node {
	var found []*graph.Node
	for _, edge := range node.References() {
		switch {
		case edge.To.Type == "aws_subnet":
			found = append(found, edge.To)
		case strings.HasSuffix(edge.To.Type, "_subnet_group"):
			found = append(found, f.subnetsOf(edge.To)...)
		}
	}
	if node.Type == "aws_launch_template" {
		for _, edge := range node.Referrers() {
			if edge.From.Type == "aws_eks_node_group" {
				found = append(found, f.subnetsOf(edge.From)...)
			}
		}
	}
	return found
}

// carriersOf are the carriers of a name in some stacks.
func (f *Facts) carriersOf(stacks []string, name string) []*carrier {
	var found []*carrier
	for _, one := range f.carriers {
		if one.name == name && slices.Contains(stacks, one.node.Stack) {
			found = append(found, one)
		}
	}
	return found
}

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
