package addons

import (
	"strings"

	"github.com/titan-platform/titan/environments"
)

// from is a registry as the nodes ask for it: by way of the account's cache where it caches that registry. ok is whether it does; a chart's own
// default is right where not.
func (a *addons) from(registry string) (host string, ok bool) {
	for _, upstream := range a.ImageCache {
		if upstream.Registry == registry {
			return a.Registry + "/" + upstream.Prefix, true
		}
	}
	return registry, false
}

// cachedImage puts an image's place into a chart's values, at a dotted path, where the account caches its registry.
func (a *addons) cachedImage(values object, path, registry, repository string) {
	host, ok := a.from(registry)
	if !ok {
		return
	}
	steps := strings.Split(path, ".")
	part := values
	for _, step := range steps[:len(steps)-1] {
		inner, isObject := part[step].(object)
		if !isObject {
			inner = object{}
			part[step] = inner
		}
		part = inner
	}
	part[steps[len(steps)-1]] = strings.TrimSuffix(host+"/"+repository, "/")
}

// cached is a release's values with the places of its images, by the name of the release. Where a chart joins registry and repository itself,
// it is given the registry alone; Docker Hub's own images are below library/.
func (a *addons) cached(release string, values object) object {
	for _, image := range chartImages[release] {
		a.cachedImage(values, image.path, image.registry, image.repository)
	}
	return values
}

// chartImages are the images of the charts: where their values have them, and where they come from (each chart's values.yaml).
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
