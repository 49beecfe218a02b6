//go:build cluster && control

package cluster

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/kubernetes"
	"github.com/titan-platform/titan/internal/platformstack"
)

// patience is for a machine that is busy with something else.
const patience = 2 * time.Minute

// nodeGroup is a node group of a synthesized environment, in one zone.
type nodeGroup struct{ platformstack.NodeGroup }

// nodeGroups are an environment's, by name.
func nodeGroups(t *testing.T, e environments.Environment) map[string]nodeGroup {
	t.Helper()
	groups, err := platformstack.NodeGroups(synthesized(t, e.Name))
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]nodeGroup{}
	for _, g := range groups {
		if len(g.Zones) != 1 {
			t.Fatalf("%s: group %s is in %d zones: the autoscaler can't choose one", e.Name, g.Name, len(g.Zones))
		}
		byName[g.Name] = nodeGroup{g}
	}
	return byName
}

// add makes the count-th node of a group, an m7i of some size, and waits until it is ready.
func (g nodeGroup) add(t *testing.T, count int, size string) string {
	t.Helper()
	node := kubernetes.Node{
		Name: fmt.Sprintf("%s-%d", g.Name, count), Zone: g.Zones[0], InstanceType: "m7i." + size, Labels: g.Labels, Taints: g.Taints,
	}
	name := node.Name
	kubectl(t, text(t, node.Manifest()), "create", "--filename", "-")
	t.Cleanup(func() { kubectl(t, "", "delete", "node", name, "--ignore-not-found") })
	await(t, "node "+name+" is ready", func() string {
		if kubectl(t, "", "get", "node", name, "--output", `jsonpath={.spec.taints[?(@.key=="node.kubernetes.io/not-ready")].key}`) != "" {
			return "it is tainted not-ready"
		}
		if kubectl(t, "", "get", "node", name, "--output", `jsonpath={.status.conditions[?(@.type=="Ready")].status}`) != "True" {
			return "its kubelet says nothing"
		}
		return ""
	})
	return name
}

// atRest makes the nodes that every group has at least, and returns the groups.
func atRest(t *testing.T, e environments.Environment, size string) map[string]nodeGroup {
	t.Helper()
	groups := nodeGroups(t, e)
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		for i := range groups[name].Minimum {
			groups[name].add(t, i+1, size)
		}
	}
	return groups
}

// await waits until a condition has no more complaint.
func await(t *testing.T, what string, complaint func() string) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(300 * time.Millisecond) {
		wrong := complaint()
		if wrong == "" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited for: %s; %s", what, wrong)
		}
	}
}

// placement counts the pods with a label by zone and by how their node is bought: `a: 2 spot, 1 on-demand; b: …`, and those without a node.
func placement(t *testing.T, namespace, app string) string {
	t.Helper()
	of := map[string]string{}
	for _, line := range strings.Fields(kubectl(t, "", "get", "nodes", "--output",
		`jsonpath={range .items[*]}{.metadata.name}={.metadata.labels.topology\.kubernetes\.io/zone}/{.metadata.labels.capacity}{"\n"}{end}`)) {
		name, place, _ := strings.Cut(line, "=")
		of[name] = place
	}
	counts := map[string]int{}
	for _, line := range strings.Split(strings.TrimSpace(kubectl(t, "", "get", "pods", "--namespace", namespace, "--selector", "app.kubernetes.io/name="+app,
		"--output", `jsonpath={range .items[*]}{.metadata.deletionTimestamp}={.spec.nodeName}{"\n"}{end}`)), "\n") {
		if gone, node, _ := strings.Cut(line, "="); gone == "" && line != "" {
			counts[of[node]]++
		}
	}
	zones := map[string][]string{}
	for _, place := range slices.Backward(slices.Sorted(maps.Keys(counts))) {
		if zone, capacity, found := strings.Cut(place, "/"); found {
			zones[zone] = append(zones[zone], fmt.Sprintf("%d %s", counts[place], capacity))
		}
	}
	var parts []string
	for _, zone := range slices.Sorted(maps.Keys(zones)) {
		parts = append(parts, zone+": "+strings.Join(zones[zone], ", "))
	}
	if counts[""] > 0 {
		parts = append(parts, fmt.Sprintf("%d pending", counts[""]))
	}
	return strings.Join(parts, "; ")
}
