package requestpath

import (
	"fmt"

	"github.com/titan-platform/titan/internal/graph"
)

// nodes checks that nodes have no public addresses, and no way to them but the load balancer's.
func (w *walk) nodes() {
	for _, template := range w.here("aws_launch_template") {
		if template.At("network_interfaces") != nil {
			w.say(template, "names network interfaces of its own, which could have public addresses and other groups")
		}
	}
	private := w.privateSubnets()
	for _, group := range w.here("aws_eks_node_group") {
		for i := range group.Len("subnet_ids") {
			subnet, ok := group.Reference(fmt.Sprintf("subnet_ids.%d", i))
			if !ok || !private[subnet.To] {
				w.say(group, "puts nodes outside the private subnets: %v", group.At(fmt.Sprintf("subnet_ids.%d", i)))
			}
		}
	}
}

// privateSubnets are the subnets whose way out is a NAT gateway, and none an internet gateway: nobody outside can
// open a connection to them.
func (w *walk) privateSubnets() map[*graph.Node]bool {
	ways := map[*graph.Node]map[string]bool{} // by route table, the gateways that its routes name
	for _, route := range w.here("aws_route") {
		table, ok := route.Reference("route_table_id")
		if !ok {
			continue
		}
		if ways[table.To] == nil {
			ways[table.To] = map[string]bool{}
		}
		for _, gateway := range []string{"nat_gateway_id", "gateway_id"} {
			if route.At(gateway) != nil {
				ways[table.To][gateway] = true
			}
		}
	}
	private := map[*graph.Node]bool{}
	for _, association := range w.here("aws_route_table_association") {
		subnet, _ := association.Reference("subnet_id")
		table, _ := association.Reference("route_table_id")
		if gateways := ways[table.To]; gateways["nat_gateway_id"] && !gateways["gateway_id"] {
			private[subnet.To] = true
		}
	}
	return private
}
