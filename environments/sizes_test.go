package environments

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// What a file says of one figure leaves the others to the size.
func TestSizesFillWhatTheFileLeavesOut(t *testing.T) {
	addons := Addons{Size: Large}
	addons.Resources.Prometheus.MemoryMiB = 32768
	addons.Resources.Traefik.Replicas = 50
	addons.applyDefaults(Small)
	if got, want := addons.Resources.Prometheus, (Resources{2000, 32768}); got != want {
		t.Errorf("Prometheus gets %v, want %v", got, want)
	}
	if got, want := addons.Resources.Traefik, (ScaledResources{Resources{500, 512}, 50}); got != want {
		t.Errorf("Traefik gets %v, want %v", got, want)
	}
	if addons.PrometheusGiB != 200 || addons.Resources.CoreDNSReplicas != 40 {
		t.Errorf("got %+v", addons)
	}
}

func TestAClusterThatOutgrowsItsSizeIsWarnedOf(t *testing.T) {
	zones := []string{"a", "b", "c"}
	for name, c := range map[string]struct {
		size   AddonSize
		groups []NodeGroup
		want   string
	}{
		"as large as it may be": {Small, []NodeGroup{{Max: 10}}, ""},
		"one more": {Small, []NodeGroup{{Max: 11}},
			`is "small", made for 10 nodes, and the node groups may grow to 11`},
		"a group a zone": {Small, []NodeGroup{{Max: 4, PerZone: true}},
			"grow to 12: Prometheus or the autoscaler would be killed for memory; set it to medium (docs/sizes.md)"},
		"far more": {Medium, []NodeGroup{{Max: 450}}, "set it to large (docs/sizes.md)"},
		"beyond the largest": {Large, []NodeGroup{{Max: 450}, {Max: 51}},
			"grow to 501: Prometheus or the autoscaler would be killed for memory; give addons.resources by numbers"},
	} {
		e := Environment{
			Network: Network{AvailabilityZones: zones},
			Cluster: Cluster{NodeGroups: c.groups},
			Addons:  Addons{Size: c.size},
		}
		if got := e.sizeWarning(); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// docs/sizes.md is where the figures are explained, so they have to be these.
func TestTheTableOfSizesIsTrue(t *testing.T) {
	content, err := os.ReadFile("../docs/sizes.md")
	if err != nil {
		t.Fatal(err)
	}
	table := regexp.MustCompile(` *\| *`).ReplaceAllString(string(content), "|")
	pod := func(r Resources) string { return fmt.Sprintf("%d m, %d MiB", r.CPUMillicores, r.MemoryMiB) }
	several := func(r ScaledResources, word string) string {
		return fmt.Sprintf("%s, %s%d", pod(r.Resources), word, r.Replicas)
	}
	for name, of := range map[string]func(addonSize) string{
		"nodes":              func(s addonSize) string { return fmt.Sprint(s.nodes) },
		"cluster autoscaler": func(s addonSize) string { return pod(s.resources.Autoscaler) },
		"metrics-server":     func(s addonSize) string { return pod(s.resources.MetricsServer) },
		"kube-state-metrics": func(s addonSize) string { return pod(s.resources.KubeStateMetrics) },
		"Prometheus":         func(s addonSize) string { return pod(s.resources.Prometheus) },
		"its volume":         func(s addonSize) string { return fmt.Sprintf("%d GiB", s.prometheusGiB) },
		"Grafana":            func(s addonSize) string { return pod(s.resources.Grafana) },
		"Traefik":            func(s addonSize) string { return several(s.resources.Traefik, "at most ") },
		"collector":          func(s addonSize) string { return several(s.resources.Collector, "") },
		"CoreDNS":            func(s addonSize) string { return fmt.Sprintf("at most %d", s.resources.CoreDNSReplicas) },
	} {
		row := "|" + strings.Join([]string{name, of(addonSizes[Small]), of(addonSizes[Medium]), of(addonSizes[Large])}, "|") +
			"|"
		if !strings.Contains(table, row) {
			t.Errorf("docs/sizes.md has no row %s", row)
		}
	}
}
