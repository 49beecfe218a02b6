package pathproof

import (
	"fmt"
	"net/netip"

	"github.com/titan-platform/titan/internal/graph"
)

// rule is a security group's rule, in whichever form Terraform has it.
type rule struct {
	node     *graph.Node
	group    *graph.Node
	egress   bool
	protocol string // tcp, udp, icmp; all
	from, to int    // ports; of all protocols all
	peers    []peer
}

// peer is whom a rule lets in, or to whom it lets out: one of the three is set.
type peer struct {
	group  *graph.Node
	block  netip.Prefix
	prefix string // the name of a prefix list
}

// readRules reads the rules of all security groups. It is an error where one can't be understood.
func (f *Facts) readRules() error {
	for kind, egress := range map[string]bool{
		"aws_vpc_security_group_ingress_rule": false, "aws_vpc_security_group_egress_rule": true,
	} {
		for _, node := range f.Graph.Resources(kind) {
			if err := f.addRule(node, "security_group_id", "", egress); err != nil {
				return err
			}
		}
	}
	for _, node := range f.Graph.Resources("aws_security_group_rule") {
		if err := f.addRule(node, "security_group_id", "", node.Text("type") == "egress"); err != nil {
			return err
		}
	}
	for _, kind := range []string{"aws_security_group", "aws_default_security_group"} {
		for _, node := range f.Graph.Resources(kind) {
			for direction, egress := range map[string]bool{"ingress": false, "egress": true} {
				for i := range node.Len(direction) {
					if err := f.addRule(node, "", fmt.Sprintf("%s.%d.", direction, i), egress); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// addRule reads a rule: a resource of its own, or a block of its group, whose arguments begin so.
func (f *Facts) addRule(node *graph.Node, group, begin string, egress bool) error {
	r := rule{node: node, group: node, egress: egress, protocol: "all", to: 65535}
	if group != "" {
		edge, ok := node.Reference(group)
		if !ok || edge.To.Section != graph.Resource {
			return fmt.Errorf("%s: its security group %v is none that its stack makes", node, node.At(group))
		}
		r.group = edge.To
	}
	for _, argument := range []string{"ip_protocol", "protocol"} {
		if text := node.Text(begin + argument); text != "" && text != "-1" && text != "all" {
			r.protocol = text
		}
	}
	if from, ok := node.At(begin + "from_port").(float64); ok && r.protocol != "all" {
		to, _ := node.At(begin + "to_port").(float64)
		r.from, r.to = int(from), int(to)
	}
	var err error
	if r.peers, err = f.peers(node, begin, r.group); err != nil {
		return err
	}
	f.rules = append(f.rules, r)
	return nil
}

// peerArguments hold the peers of a rule.
var peerArguments = map[string][]string{
	"group":  {"referenced_security_group_id", "source_security_group_id", "security_groups"},
	"block":  {"cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"},
	"prefix": {"prefix_list_id", "prefix_list_ids"},
}

func (f *Facts) peers(node *graph.Node, begin string, group *graph.Node) ([]peer, error) {
	var found []peer
	for kind, arguments := range peerArguments {
		for _, argument := range arguments {
			for i, text := range texts(node.At(begin + argument)) {
				path := begin + argument
				if _, isList := node.At(path).([]any); isList {
					path = fmt.Sprintf("%s.%d", path, i)
				}
				one, err := f.peer(node, kind, path, text)
				if err != nil {
					return nil, err
				}
				found = append(found, one)
			}
		}
	}
	if node.At(begin+"self") == true {
		found = append(found, peer{group: group})
	}
	return found, nil
}

func (f *Facts) peer(node *graph.Node, kind, path, text string) (peer, error) {
	edge, refers := node.Reference(path)
	switch {
	case kind == "group" && refers && edge.To.Type == "aws_security_group":
		return peer{group: edge.To}, nil
	case kind == "prefix" && refers && edge.To.Text("name") != "":
		return peer{prefix: edge.To.Text("name")}, nil
	case kind == "prefix" || kind == "group":
		return peer{prefix: text}, nil // its own name is all that is known of it
	}
	resolved := text
	if refers && edge.Attribute == "cidr_block" {
		resolved = edge.To.Text("cidr_block")
	}
	block, err := netip.ParsePrefix(resolved)
	if err != nil {
		return peer{}, fmt.Errorf("%s: %s is %q, want a block of addresses", node, path, text)
	}
	return peer{block: block}, nil
}

// ports are a rule's ports as a table has them: tcp 5432.
func (r rule) ports() string {
	switch {
	case r.protocol == "all":
		return "all ports"
	case r.from == r.to:
		return fmt.Sprintf("%s %d", r.protocol, r.from)
	}
	return fmt.Sprintf("%s %d-%d", r.protocol, r.from, r.to)
}

// meets is whether two rules have a protocol and a port in common.
func (r rule) meets(other rule) bool {
	return (r.protocol == "all" || other.protocol == "all" || r.protocol == other.protocol) &&
		r.from <= other.to && other.from <= r.to
}
