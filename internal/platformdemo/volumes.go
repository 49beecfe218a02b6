package platformdemo

import (
	"context"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
)

var (
	claimResource  = schema.GroupVersionResource{Version: "v1", Resource: "persistentvolumeclaims"}
	volumeResource = schema.GroupVersionResource{Version: "v1", Resource: "persistentvolumes"}
	nodeResource   = schema.GroupVersionResource{Version: "v1", Resource: "nodes"}
)

const (
	// provisionEvery is how often claims without a volume are looked for.
	provisionEvery = 500 * time.Millisecond
	// selectedNode is where the scheduler says on which node a claim's first pod is to run, and zoneLabel where that is
	// (Kubernetes, 'Well-Known Labels, Annotations and Taints').
	selectedNode = "volume.kubernetes.io/selected-node"
	zoneLabel    = "topology.kubernetes.io/zone"
)

// provisioner makes volumes in place of the EBS CSI driver: none holds a byte, each is in the zone of its first pod.
type provisioner struct{ client dynamic.Interface }

// run provides volumes until the context ends.
func (p provisioner) run(ctx context.Context) {
	ticker := time.NewTicker(provisionEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			_ = p.provide(ctx) // the next tick tries again; a pod that waits for ever is reported
		}
	}
}

// provide makes a volume for each claim that has a node and none yet.
func (p provisioner) provide(ctx context.Context) error {
	claims, err := p.client.Resource(claimResource).List(ctx, metav1.ListOptions{})
	if err != nil {
		return fmt.Errorf("looking for claims of volumes: %w", err)
	}
	for i := range claims.Items {
		claim := &claims.Items[i]
		bound, _, _ := unstructured.NestedString(claim.Object, "spec", "volumeName")
		name := claim.GetAnnotations()[selectedNode]
		if bound != "" || name == "" {
			continue
		}
		node, err := p.client.Resource(nodeResource).Get(ctx, name, metav1.GetOptions{})
		if err != nil {
			return fmt.Errorf("looking for the node of claim %s: %w", claim.GetName(), err)
		}
		volume := volumeFor(claim, node.GetLabels()[zoneLabel])
		_, err = p.client.Resource(volumeResource).Create(ctx, volume, metav1.CreateOptions{})
		if err != nil && !apierrors.IsAlreadyExists(err) {
			return fmt.Errorf("making a volume for claim %s: %w", claim.GetName(), err)
		}
	}
	return nil
}

// volumeFor is a volume for a claim, as the driver would make it.
func volumeFor(claim *unstructured.Unstructured, zone string) *unstructured.Unstructured {
	spec, _ := claim.Object["spec"].(map[string]any)
	size, _, _ := unstructured.NestedFieldNoCopy(claim.Object, "spec", "resources", "requests", "storage")
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "v1", "kind": "PersistentVolume",
		"metadata": map[string]any{"name": "pvc-" + string(claim.GetUID())},
		"spec": map[string]any{
			"capacity": map[string]any{"storage": size}, "accessModes": spec["accessModes"],
			"storageClassName": spec["storageClassName"], "persistentVolumeReclaimPolicy": "Delete",
			"claimRef": map[string]any{
				"apiVersion": "v1", "kind": "PersistentVolumeClaim", "namespace": claim.GetNamespace(),
				"name": claim.GetName(), "uid": string(claim.GetUID()),
			},
			"csi": map[string]any{"driver": "ebs.csi.aws.com", "volumeHandle": "vol-simulated"},
			"nodeAffinity": map[string]any{"required": map[string]any{"nodeSelectorTerms": []any{map[string]any{
				"matchExpressions": []any{map[string]any{"key": zoneLabel, "operator": "In", "values": []any{zone}}},
			}}}},
		},
	}}
}
