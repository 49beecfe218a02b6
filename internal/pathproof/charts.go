package pathproof

import (
	"slices"
	"strings"
)

// chart is what is known of a chart's own RBAC objects. Other people's charts can't be rendered here: it is what
// their templates say with the values that the platform gives.
type chart struct {
	secrets string // the service account that reads Secrets of every namespace; empty where none does
	unless  func(values map[string]any) bool
}

// charts are the charts that the platform installs, by their names. One that is not here is counted as reading every
// Secret.
var charts = map[string]chart{
	"aws-load-balancer-controller": {secrets: "aws-load-balancer-controller", unless: func(v map[string]any) bool {
		return at(v, "clusterSecretsPermissions.allowAllSecrets") != true // aws-load-balancer-controller, its rbac.yaml
	}},
	"cluster-autoscaler":      {},
	"external-secrets":        {secrets: "external-secrets"}, // writes what ExternalSecrets ask for, rbac.yaml
	"grafana":                 {secrets: "grafana", unless: namespaced},
	"metrics-server":          {},
	"opentelemetry-collector": {},
	"prometheus": {secrets: "kube-state-metrics", unless: func(v map[string]any) bool {
		// The subchart's default lists Secrets, to tell of their metadata.
		collectors := texts(at(v, "kube-state-metrics.collectors"))
		return len(collectors) > 0 && !slices.Contains(collectors, "secrets")
	}},
	"traefik": {secrets: "traefik", unless: namespaced}, // certificates of Ingresses
}

// namespaced is whether a chart's roles are of its namespace alone.
func namespaced(values map[string]any) bool { return at(values, "rbac.namespaced") == true }

// charted are the service accounts that a chart lets read Secrets. Our own charts, which stand in assets, hold no
// roles; a test reads them.
func (f *Facts) charted(stacks []string) []Reach {
	var found []Reach
	for _, release := range f.resources(stacks, "helm_release") {
		name := release.Text("chart")
		if strings.HasPrefix(name, "./") {
			continue
		}
		one, isKnown := charts[name]
		switch {
		case !isKnown:
			one.secrets = "chart " + name
		case one.secrets == "", one.unless != nil && one.unless(values(release)):
			continue
		default:
			one.secrets = release.Text("namespace") + "/" + one.secrets
		}
		found = append(found, Reach{one.secrets + " in every namespace",
			Chain{{one.secrets, "every namespace of the cluster", by(release, "chart "+name)}}})
	}
	return found
}

// at is the value at a dotted path.
func at(values map[string]any, path string) any {
	var found any = values
	for step := range strings.SplitSeq(path, ".") {
		holder, _ := found.(map[string]any)
		found = holder[step]
	}
	return found
}
