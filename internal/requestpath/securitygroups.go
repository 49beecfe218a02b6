package requestpath

import (
	"slices"
	"strconv"

	"github.com/titan-platform/titan/internal/graph"
)

// fromCloudFront is the prefix list of the addresses that CloudFront calls origins from (CloudFront Developer Guide,
// 'Locations and IP address ranges of CloudFront edge servers').
const fromCloudFront = "com.amazonaws.global.cloudfront.origin-facing"

// securityGroups checks who may call whom: the load balancer is called by CloudFront alone, or by those whom the file
// lists where there is none, and the nodes by it on
// the target group's ports, by each other, and by the control plane.
func (w *walk) securityGroups() {
	edge, ok := w.balancer.Reference("security_groups.0")
	if !ok || w.balancer.Len("security_groups") != 1 {
		w.say(w.balancer, "has security groups %v, want one of its stack", w.balancer.At("security_groups"))
		return
	}
	nodes := w.nodeGroup()
	if nodes == nil {
		return
	}
	calls := 0
	var ports []float64
	for _, rule := range w.here("aws_vpc_security_group_ingress_rule") {
		switch {
		case rule.Refers("security_group_id", edge.To):
			switch {
			case w.isCaller(rule):
				calls++
			case !w.opensToGrafana(rule):
				w.say(rule, "lets in more than %s on 443", w.callers())
			}
		case rule.Refers("security_group_id", nodes):
			from, _ := rule.Reference("referenced_security_group_id")
			switch {
			case from.To == edge.To && rule.At("from_port") == rule.At("to_port"):
				port, _ := rule.At("from_port").(float64)
				ports = append(ports, port)
			case from.To == nodes, from.To != nil && w.isControlPlane(from.To):
			default:
				w.say(rule, "is another way to the nodes")
			}
		}
	}
	want := 1
	if !w.HasEdge() {
		want = len(w.LoadBalancer.AllowCIDRs)
	}
	if calls != want {
		w.say(w.balancer, "is opened to %s by %d rules, want %d", w.callers(), calls, want)
	}
	w.targetPorts(ports)
}

// targetPorts checks that what the load balancer reaches are the target group's ports and no others.
func (w *walk) targetPorts(reached []float64) {
	if w.targets == nil {
		return
	}
	traffic, _ := w.targets.At("port").(float64)
	health, err := strconv.ParseFloat(w.targets.Text("health_check.port"), 64)
	if err != nil {
		w.say(w.targets, "has health port %v", w.targets.At("health_check.port"))
	}
	slices.Sort(reached)
	if !slices.Equal(reached, []float64{traffic, health}) {
		w.say(w.balancer, "reaches the nodes on %v, want %v and %v", reached, traffic, health)
	}
}

// callers are those who may call the load balancer, as a word.
func (w *walk) callers() string {
	if w.HasEdge() {
		return "CloudFront"
	}
	return "load_balancer.allow_cidrs"
}

// isCaller is whether a rule lets in one who may call.
func (w *walk) isCaller(rule *graph.Node) bool {
	if w.HasEdge() {
		return isFromCloudFront(rule)
	}
	return slices.Contains(w.LoadBalancer.AllowCIDRs, rule.Text("cidr_ipv4")) && rule.At("from_port") == 443.0 &&
		rule.At("to_port") == 443.0
}

func isFromCloudFront(rule *graph.Node) bool {
	list, ok := rule.Reference("prefix_list_id")
	return ok && list.To.Type == "aws_ec2_managed_prefix_list" && list.To.Text("name") == fromCloudFront &&
		rule.At("from_port") == 443.0 && rule.At("to_port") == 443.0
}

// nodeGroup is the security group of the nodes: the one of every launch template.
func (w *walk) nodeGroup() *graph.Node {
	var group *graph.Node
	for _, template := range w.here("aws_launch_template") {
		edge, ok := template.Reference("vpc_security_group_ids.0")
		if !ok || template.Len("vpc_security_group_ids") != 1 || group != nil && edge.To != group {
			w.say(template, "has security groups %v, want the one of all nodes", template.At("vpc_security_group_ids"))
			return nil
		}
		group = edge.To
	}
	if group == nil {
		w.say(nil, "%s: no launch template says which security group the nodes have", w.Name)
	}
	return group
}

// isControlPlane is whether a security group is the control plane's.
func (w *walk) isControlPlane(group *graph.Node) bool {
	return slices.ContainsFunc(w.here("aws_eks_cluster"), func(cluster *graph.Node) bool {
		return cluster.Refers("vpc_config.security_group_ids.0", group)
	})
}
