package platformstack

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBlocksBecomeManifests(t *testing.T) {
	s := &Stack{Resources: map[string]map[string]Object{
		"kubernetes_default_service_account_v1": {"d": {
			"metadata": Object{"namespace": "x"}, "automount_service_account_token": false, "depends_on": []any{"n"},
		}},
		"kubernetes_network_policy_v1": {"p": {
			"metadata": Object{"name": "p", "labels": Object{"my_label": "kept"}},
			"spec": Object{
				"pod_selector": Object{"match_labels": Object{"app_name": "y"}},
				"ingress":      []any{Object{"ports": []any{Object{"port": "8000"}}, "from": nil}},
			},
		}},
		"kubernetes_storage_class_v1": {"s": {"storage_provisioner": "ebs.csi.aws.com"}},
	}}
	got, err := s.Manifests()
	if err != nil {
		t.Fatal(err)
	}
	want := []Object{
		{
			"apiVersion": "v1", "kind": "ServiceAccount", "automountServiceAccountToken": false,
			"metadata": Object{"name": "default", "namespace": "x"},
		},
		{"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "provisioner": "ebs.csi.aws.com"},
		{
			"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
			"metadata": Object{"name": "p", "labels": Object{"my_label": "kept"}},
			"spec": Object{
				"podSelector": Object{"matchLabels": Object{"app_name": "y"}},
				"ingress":     []any{Object{"ports": []any{Object{"port": 8000}}}},
			},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	s.Resources["kubernetes_secret_v1"] = nil
	if _, err := s.Manifests(); err == nil || !strings.Contains(err.Error(), "kubernetes_secret_v1: teach") {
		t.Errorf("an unknown type: %v", err)
	}
}
