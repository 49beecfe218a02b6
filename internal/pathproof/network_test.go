package pathproof

import (
	"slices"
	"testing"
)

// TestReach asks who reaches a database whose group has one rule more, in each form that Terraform has.
func TestReach(t *testing.T) {
	const own, ingress = "${aws_security_group.data.id}", "aws_vpc_security_group_ingress_rule.more"
	rule := func(more map[string]any) map[string]any {
		body := map[string]any{"security_group_id": own, "ip_protocol": "tcp", "from_port": 5432, "to_port": 5432}
		for name, value := range more {
			body[name] = value
		}
		return body
	}
	for name, c := range map[string]struct {
		address string
		body    map[string]any
		want    []string
	}{
		"a block":         {ingress, rule(map[string]any{"cidr_ipv4": "10.0.0.0/8"}), []string{"10.0.0.0/8 on tcp 5432"}},
		"a block of IPv6": {ingress, rule(map[string]any{"cidr_ipv6": "::/0"}), []string{"::/0 on tcp 5432"}},
		"a subnet's block": {ingress, rule(map[string]any{"cidr_ipv4": "10.1.0.0/24"}),
			[]string{"private subnets on tcp 5432"}},
		"a prefix list": {ingress, rule(map[string]any{"prefix_list_id": "pl-1"}),
			[]string{"prefix list pl-1 on tcp 5432"}},
		"all protocols": {ingress, rule(map[string]any{"ip_protocol": "-1", "cidr_ipv4": "10.0.0.0/8"}),
			[]string{"10.0.0.0/8 on all ports"}},
		"a range": {ingress, rule(map[string]any{"to_port": 5433, "cidr_ipv4": "10.0.0.0/8"}),
			[]string{"10.0.0.0/8 on tcp 5432-5433"}},
		"a group": {ingress,
			rule(map[string]any{"referenced_security_group_id": "${aws_security_group.nodes.id}"}),
			[]string{"nodes on tcp 5432"}},
		"a group not let out": {ingress,
			rule(map[string]any{"referenced_security_group_id": "${aws_security_group.balancer.id}"}), nil},
		"a group of nobody": {ingress,
			rule(map[string]any{"referenced_security_group_id": "${aws_security_group.idle.id}"}),
			[]string{"whatever carries aws_security_group.idle on tcp 5432"}},
		"the older resource": {"aws_security_group_rule.more", map[string]any{"security_group_id": own, "type": "ingress",
			"protocol": "tcp", "from_port": 0, "to_port": 65535, "cidr_blocks": []any{"10.0.0.0/8", "192.168.0.0/16"}},
			[]string{"10.0.0.0/8 on tcp 0-65535", "192.168.0.0/16 on tcp 0-65535"}},
		"a block of the group": {"aws_security_group.data", map[string]any{"ingress": []any{map[string]any{
			"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": []any{"10.0.0.0/8"}, "self": true}}},
			[]string{"10.0.0.0/8 on all ports"}}, // itself is let in, and not let out
	} {
		resources := map[string]map[string]any{
			"aws_security_group.data":     {},
			"aws_security_group.nodes":    {},
			"aws_security_group.balancer": {},
			"aws_security_group.idle":     {},
			"aws_rds_cluster.db":          {"vpc_security_group_ids": []any{own}},
			"aws_lb.alb":                  {"security_groups": []any{"${aws_security_group.balancer.id}"}},
			"aws_launch_template.node":    {"vpc_security_group_ids": []any{"${aws_security_group.nodes.id}"}},
			"aws_subnet.a":                {"cidr_block": "10.1.0.0/24"},
			"aws_vpc_security_group_egress_rule.nodes": {"security_group_id": "${aws_security_group.nodes.id}",
				"ip_protocol": "tcp", "from_port": 5000, "to_port": 6000, "cidr_ipv4": "0.0.0.0/0"},
			"aws_vpc_security_group_egress_rule.balancer": {"security_group_id": "${aws_security_group.balancer.id}",
				"ip_protocol": "tcp", "from_port": 8000, "to_port": 8000, "cidr_ipv4": "0.0.0.0/0"},
		}
		resources[c.address] = c.body
		var got []string
		for _, reach := range account(t, resources).Reach([]string{"one"}, "database") {
			got = append(got, reach.Who)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestRoutes(t *testing.T) {
	for name, c := range map[string]struct {
		address string
		body    map[string]any
		want    []string
	}{
		"a route": {"aws_route.r",
			map[string]any{
				"route_table_id":         "${aws_route_table.t.id}",
				"destination_cidr_block": "0.0.0.0/0",
				"gateway_id":             "${aws_internet_gateway.i.id}",
			}, []string{"0.0.0.0/0 by internet gateway"}},
		"one of IPv6": {"aws_route.r",
			map[string]any{
				"route_table_id":              "${aws_route_table.t.id}",
				"destination_ipv6_cidr_block": "::/0",
				"egress_only_gateway_id":      "eigw-1",
			}, []string{"::/0 by egress only gateway"}},
		"one of a kind that is unknown": {"aws_route.r",
			map[string]any{"route_table_id": "${aws_route_table.t.id}", "odb_network_arn": "arn"},
			[]string{"a prefix list by something unknown"}},
		"a block of the table": {"aws_route_table.t",
			map[string]any{"route": []any{map[string]any{"cidr_block": "10.0.0.0/8", "vpc_peering_connection_id": "pcx-1"}}},
			[]string{"10.0.0.0/8 by vpc peering connection pcx-1"}},
		"a transit gateway": {"aws_route.r",
			map[string]any{
				"route_table_id":         "${aws_route_table.t.id}",
				"destination_cidr_block": "10.0.0.0/8",
				"transit_gateway_id":     "tgw-1",
			}, []string{"10.0.0.0/8 by transit gateway tgw-1"}},
		"the main table": {"aws_default_route_table.d", map[string]any{"route": []any{}},
			[]string{"anywhere by the VPC's main route table"}},
		"none": {"aws_internet_gateway.j", map[string]any{}, nil},
	} {
		resources := map[string]map[string]any{
			"aws_subnet.a": {}, "aws_db_subnet_group.g": {"subnet_ids": []any{"${aws_subnet.a.id}"}},
			"aws_route_table.t": {}, "aws_internet_gateway.i": {},
			"aws_route_table_association.a": {"subnet_id": "${aws_subnet.a.id}", "route_table_id": "${aws_route_table.t.id}"},
		}
		resources[c.address] = c.body
		var got []string
		for _, reach := range account(t, resources).Routes([]string{"one"}, dataTier) {
			got = append(got, reach.Who)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// A security group that no stack makes has rules that nobody sees.
func TestAForeignSecurityGroupIsNamed(t *testing.T) {
	f := account(t, map[string]map[string]any{
		"aws_rds_cluster.db": {"vpc_security_group_ids": []any{"sg-12345678"}},
	})
	const want = "vpc_security_group_ids.0 of aws_rds_cluster.db"
	if got := whos(f.unreadHere([]string{"one"})); !slices.Equal(got, []string{want}) {
		t.Errorf("got %q, want %q", got, want)
	}
}
