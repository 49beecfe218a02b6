package pathproof

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// route is a way out of a subnet.
type route struct {
	node        *graph.Node
	destination string
	via         string // internet gateway, nat gateway; the argument's name for what is rarer
}

// vias are where routes lead, by the argument that names it.
var vias = []string{
	"gateway_id", "nat_gateway_id", "egress_only_gateway_id", "transit_gateway_id", "vpc_peering_connection_id",
	"network_interface_id", "carrier_gateway_id", "local_gateway_id", "core_network_arn", "vpc_endpoint_id",
}

// beyond are those that lead to networks of others. Which of them a route takes is part of the answer.
var beyond = []string{"transit_gateway_id", "vpc_peering_connection_id"}

// routesOf are the routes of a subnet, but for the VPC's own. A subnet without a table of its own has the VPC's main
// one, which has no other route as long as no stack adds one.
func (f *Facts) routesOf(subnet *graph.Node) []route {
	var found []route
	for _, edge := range subnet.Referrers() {
		if edge.From.Type != "aws_route_table_association" {
			continue
		}
		if table, ok := edge.From.Reference("route_table_id"); ok {
			found = append(found, routesIn(table.To)...)
			continue
		}
		found = append(found, route{edge.From, "anywhere", "a route table of another stack"})
	}
	for _, kind := range []string{"aws_default_route_table", "aws_main_route_table_association"} {
		for _, node := range f.resources([]string{subnet.Stack}, kind) {
			found = append(found, route{node, "anywhere", "the VPC's main route table"})
		}
	}
	return found
}

func routesIn(table *graph.Node) []route {
	var found []route
	for i := range table.Len("route") {
		found = append(found, routeAt(table, fmt.Sprintf("route.%d.", i)))
	}
	for _, edge := range table.Referrers() {
		if edge.From.Type == "aws_route" && edge.Argument == "route_table_id" {
			found = append(found, routeAt(edge.From, ""))
		}
	}
	return found
}

// destinations are the arguments of a route that hold a block of addresses, as a resource and as a block.
var destinations = []string{"destination_cidr_block", "destination_ipv6_cidr_block", "cidr_block", "ipv6_cidr_block"}

func routeAt(node *graph.Node, begin string) route {
	found := route{node: node, destination: "a prefix list", via: "something unknown"}
	for _, argument := range destinations {
		if text := node.Text(begin + argument); text != "" {
			found.destination = text
		}
	}
	for _, argument := range vias {
		if node.At(begin+argument) == nil {
			continue
		}
		found.via = strings.NewReplacer("_id", "", "_", " ").Replace(argument)
		if id := node.Text(begin + argument); slices.Contains(beyond, argument) && !strings.Contains(id, "${") {
			found.via += " " + id
		}
		if edge, ok := node.Reference(begin + argument); ok {
			found.via = strings.ReplaceAll(strings.TrimPrefix(edge.To.Type, "aws_"), "_", " ")
		}
	}
	return found
}

// The tiers of subnets, told by what uses them and where their routes lead, and not by their names.
const (
	dataTier    = "data"
	privateTier = "private"
	publicTier  = "public"
)

// tier is a subnet's tier: of data where a subnet group has it, public where its routes lead to an internet gateway.
func (f *Facts) tier(subnet *graph.Node) string {
	for _, edge := range subnet.Referrers() {
		if strings.HasSuffix(edge.From.Type, "_subnet_group") {
			return dataTier
		}
	}
	leadsOut := func(r route) bool { return r.via == "internet gateway" }
	if slices.ContainsFunc(f.routesOf(subnet), leadsOut) && !f.hasNodes(subnet) {
		return publicTier
	}
	return privateTier
}

func (f *Facts) hasNodes(subnet *graph.Node) bool {
	isGroup := func(edge graph.Edge) bool { return edge.From.Type == "aws_eks_node_group" }
	return slices.ContainsFunc(subnet.Referrers(), isGroup)
}

// Routes are where the subnets of a tier have routes to.
func (f *Facts) Routes(stacks []string, tier string) []Reach {
	var found []Reach
	for _, subnet := range f.resources(stacks, "aws_subnet") {
		if f.tier(subnet) != tier {
			continue
		}
		for _, r := range f.routesOf(subnet) {
			who := r.destination + " by " + r.via
			found = append(found, Reach{who, Chain{{subnet.Address, who, r.node.String()}}})
		}
	}
	return sorted(found)
}
