package pathproof

import (
	"fmt"
	"maps"
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

// cloudShell is the name of what people make with the group for it. No stack has it: whoever may give an
// environment the group is one.
const cloudShell = "CloudShell environments"

// isForCloudShell is whether a security group is the one for people's CloudShell VPC environments (modules/cluster).
func isForCloudShell(node *graph.Node) bool {
	return node.Type == "aws_security_group" && strings.HasSuffix(node.Text("name_prefix"), "-cloudshell-")
}

// readCarriers finds whatever names a security group as its own: every resource with a reference to one, but for
// rules and groups, and for terraform_data, which keeps values and stands in no network.
func (f *Facts) readCarriers() {
	for _, node := range f.Graph.Nodes() {
		if node.Section == graph.Resource && isForCloudShell(node) {
			f.carriers = append(f.carriers, &carrier{name: cloudShell, node: node, groups: []*graph.Node{node}})
		}
		if node.Section != graph.Resource || strings.Contains(node.Type, "security_group") || node.Type == "terraform_data" {
			continue
		}
		one := &carrier{name: carrierNames[node.Type], node: node}
		for _, argument := range groupArguments("", node.Body) {
			edge, ok := node.Reference(argument)
			if !ok || edge.To.Type != "aws_security_group" || edge.To.Section != graph.Resource {
				f.foreign = append(f.foreign, graph.Edge{From: node, Argument: argument})
				continue
			}
			one.groups = append(one.groups, edge.To)
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

// groupArguments are the paths of a resource's strings that name security groups.
func groupArguments(path string, value any) []string {
	var found []string
	switch v := value.(type) {
	case string:
		if strings.Contains(path, "security_group") {
			found = append(found, strings.TrimPrefix(path, "."))
		}
	case []any:
		for i, item := range v {
			found = append(found, groupArguments(fmt.Sprintf("%s.%d", path, i), item)...)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if name == "lifecycle" || name == "depends_on" || name == "tags" {
				continue
			}
			found = append(found, groupArguments(path+"."+name, v[name])...)
		}
	}
	return found
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
