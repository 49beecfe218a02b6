package queries

import (
	"strings"
	"testing"
)

// crashLoop are the restarts of a container that fails as soon as it runs: after 10 s, then twice as long each time,
// and every five minutes from then on (Kubernetes, 'Pod Lifecycle', restart policy). It began two hours before the end.
const crashLoop = `kube_pod_container_status_restarts_total{job="kubernetes-service-endpoints",instance="10.0.1.20:8080",` +
	`namespace="birthday",service="prometheus-kube-state-metrics",node="ip-10-0-1-5",pod="birthday-app-1",` +
	`uid="u1",container="birthday-app"} 0x360 4 4 5 5 5 6x4 7x4 8x4 9x4 10x4 11x4 12x4 13x4 14x4 15x4 16x4 ` +
	`17x4 18x4 19x4 20x4 21x4 22x4 23x4 24x4 25x4 26x4 27x4 28x4`

// state is a series of kube-state-metrics.
func state(name, labels, values string) string {
	if !strings.Contains(labels, "node=") {
		labels += `,node="ip-10-0-1-5"`
	}
	if !strings.Contains(labels, "namespace=") {
		labels += `,namespace="monitoring"`
	}
	return name + `{job="kubernetes-service-endpoints",instance="10.0.1.20:8080",` +
		`service="prometheus-kube-state-metrics",` + labels + "} " + values
}

func available(deployment, values string) string {
	return state("kube_deployment_status_replicas_available", `namespace="birthday",deployment="`+deployment+`"`, values)
}

func replicas(which, values string) string {
	const name = `namespace="birthday",horizontalpodautoscaler="birthday-app"`
	return state("kube_horizontalpodautoscaler_"+which, name, values)
}

func pending(values string) string {
	return state("kube_pod_status_phase", `namespace="birthday",pod="birthday-app-9",uid="u9",phase="Pending"`, values)
}

func nodeIs(condition, values string) string {
	return state("kube_node_status_condition", `node="ip-10-0-1-5",status="true",condition="`+condition+`"`, values)
}

// alerts are what each rule is to ring for, and what is nearly that and not.
var alerts = map[string]struct {
	bad  []string
	near [][]string
	lost string // a metric that is gone
}{
	"ApplicationUnavailable": {
		bad:  []string{available("birthday-app", "0")},
		near: [][]string{{available("birthday-app", "1")}, {available("another", "0")}},
	},
	"ApplicationAtItsLimit": {
		bad: []string{replicas("status_current_replicas", "6")},
		near: [][]string{
			{replicas("status_current_replicas", "5")},
			{replicas("spec_max_replicas", "2")}, // as its least: there is nothing to scale
		},
	},
	"PodKeepsRestarting": {
		bad: []string{crashLoop},
		// Two restarts in 30 minutes, and not a third.
		near: [][]string{{strings.Split(crashLoop, "0x360")[0] + "0x455 1x10 2x20"}},
	},
	"PodWaits":          {bad: []string{pending("1")}, near: [][]string{{pending("0x467 1x20")}}},
	"NodeNotReady":      {bad: []string{nodeIs("Ready", "0")}, near: [][]string{{nodeIs("MemoryPressure", "0")}}},
	"VolumeFillsUp":     {bad: []string{volume("9000000000")}, near: [][]string{{volume("11000000000")}}},
	"SecretNotRead":     {bad: []string{secret("1")}, near: [][]string{{secret("0x475 1x20")}}},
	"ClusterNotWatched": {lost: "kube_node_info"},
}

func volume(available string) string {
	return `kubelet_volume_stats_available_bytes{job="kubernetes-nodes",instance="ip-10-0-1-5",` +
		`topology_kubernetes_io_zone="eu-west-1a",namespace="monitoring",persistentvolumeclaim="prometheus-server"} ` +
		available
}

func secret(unread string) string {
	return `externalsecret_status_condition{job="kubernetes-pods",instance="10.0.1.50:8080",namespace="birthday",` +
		`pod="external-secrets-1",app_kubernetes_io_name="external-secrets",name="birthday-app-database",` +
		`condition="Ready",status="False"} ` + unread
}

func TestEveryAlertRingsAndNoneWithoutCause(t *testing.T) {
	for _, p := range platforms(t) {
		well := world(t, p, true)
		if len(p.Rules) != len(alerts) {
			t.Errorf("%s: %d rules, and %d have their cause here", p.Name, len(p.Rules), len(alerts))
		}
		for _, rule := range p.Rules {
			c, known := alerts[rule.Alert]
			if !known {
				t.Errorf("%s: %s has no cause here", p.Name, rule.Alert)
				continue
			}
			if judged := judge(t, well, rule); judged.Pending {
				t.Errorf("%s: %s rings where all is well", p.Name, rule.Alert)
			}
			for _, near := range c.near {
				if judged := judge(t, with(t, well, near), rule); len(judged.Firing) > 0 {
					t.Errorf("%s: %s rings for %s", p.Name, rule.Alert, near)
				}
			}
			bad := with(t, well, c.bad)
			if c.lost != "" {
				bad = well.Without(c.lost)
			}
			if judged := judge(t, bad, rule); len(judged.Firing) != 1 {
				t.Errorf("%s: %s rings for %v, want one cause", p.Name, rule.Alert, judged.Firing)
			}
			if missing, err := with(t, well, c.bad).Missing(rule.Expr); err != nil || len(missing) > 0 {
				t.Errorf("%s: %s: no exporter has %q, %v", p.Name, rule.Alert, missing, err)
			}
		}
	}
}

// Rules that once were ours, or nearly.
func TestAPlantedMistakeInAnAlertIsSeen(t *testing.T) {
	well := world(t, production(t), true)
	for name, c := range map[string]struct {
		rule  Rule
		world World
		rings bool
	}{
		"a crash loop that its own back-off hides": {
			Rule{"PodKeepsRestarting", "increase(kube_pod_container_status_restarts_total[15m]) > 3", "5m"},
			with(t, well, []string{crashLoop}), false,
		},
		"two restarts that are extrapolated": {
			Rule{"PodKeepsRestarting", "increase(kube_pod_container_status_restarts_total[30m]) > 2", "5m"},
			with(t, well, alerts["PodKeepsRestarting"].near[0]), true,
		},
		"an autoscaler that has nothing to scale": {
			Rule{"ApplicationAtItsLimit", "kube_horizontalpodautoscaler_status_current_replicas >= " +
				"on(namespace, horizontalpodautoscaler) kube_horizontalpodautoscaler_spec_max_replicas", "15m"},
			with(t, well, alerts["ApplicationAtItsLimit"].near[1]), true,
		},
		"a metric's wrong name": {
			Rule{"NodeNotReady", `kube_node_condition{condition="Ready", status="true"} == 0`, "5m"},
			with(t, well, alerts["NodeNotReady"].bad), false,
		},
		"a wait that is longer than the trouble": {
			Rule{"SecretNotRead", `externalsecret_status_condition{condition="Ready", status="False"} == 1`, "10m"},
			with(t, well, []string{secret("0x475 1x20")}), false,
		},
	} {
		if judged := judge(t, c.world, c.rule); len(judged.Firing) > 0 != c.rings {
			t.Errorf("%s: rings %v, want %v", name, judged.Firing, c.rings)
		}
	}
}

func with(t *testing.T, w World, lines []string) World {
	t.Helper()
	changed, err := w.With(lines...)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func judge(t *testing.T, w World, rule Rule) Alarms {
	t.Helper()
	judged, err := w.Judge(rule)
	if err != nil {
		t.Fatal(err)
	}
	return judged
}
