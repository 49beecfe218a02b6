package environments

import "fmt"

// AddonSize is how large a cluster the add-ons are made for.
type AddonSize string

// The sizes, and the nodes that each carries (docs/sizes.md).
const (
	Small  AddonSize = "small"  // 10
	Medium AddonSize = "medium" // 100
	Large  AddonSize = "large"  // 500
)

func (AddonSize) values() []string { return words(Small, Medium, Large) }

// AddonResources are what single add-ons get, by numbers. Each that the file leaves out is the size's.
type AddonResources struct {
	// Autoscaler is the cluster autoscaler.
	Autoscaler Resources `yaml:"autoscaler"`
	// MetricsServer is what HorizontalPodAutoscalers ask.
	MetricsServer Resources `yaml:"metrics_server"`
	// KubeStateMetrics tells Prometheus of the cluster's objects.
	KubeStateMetrics Resources `yaml:"kube_state_metrics"`
	// Prometheus keeps every series of its last hours in memory.
	Prometheus Resources `yaml:"prometheus"`
	// Grafana runs each data source as a process of its own.
	Grafana Resources `yaml:"grafana"`
	// Traefik is a pod of the ingress controller; replicas is the most of them.
	Traefik ScaledResources `yaml:"traefik"`
	// Collector is a pod of the OpenTelemetry collector; replicas is their number, outside development two at least.
	Collector ScaledResources `yaml:"collector"`
	// CoreDNSReplicas is the most pods of the cluster's DNS, which EKS counts by nodes and cores.
	CoreDNSReplicas int `yaml:"coredns_replicas" jsonschema:"minimum=2,maximum=1000"`
}

// Resources are what a pod asks for.
type Resources struct {
	// CPUMillicores is asked for and no limit, in thousandths of a core.
	CPUMillicores int `yaml:"cpu_millicores" jsonschema:"minimum=10,maximum=64000"`
	// MemoryMiB is asked for and the limit, in MiB.
	MemoryMiB int `yaml:"memory_mib" jsonschema:"minimum=32,maximum=262144"`
}

// ScaledResources are those of pods of which there are several.
type ScaledResources struct {
	Resources `yaml:",inline"`
	// Replicas is a number of pods.
	Replicas int `yaml:"replicas" jsonschema:"minimum=1,maximum=100"`
}

// addonSize is what a size gives.
type addonSize struct {
	nodes         int
	prometheusGiB int
	resources     AddonResources
}

// addonSizes are the sizes. Where a figure comes from, and what 10, 100 and 500 nodes need, is in docs/sizes.md.
var addonSizes = map[AddonSize]addonSize{
	Small: {10, 20, AddonResources{
		Autoscaler:       Resources{50, 256},
		MetricsServer:    Resources{100, 200},
		KubeStateMetrics: Resources{20, 128},
		Prometheus:       Resources{200, 1024},
		Grafana:          Resources{100, 768},
		Traefik:          ScaledResources{Resources{200, 256}, 10},
		Collector:        ScaledResources{Resources{100, 256}, 1},
		CoreDNSReplicas:  10,
	}},
	Medium: {100, 50, AddonResources{
		Autoscaler:       Resources{100, 600},
		MetricsServer:    Resources{100, 200},
		KubeStateMetrics: Resources{100, 256},
		Prometheus:       Resources{500, 4096},
		Grafana:          Resources{200, 1024},
		Traefik:          ScaledResources{Resources{200, 256}, 10},
		Collector:        ScaledResources{Resources{200, 512}, 2},
		CoreDNSReplicas:  10,
	}},
	Large: {500, 200, AddonResources{
		Autoscaler:       Resources{500, 2048},
		MetricsServer:    Resources{500, 1000},
		KubeStateMetrics: Resources{600, 1250},
		Prometheus:       Resources{2000, 16384},
		Grafana:          Resources{500, 2048},
		Traefik:          ScaledResources{Resources{500, 512}, 30},
		Collector:        ScaledResources{Resources{500, 1024}, 4},
		CoreDNSReplicas:  40,
	}},
}

// applyDefaults fills what the file leaves to the size.
func (a *Addons) applyDefaults(size AddonSize) {
	defaultIfZero(&a.Size, size)
	given := addonSizes[a.Size]
	defaultIfZero(&a.PrometheusGiB, given.prometheusGiB)
	own, theirs := &a.Resources, given.resources
	own.Autoscaler.applyDefaults(theirs.Autoscaler)
	own.MetricsServer.applyDefaults(theirs.MetricsServer)
	own.KubeStateMetrics.applyDefaults(theirs.KubeStateMetrics)
	own.Prometheus.applyDefaults(theirs.Prometheus)
	own.Grafana.applyDefaults(theirs.Grafana)
	own.Traefik.applyDefaults(theirs.Traefik.Resources)
	own.Collector.applyDefaults(theirs.Collector.Resources)
	defaultIfZero(&own.Traefik.Replicas, theirs.Traefik.Replicas)
	defaultIfZero(&own.Collector.Replicas, theirs.Collector.Replicas)
	defaultIfZero(&own.CoreDNSReplicas, theirs.CoreDNSReplicas)
}

func (r *Resources) applyDefaults(given Resources) {
	defaultIfZero(&r.CPUMillicores, given.CPUMillicores)
	defaultIfZero(&r.MemoryMiB, given.MemoryMiB)
}

// sizeWarning says when the node groups may grow beyond what the add-ons are made for; nothing while they may not.
func (e Environment) sizeWarning() string {
	most, carried := e.Cluster.MaxNodes(len(e.Network.AvailabilityZones)), addonSizes[e.Addons.Size].nodes
	if carried == 0 || most <= carried {
		return ""
	}
	remedy := "give addons.resources by numbers"
	for _, larger := range []AddonSize{Medium, Large} {
		if most <= addonSizes[larger].nodes {
			remedy = fmt.Sprintf("set it to %s", larger)
			break
		}
	}
	return fmt.Sprintf(
		"is %q, made for %d nodes, and the node groups may grow to %d: Prometheus or the autoscaler would be "+
			"killed for memory; %s (docs/sizes.md)", e.Addons.Size, carried, most, remedy)
}
