package addons

import (
	"strings"

	"github.com/titan-platform/titan/environments"
)

// cachedHost is where the account caches a registry, empty where it does not: a chart's own default is right then.
func (a *addons) cachedHost(registry string) string {
	for _, upstream := range a.ImageCache {
		if upstream.Registry == registry {
			return a.Registry + "/" + upstream.Prefix
		}
	}
	return ""
}

// put sets a value at a dotted path, and makes the objects on the way that are not there.
func put(values object, path string, value any) {
	steps := strings.Split(path, ".")
	for _, step := range steps[:len(steps)-1] {
		inner, isObject := values[step].(object)
		if !isObject {
			inner = object{}
			values[step] = inner
		}
		values = inner
	}
	values[steps[len(steps)-1]] = value
}

// cached is a release's values with the places of its images, by the name of the release. Where a chart joins
// registry and repository itself, it is given the registry alone; Docker Hub's own images are below library/.
func (a *addons) cached(release string, values object) object {
	for _, image := range chartImages[release] {
		if host := a.cachedHost(image.registry); host != "" {
			put(values, image.path, strings.TrimSuffix(host+"/"+image.repository, "/"))
		}
	}
	return values
}

// chartImages are the images of the charts: where their values have them, and where they come from (each chart's
// values.yaml).
var chartImages = map[string][]struct{ path, registry, repository string }{
	loadBalancerController.Name: {{"image.repository", environments.ECRPublic, "eks/aws-load-balancer-controller"}},
	clusterAutoscaler.Name:      {{"image.repository", environments.Kubernetes, "autoscaling/cluster-autoscaler"}},
	metricsServer.Name:          {{"image.repository", environments.Kubernetes, "metrics-server/metrics-server"}},
	externalSecrets.Name: {
		{"image.repository", environments.GitHub, "external-secrets/external-secrets"},
		{"webhook.image.repository", environments.GitHub, "external-secrets/external-secrets"},
		{"certController.image.repository", environments.GitHub, "external-secrets/external-secrets"},
	},
	traefik.Name:                {{"image.registry", environments.DockerHub, "library"}},
	openTelemetryCollector.Name: {{"image.repository", environments.DockerHub, "otel/opentelemetry-collector-contrib"}},
	prometheus.Name: {
		{"server.image.repository", environments.Quay, "prometheus/prometheus"},
		{"configmapReload.prometheus.image.repository", environments.Quay, "prometheus-operator/prometheus-config-reloader"},
		{"alertmanager.image.repository", environments.Quay, "prometheus/alertmanager"},
		{"kube-state-metrics.image.registry", environments.Kubernetes, ""},
	},
	grafana.Name: {{"image.registry", environments.DockerHub, ""}},
}
