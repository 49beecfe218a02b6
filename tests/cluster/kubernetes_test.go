//go:build cluster

package cluster

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// kinds are the Terraform types of the platform stack's own manifests, in an order in which they can be applied.
var kinds = []struct{ resource, apiVersion, kind string }{
	{"kubernetes_namespace_v1", "v1", "Namespace"},
	{"kubernetes_default_service_account_v1", "v1", "ServiceAccount"},
	{"kubernetes_priority_class_v1", "scheduling.k8s.io/v1", "PriorityClass"},
	{"kubernetes_storage_class_v1", "storage.k8s.io/v1", "StorageClass"},
	{"kubernetes_config_map_v1", "v1", "ConfigMap"},
	{"kubernetes_network_policy_v1", "networking.k8s.io/v1", "NetworkPolicy"},
}

// own are the keys that are Terraform's and not the manifest's.
var own = []string{"depends_on", "lifecycle", "provider", "wait_for_default_service_account"}

// manifests are what the kubernetes provider makes of the platform stack's blocks. The provider is not to be had here, so its translation is
// done by the rule that its schema keeps: Kubernetes' names in snake case, and ports as text.
func (p platform) manifests(t *testing.T) []object {
	t.Helper()
	var all []object
	for kind := range p.resources {
		if kind != "helm_release" && !slices.ContainsFunc(kinds, func(k struct{ resource, apiVersion, kind string }) bool { return k.resource == kind }) {
			t.Fatalf("%s: teach the test how to apply it", kind)
		}
	}
	for _, k := range kinds {
		for _, body := range p.resources[k.resource] {
			manifest := object{"apiVersion": k.apiVersion, "kind": k.kind}
			for key, value := range body {
				if value != nil && !slices.Contains(own, key) {
					manifest[field(key)] = translated(key, value)
				}
			}
			if k.kind == "ServiceAccount" {
				set(manifest, "default", "metadata", "name")
			}
			all = append(all, manifest)
		}
	}
	return all
}

// field is Kubernetes' name of a field.
func field(name string) string {
	if name == "storage_provisioner" {
		return "provisioner"
	}
	words := strings.Split(name, "_")
	for i := 1; i < len(words); i++ {
		words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
	}
	return strings.Join(words, "")
}

// texts are fields whose keys are not the schema's.
var texts = []string{"labels", "annotations", "match_labels", "parameters", "data"}

func translated(key string, value any) any {
	switch v := value.(type) {
	case object:
		if slices.Contains(texts, key) {
			return v
		}
		result := object{}
		for inner, part := range v {
			if part != nil {
				result[field(inner)] = translated(inner, part)
			}
		}
		return result
	case []any:
		list := []any{}
		for _, part := range v {
			list = append(list, translated(key, part))
		}
		return list
	case string:
		if number, err := strconv.Atoi(v); err == nil && key == "port" {
			return number
		}
	}
	return value
}
