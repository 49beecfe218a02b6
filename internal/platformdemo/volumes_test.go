package platformdemo

import (
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic/fake"
)

func object(kind, name string, more map[string]any) *unstructured.Unstructured {
	o := map[string]any{"apiVersion": "v1", "kind": kind, "metadata": map[string]any{"name": name}}
	for key, value := range more {
		o[key] = value
	}
	return &unstructured.Unstructured{Object: o}
}

// claim is one of 20Gi, with or without the node that the scheduler chose.
func claim(name, node, volume string) *unstructured.Unstructured {
	c := object("PersistentVolumeClaim", name, map[string]any{"spec": map[string]any{
		"accessModes": []any{"ReadWriteOnce"}, "storageClassName": "gp3", "volumeName": volume,
		"resources": map[string]any{"requests": map[string]any{"storage": "20Gi"}},
	}})
	c.SetNamespace("monitoring")
	c.SetUID("uid")
	if node != "" {
		c.SetAnnotations(map[string]string{selectedNode: node})
	}
	return c
}

func TestAVolumeIsWhereItsFirstPodIs(t *testing.T) {
	node := object("Node", "spot-b-1", nil)
	node.SetLabels(map[string]string{zoneLabel: "eu-west-1b"})
	client := fake.NewSimpleDynamicClientWithCustomListKinds(runtime.NewScheme(), map[schema.GroupVersionResource]string{
		claimResource: "PersistentVolumeClaimList", volumeResource: "PersistentVolumeList",
	}, node, claim("waits", "", ""), claim("bound", "spot-b-1", "there"), claim("placed", "spot-b-1", ""))
	for range 2 { // the second time it is there
		if err := (provisioner{client}).provide(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	volumes, err := client.Resource(volumeResource).List(t.Context(), metav1.ListOptions{})
	if err != nil || len(volumes.Items) != 1 {
		t.Fatalf("%d volumes, %v, want that of the claim that was placed", len(volumes.Items), err)
	}
	volume := volumes.Items[0].Object
	name, _, _ := unstructured.NestedString(volume, "spec", "claimRef", "name")
	size, _, _ := unstructured.NestedString(volume, "spec", "capacity", "storage")
	terms, _, _ := unstructured.NestedSlice(volume, "spec", "nodeAffinity", "required", "nodeSelectorTerms")
	expressions := terms[0].(map[string]any)["matchExpressions"].([]any)
	zones, _, _ := unstructured.NestedSlice(expressions[0].(map[string]any), "values")
	if name != "placed" || size != "20Gi" || len(zones) != 1 || zones[0] != "eu-west-1b" {
		t.Errorf("the volume is of %q, %q, in %v", name, size, zones)
	}
}
