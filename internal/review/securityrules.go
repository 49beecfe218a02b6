package review

import (
	"slices"
)

// Directions of a security group's rules.
const (
	ingress = "ingress"
	egress  = "egress"
)

// securityRules are the rules that a resource is, or has: one a resource, the older form with lists, and those in the
// group's own blocks.
func securityRules(kind string, n node) []securityRule {
	switch kind {
	case "aws_vpc_security_group_ingress_rule":
		return one(n, ingress)
	case "aws_vpc_security_group_egress_rule":
		return one(n, egress)
	case "aws_security_group_rule":
		rule := listed(n, n.field("security_group_id").text(), n.field("type").text())
		if source := n.field("source_security_group_id").text(); source != "" {
			rule.others = append(rule.others, source)
		}
		return []securityRule{rule}
	case "aws_security_group", "aws_default_security_group":
		var rules []securityRule
		for _, direction := range []string{ingress, egress} {
			for _, block := range n.field(direction).items() {
				rules = append(rules, listed(block, n.field("id").text(), direction))
			}
		}
		return rules
	}
	return nil
}

func one(n node, direction string) []securityRule {
	rule := ports(n, "ip_protocol")
	rule.group, rule.direction = n.field("security_group_id").text(), direction
	rule.addresses = ranges(nonEmpty(n.field("cidr_ipv4").text(), n.field("cidr_ipv6").text()))
	rule.others = nonEmpty(n.field("prefix_list_id").text(), n.field("referenced_security_group_id").text())
	return []securityRule{rule}
}

func listed(n node, group, direction string) securityRule {
	rule := ports(n, "protocol")
	rule.group, rule.direction = group, direction
	rule.addresses = ranges(slices.Concat(n.field("cidr_blocks").texts(), n.field("ipv6_cidr_blocks").texts()))
	rule.others = slices.Concat(n.field("prefix_list_ids").texts(), n.field("security_groups").texts())
	if isTrue(n.field("self").value) {
		rule.others = append(rule.others, "the group itself")
	}
	return rule
}

// ports reads protocol and ports. Without ports all are meant.
func ports(n node, protocol string) securityRule {
	rule := securityRule{protocol: n.field(protocol).text(), from: 0, to: 65535}
	if rule.protocol == "all" {
		rule.protocol = anyProtocol
	}
	if from, ok := number(n.field("from_port").value); ok {
		rule.from = from
	}
	if to, ok := number(n.field("to_port").value); ok {
		rule.to = to
	}
	if rule.from == -1 || rule.to == -1 { // ICMP's word for all types
		rule.from, rule.to = -1, 65535
	}
	return rule
}

func nonEmpty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}
