package platformstack

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// kind is a Terraform type of the platform stack's own manifests.
type kind struct{ resource, apiVersion, name string }

// kinds are all of them, in an order in which they can be applied.
var kinds = []kind{
	{"kubernetes_namespace_v1", "v1", "Namespace"},
	{"kubernetes_default_service_account_v1", "v1", "ServiceAccount"},
	{"kubernetes_priority_class_v1", "scheduling.k8s.io/v1", "PriorityClass"},
	{"kubernetes_storage_class_v1", "storage.k8s.io/v1", "StorageClass"},
	{"kubernetes_config_map_v1", "v1", "ConfigMap"},
	{"kubernetes_network_policy_v1", "networking.k8s.io/v1", "NetworkPolicy"},
	{"kubernetes_role_v1", "rbac.authorization.k8s.io/v1", "Role"},
	{"kubernetes_role_binding_v1", "rbac.authorization.k8s.io/v1", "RoleBinding"},
}

// renamed are fields that the provider calls otherwise.
var renamed = map[string]string{"storage_provisioner": "provisioner", "rule": "rules", "subject": "subjects"}

// own are the keys that are Terraform's and not the manifest's.
var own = []string{"depends_on", "lifecycle", "provider", "wait_for_default_service_account"}

// texts are fields whose keys are not the schema's.
var texts = []string{"labels", "annotations", "match_labels", "parameters", "data"}

// Manifests are what the kubernetes provider makes of the stack's blocks, by the rule that its schema keeps:
// Kubernetes' names in snake case, and ports as text. A type without a rule here is an error.
func (s *Stack) Manifests() ([]Object, error) {
	for _, resource := range slices.Sorted(maps.Keys(s.Resources)) {
		known := slices.ContainsFunc(kinds, func(k kind) bool { return k.resource == resource })
		if resource != "helm_release" && !known {
			return nil, fmt.Errorf("%s: teach internal/platformstack what manifest it becomes", resource)
		}
	}
	var all []Object
	for _, k := range kinds {
		for _, id := range slices.Sorted(maps.Keys(s.Resources[k.resource])) {
			manifest := Object{"apiVersion": k.apiVersion, "kind": k.name}
			for key, value := range s.Resources[k.resource][id] {
				if value != nil && !slices.Contains(own, key) {
					manifest[field(key)] = translated(key, value)
				}
			}
			if metadata, ok := manifest["metadata"].(Object); ok && k.name == "ServiceAccount" {
				metadata["name"] = "default"
			}
			all = append(all, manifest)
		}
	}
	return all, nil
}

// field is Kubernetes' name of a field.
func field(name string) string {
	if other, ok := renamed[name]; ok {
		return other
	}
	words := strings.Split(name, "_")
	for i := 1; i < len(words); i++ {
		words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
	}
	return strings.Join(words, "")
}

func translated(key string, value any) any {
	switch v := value.(type) {
	case Object:
		if slices.Contains(texts, key) {
			return v
		}
		result := Object{}
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
