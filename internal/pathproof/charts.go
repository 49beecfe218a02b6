package pathproof

import (
	"slices"
	"strings"
)

// chart is what is known of a chart's own RBAC objects. Other people's charts can't be rendered here: it is what
// their templates say with the values that the platform gives.
type chart struct {
	secrets []string // the service accounts that read Secrets of every namespace
	unless  func(values map[string]any) bool
}

// charts are the charts that the platform installs, by their names. One that is not here is counted as reading every
// Secret.
var charts = map[string]chart{
	"aws-load-balancer-controller": {
		secrets: []string{"aws-load-balancer-controller"},
		unless: func(v map[string]any) bool {
			return at(v, "clusterSecretsPermissions.allowAllSecrets") != true // aws-load-balancer-controller, its rbac.yaml
		},
	},
	"cluster-autoscaler": {},
	// The controller writes what ExternalSecrets ask for, rbac.yaml; the other keeps the webhook's certificate in one of
	// its namespace, and may read those of every other, cert-controller-rbac.yaml.
	"external-secrets":        {secrets: []string{"external-secrets", "external-secrets-cert-controller"}},
	"grafana":                 {secrets: []string{"grafana"}, unless: namespaced},
	"metrics-server":          {},
	"opentelemetry-collector": {},
	"prometheus": {secrets: []string{"kube-state-metrics"}, unless: func(v map[string]any) bool {
		// The subchart's default lists Secrets, to tell of their metadata.
		collectors := texts(at(v, "kube-state-metrics.collectors"))
		return len(collectors) > 0 && !slices.Contains(collectors, "secrets")
	}},
	"traefik": {secrets: []string{"traefik"}, unless: namespaced}, // certificates of Ingresses
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
		var readers []string
		switch {
		case !isKnown:
			readers = []string{"chart " + name}
		case one.unless == nil || !one.unless(values(release)):
			for _, account := range one.secrets {
				readers = append(readers, release.Text("namespace")+"/"+account)
			}
		}
		for _, reader := range readers {
			found = append(found, Reach{reader + " in every namespace",
				Chain{{reader, "every namespace of the cluster", by(release, "chart "+name)}}})
		}
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
