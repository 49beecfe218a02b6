package platformstack

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNodeGroupsAreRead(t *testing.T) {
	stacks, _ := golden(t, "prod")
	environment, err := Read(stacks, "prod")
	if err != nil {
		t.Fatal(err)
	}
	groups, err := NodeGroups(environment)
	if err != nil {
		t.Fatal(err)
	}
	want := NodeGroup{
		Name: "spot-b", Zones: []string{"b"}, Minimum: 1, InstanceType: "m7i.xlarge",
		Labels: Object{"capacity": "spot", "node-group": "spot"},
		Taints: []any{Object{"key": "capacity", "value": "spot", "effect": "NoSchedule"}},
	}
	if len(groups) != 6 {
		t.Fatalf("%d groups, want 6", len(groups))
	}
	if diff := cmp.Diff(want, groups[1]); diff != "" {
		t.Error(diff)
	}

	group := Object{
		"node_group_name_prefix": "spot-", "subnet_ids": []any{"1", "2", "3"}, "instance_types": []any{"m7i.large"},
		"scaling_config": Object{"min_size": 0.0},
	}
	in := Object{"resource": Object{"aws_eks_node_group": Object{"g": group}}}
	if groups, err = NodeGroups(in); err != nil || strings.Join(groups[0].Zones, "") != "abc" {
		t.Errorf("a group over three zones is in %v: %v", groups, err)
	}
	group["taint"] = []any{Object{"effect": "NO_EXECUTE"}}
	if _, err := NodeGroups(in); err == nil || !strings.Contains(err.Error(), `"NO_EXECUTE"`) {
		t.Errorf("an unknown effect: %v", err)
	}
	delete(group, "instance_types")
	if _, err := NodeGroups(in); err == nil || !strings.Contains(err.Error(), "lacks its name, subnets, size") {
		t.Errorf("without instance types: %v", err)
	}
}
