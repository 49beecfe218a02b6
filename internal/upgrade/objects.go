package upgrade

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// resources are the API and kind of the Terraform resources of the kubernetes provider, without their ends _v1 and _v2
// (provider documentation, 'Versioned Resource Names').
var resources = map[string]struct{ group, kind string }{
	"kubernetes_namespace":               {"", "Namespace"},
	"kubernetes_secret":                  {"", "Secret"},
	"kubernetes_config_map":              {"", "ConfigMap"},
	"kubernetes_service":                 {"", "Service"},
	"kubernetes_service_account":         {"", "ServiceAccount"},
	"kubernetes_default_service_account": {"", "ServiceAccount"},
	"kubernetes_network_policy":          {"networking.k8s.io", "NetworkPolicy"},
	"kubernetes_ingress":                 {"networking.k8s.io", "Ingress"},
	"kubernetes_storage_class":           {"storage.k8s.io", "StorageClass"},
	"kubernetes_priority_class":          {"scheduling.k8s.io", "PriorityClass"},
	"kubernetes_role":                    {"rbac.authorization.k8s.io", "Role"},
	"kubernetes_role_binding":            {"rbac.authorization.k8s.io", "RoleBinding"},
	"kubernetes_cluster_role":            {"rbac.authorization.k8s.io", "ClusterRole"},
	"kubernetes_cluster_role_binding":    {"rbac.authorization.k8s.io", "ClusterRoleBinding"},
}

var versionEnd = regexp.MustCompile(`_(v[0-9]+((alpha|beta)[0-9]+)?)$`)

// Declared reads what a synthesized platform stack declares: its own objects, those of its local charts, which lie in
// the stack's folder, and the names of the charts that come from elsewhere.
func Declared(name string, text []byte, folder fs.FS) (objects []Object, charts []string, err error) {
	var stack struct {
		Resource map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(text, &stack); err != nil {
		return nil, nil, fmt.Errorf("parsing the stack %s: %w", name, err)
	}
	for _, kind := range slices.Sorted(maps.Keys(stack.Resource)) {
		for _, id := range slices.Sorted(maps.Keys(stack.Resource[kind])) {
			where := name + ": " + kind + "." + id
			switch {
			case kind == "helm_release":
				var release struct{ Chart, Version, Repository string }
				if err := json.Unmarshal(stack.Resource[kind][id], &release); err != nil {
					return nil, nil, fmt.Errorf("parsing %s: %w", where, err)
				}
				if release.Repository != "" {
					charts = append(charts, release.Chart+" "+release.Version)
					continue
				}
				found, err := ofChart(folder, path.Clean(release.Chart))
				if err != nil {
					return nil, nil, fmt.Errorf("reading the chart of %s: %w", where, err)
				}
				objects = append(objects, found...)
			case strings.HasPrefix(kind, "kubernetes_"):
				objects = append(objects, ofResource(kind, where))
			}
		}
	}
	return objects, charts, nil
}

// ofResource is the object of a Terraform resource. One whose kind the table lacks has none that Kubernetes knows, and
// so is told as unknown.
func ofResource(kind, where string) Object {
	version := "v1"
	base := kind
	if end := versionEnd.FindStringSubmatch(kind); end != nil {
		base, version = strings.TrimSuffix(kind, end[0]), end[1]
	}
	known, found := resources[base]
	if !found {
		return Object{APIVersion: version, Kind: kind, Where: where}
	}
	if known.group != "" {
		version = known.group + "/" + version
	}
	return Object{APIVersion: version, Kind: known.kind, Where: where}
}

// Templates are no YAML, but Helm's own charts and these begin their objects by lines of these two.
var (
	apiVersionLine = regexp.MustCompile(`(?m)^apiVersion:\s*["']?([a-z0-9./-]+)["']?\s*$`)
	kindLine       = regexp.MustCompile(`(?m)^kind:\s*["']?([A-Za-z]+)["']?\s*$`)
)

func ofChart(folder fs.FS, chart string) ([]Object, error) {
	var objects []Object
	err := fs.WalkDir(folder, path.Join(chart, "templates"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		content, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		for document := range strings.SplitSeq(string(content), "\n---") {
			api, kind := apiVersionLine.FindStringSubmatch(document), kindLine.FindStringSubmatch(document)
			if api != nil && kind != nil {
				objects = append(objects, Object{APIVersion: api[1], Kind: kind[1], Where: name})
			}
		}
		return nil
	})
	return objects, err
}
