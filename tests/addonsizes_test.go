package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// A figure of the file or of its size that no release got would be a promise to nobody.
func TestAddonsGetWhatTheirSizeSays(t *testing.T) {
	eachPlatform(t, func(t *testing.T, environment environments.Environment, aws, platform Stack) {
		given := environment.Addons.Resources
		for _, c := range []struct {
			release, path string
			want          environments.Resources
		}{
			{"cluster-autoscaler", "resources", given.Autoscaler},
			{"metrics-server", "resources", given.MetricsServer},
			{"prometheus", "kube-state-metrics.resources", given.KubeStateMetrics},
			{"prometheus", "server.resources", given.Prometheus},
			{"grafana", "resources", given.Grafana},
			{"traefik", "resources", given.Traefik.Resources},
			{"opentelemetry-collector", "resources", given.Collector.Resources},
		} {
			_, values := releaseNamed(t, platform, c.release)
			memory := fmt.Sprintf("%dMi", c.want.MemoryMiB)
			values.WantValue(t, c.path, map[string]any{
				"requests": map[string]string{"cpu": fmt.Sprintf("%dm", c.want.CPUMillicores), "memory": memory},
				"limits":   map[string]string{"memory": memory},
			})
		}
		least := 2
		if environment.Tier == environments.Development {
			least = 1
		}
		_, traefik := releaseNamed(t, platform, "traefik")
		traefik.WantValue(t, "autoscaling.minReplicas", least)
		traefik.WantValue(t, "autoscaling.maxReplicas", given.Traefik.Replicas)
		_, collector := releaseNamed(t, platform, "opentelemetry-collector")
		collector.WantValue(t, "replicaCount", max(least, given.Collector.Replicas))

		dns, _ := aws.Resource(t, "aws_eks_addon", "cluster/coredns").At("configuration_values").(string)
		if want := fmt.Sprintf(`"autoScaling":{"enabled":true,"maxReplicas":%d,"minReplicas":2}`, given.CoreDNSReplicas); !strings.Contains(dns, want) {
			t.Errorf("CoreDNS has %s, want %s", dns, want)
		}
	})
}
