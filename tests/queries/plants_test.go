package queries

import (
	"slices"
	"strings"
	"testing"
	"time"
)

const hour = time.Hour

// Each mistake is seen, in a panel that is otherwise well.
func TestAPlantedMistakeInAPanelIsSeen(t *testing.T) {
	p := production(t)
	well, troubled := world(t, p, true), world(t, p, false)
	const sent = "sum(rate(otelcol_exporter_sent_spans[$__rate_interval]))"
	view := View{Range: 6 * hour, Pixels: 950, TimeInterval: "1m"}
	for name, c := range map[string]struct {
		target Target
		unit   string
		view   View
		want   string
	}{
		"nothing": {Target{Expr: sent}, "", view, ""},
		"a metric's former name": {
			Target{Expr: "sum(rate(otelcol_exporter_sent_spans_total[5m]))"}, "", view,
			"no exporter has otelcol_exporter_sent_spans_total",
		},
		"a rate over one scrape": {
			Target{Expr: "sum(rate(otelcol_exporter_sent_spans[1m]))"}, "", view, "answers nothing",
		},
		"Grafana is not told":  {Target{Expr: sent}, "", View{Range: 6 * hour, Pixels: 950}, "answers nothing"},
		"Grafana is told less": {Target{Expr: sent}, "", View{6 * hour, 950, "15s"}, "answers nothing"},
		"a value that is no label's": {
			Target{Expr: `kube_node_status_condition{condition="ready"}`}, "", view,
			`no exporter has kube_node_status_condition{condition="ready"}`,
		},
		"a zero that hides a mistake": {
			Target{Expr: "sum(rate(otelcol_exporter_sent_spans[1m])) or vector(0)"}, "", view, "answers nothing",
		},
		"sides that match in no label": {Target{Expr: "machine_cpu_cores / kube_node_info"}, "", view, "answers nothing"},
		"a legend without its label": {
			Target{Expr: "sum by (instance) (machine_cpu_cores)", Legend: "{{node}}"}, "", view, "an answer has no node",
		},
		"no share of one": {
			Target{Expr: "sum by (instance) (container_memory_working_set_bytes) / 1e6"}, "percentunit", view,
			"a share of one",
		},
		"only trouble is shown": {
			Target{Expr: `kube_pod_status_phase{phase="Running"} > 1`}, "", view, "no query answers where all is well",
		},
		"what is no PromQL": {Target{Expr: "sum(kube_node_info"}, "", view, "unclosed"},
	} {
		panel := Panel{Title: name, Unit: c.unit, Targets: []Target{c.target}}
		problems := strings.Join(panel.Problems(c.view, well, troubled), "\n")
		if c.want == "" && problems != "" || !strings.Contains(problems, c.want) {
			t.Errorf("%s: %q, want %q", name, problems, c.want)
		}
	}
}

func TestAnotherVersionOfAChartIsSeen(t *testing.T) {
	p := production(t)
	p.Charts["opentelemetry-collector"] = "0.171.0"
	problems := Outdated(p, exporters(t))
	if len(problems) != 1 || !strings.Contains(problems[0], `"0.171.0"`) {
		t.Errorf("%q", problems)
	}
}

func TestPodsThatAreNotScrapedAreSeen(t *testing.T) {
	for name, plant := range map[string]func(p *Platform){
		"not annotated": func(p *Platform) { delete(p.PodAnnotations, "external-secrets") },
		"another port":  func(p *Platform) { p.PodAnnotations["opentelemetry-collector"]["prometheus.io/port"] = "8889" },
	} {
		p := production(t)
		plant(&p)
		if problems := Unscraped(p, exporters(t)); len(problems) != 1 {
			t.Errorf("%s: %q", name, problems)
		}
	}
}

// A kind that kube-state-metrics does not list has no series.
func TestACollectorThatIsAskedForAndDoesNotRunIsSeen(t *testing.T) {
	p := production(t)
	p.Collectors = slices.DeleteFunc(slices.Clone(p.Collectors), func(name string) bool { return name == "nodes" })
	missing, err := world(t, p, false).Missing("sum(kube_node_info) / count(kube_pod_status_phase)")
	if err != nil || !slices.Equal(missing, []string{"kube_node_info"}) {
		t.Errorf("missing are %q, %v", missing, err)
	}
}
