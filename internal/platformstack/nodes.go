package platformstack

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// NodeGroup is a node group of a synthesized environment, as the autoscaler and the scheduler see it.
type NodeGroup struct {
	Name         string
	Zones        []string // letters of Availability Zones, mostly one
	Minimum      int      // of its nodes
	InstanceType string   // the first that it asks for
	Labels       Object
	Taints       []any // as a Node has them
}

// NodeGroups are the groups in the JSON of an environment's stack, by name.
func NodeGroups(environment Object) ([]NodeGroup, error) {
	blocks, _ := at(environment, "resource", "aws_eks_node_group").(Object)
	var groups []NodeGroup
	for _, id := range slices.Sorted(maps.Keys(blocks)) {
		group, err := nodeGroup(blocks[id])
		if err != nil {
			return nil, fmt.Errorf("reading node group %s: %w", id, err)
		}
		groups = append(groups, group)
	}
	slices.SortFunc(groups, func(a, b NodeGroup) int { return strings.Compare(a.Name, b.Name) })
	return groups, nil
}

func nodeGroup(body any) (NodeGroup, error) {
	name, _ := at(body, "node_group_name_prefix").(string)
	subnets, _ := at(body, "subnet_ids").([]any)
	minimum, sized := at(body, "scaling_config", "min_size").(float64)
	types, _ := at(body, "instance_types").([]any)
	labels, _ := at(body, "labels").(Object)
	if name == "" || len(subnets) == 0 || !sized || len(types) == 0 {
		return NodeGroup{}, fmt.Errorf("it lacks its name, subnets, size or instance types: %v", body)
	}
	g := NodeGroup{
		Name: strings.TrimSuffix(name, "-"), Minimum: int(minimum), InstanceType: fmt.Sprint(types[0]), Labels: labels,
	}
	if len(subnets) == 1 {
		g.Zones = []string{g.Name[len(g.Name)-1:]} // a group of one zone is named by it
	} else {
		for i := range subnets {
			g.Zones = append(g.Zones, string(rune('a'+i)))
		}
	}
	taints, _ := at(body, "taint").([]any)
	for _, taint := range taints {
		if effect := at(taint, "effect"); effect != "NO_SCHEDULE" {
			return NodeGroup{}, fmt.Errorf("a taint has the effect %q, and only NO_SCHEDULE is known here", effect)
		}
		g.Taints = append(g.Taints, Object{"key": at(taint, "key"), "value": at(taint, "value"), "effect": "NoSchedule"})
	}
	return g, nil
}
