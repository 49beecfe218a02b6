package kubernetes

import (
	"fmt"
	"testing"
)

func TestANodeHasTheRoomOfItsInstanceType(t *testing.T) {
	for instanceType, want := range map[string]string{
		"m7i.large":   "1600m 6Gi 29",
		"m7i.xlarge":  "3600m 14Gi 58",
		"r7i.2xlarge": "7600m 62Gi 110",
		"c7i.large":   "1600m 2Gi 29",
		"":            "1600m 6Gi 29",
	} {
		room := allocatable(instanceType)
		if got := fmt.Sprint(room["cpu"], " ", room["memory"], " ", room["pods"]); got != want {
			t.Errorf("%q: %s, want %s", instanceType, got, want)
		}
	}
}

func TestANodeKeepsItsGroupsLabels(t *testing.T) {
	group := map[string]any{"capacity": "spot"}
	node := Node{Name: "spot-a-1", Zone: "eu-west-1a", InstanceType: "m7i.large", Labels: group}.Manifest()
	labels := node["metadata"].(map[string]any)["labels"].(map[string]any)
	for key, want := range map[string]string{
		"capacity": "spot", "topology.kubernetes.io/zone": "eu-west-1a", "kubernetes.io/hostname": "spot-a-1", Managed: "true",
	} {
		if labels[key] != want {
			t.Errorf("label %s is %v, want %s", key, labels[key], want)
		}
	}
	if len(group) != 1 {
		t.Errorf("the group's labels became %v", group)
	}
}

func TestDefinitionsSayWhoBringsThem(t *testing.T) {
	definitions, err := Definitions()
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]string{}
	for _, d := range definitions {
		by[d.Kind] = d.Release
	}
	if fmt.Sprint(by) != "map[ClusterSecretStore:external-secrets ExternalSecret:external-secrets TargetGroupBinding:aws-load-balancer-controller]" {
		t.Errorf("got %v", by)
	}
}
