package server

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// clusterMetadata and namespacedMetadata are the fields of metadata that can't be changed, without and with a
// namespace. Source: metadataSchema and namespacedMetadataSchema in kubernetes/schema_metadata.go.
var (
	clusterMetadata    = []string{"metadata.0.name", "metadata.0.generate_name"}
	namespacedMetadata = append([]string{"metadata.0.namespace"}, clusterMetadata...)
)

// forceNew are the arguments whose change makes an object anew. A schema in JSON does not say so: they are those with
// ForceNew in the providers' source at v2.17.0 (helm/resource_release.go) and v2.37.1 (kubernetes/resource_<type>.go,
// schema_rbac.go).
var forceNew = map[string][]string{
	"helm_release":                          {"name", "namespace"},
	"kubernetes_config_map_v1":              namespacedMetadata,
	"kubernetes_default_service_account_v1": {"metadata.0.name", "metadata.0.namespace"},
	"kubernetes_namespace_v1":               clusterMetadata,
	"kubernetes_network_policy_v1":          namespacedMetadata,
	"kubernetes_priority_class_v1":          append([]string{"value", "preemption_policy"}, clusterMetadata...),
	"kubernetes_role_v1":                    namespacedMetadata,
	"kubernetes_role_binding_v1": append([]string{
		"role_ref.0.api_group", "role_ref.0.kind", "role_ref.0.name",
	}, namespacedMetadata...),
	"kubernetes_storage_class_v1": append([]string{
		"parameters", "storage_provisioner", "volume_binding_mode", "mount_options", "allowed_topologies",
	}, clusterMetadata...),
}

// immutableArguments are what can't be changed in a config map that was immutable. Source: CustomizeDiff in
// resource_kubernetes_config_map_v1.go.
var immutableArguments = []string{"data", "binary_data", "immutable"}

// requiresReplace are the paths whose change makes a resource anew.
func requiresReplace(kind string, prior, planned tftypes.Value) []*tftypes.AttributePath {
	arguments := forceNew[kind]
	wasImmutable := valueAt(prior, pathOf("immutable")).Equal(tftypes.NewValue(tftypes.Bool, true))
	if kind == "kubernetes_config_map_v1" && wasImmutable {
		arguments = slices.Concat(arguments, immutableArguments)
	}
	var changed []*tftypes.AttributePath
	for _, argument := range arguments {
		if differs(prior, planned, argument) {
			changed = append(changed, pathOf(argument))
		}
	}
	return changed
}

// revisionArguments are the arguments of a release whose change makes a new revision of it, so that its metadata is
// unknown again. Source: resourceDiff in helm/resource_release.go.
var revisionArguments = []string{"chart", "repository", "values", "set", "set_sensitive", "set_list", "version"}

// markRevision marks a release's metadata as unknown where a new revision is planned.
func markRevision(prior, planned tftypes.Value) change {
	return func(attribute *tfprotov5.SchemaAttribute, value tftypes.Value) tftypes.Value {
		again := func(argument string) bool { return differs(prior, planned, argument) }
		if attribute.Name == "metadata" && slices.ContainsFunc(revisionArguments, again) {
			return tftypes.NewValue(attribute.Type, tftypes.UnknownValue)
		}
		return value
	}
}

func differs(one, other tftypes.Value, path string) bool {
	return !valueAt(one, pathOf(path)).Equal(valueAt(other, pathOf(path)))
}

// pathOf reads a path as the providers' SDK writes it: metadata.0.name.
func pathOf(text string) *tftypes.AttributePath {
	path := tftypes.NewAttributePath()
	for step := range strings.SplitSeq(text, ".") {
		if index, err := strconv.Atoi(step); err == nil {
			path = path.WithElementKeyInt(index)
			continue
		}
		path = path.WithAttributeName(step)
	}
	return path
}
