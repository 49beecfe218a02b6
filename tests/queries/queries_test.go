package queries

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// pixels are how wide a browser may draw a whole dashboard.
var pixels = []int{1000, 1900, 3800}

// platforms are those whose JSON the golden files have.
func platforms(t *testing.T) []Platform {
	t.Helper()
	files, err := filepath.Glob("../golden/*.platform.json")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d platform stacks, %v", len(files), err)
	}
	var all []Platform
	for _, file := range files {
		p, err := ReadPlatform(file)
		if err != nil {
			t.Fatal(err)
		}
		p.Name = strings.TrimSuffix(filepath.Base(file), ".platform.json")
		all = append(all, p)
	}
	return all
}

// production is one of them, to plant mistakes in.
func production(t *testing.T) Platform {
	t.Helper()
	for _, p := range platforms(t) {
		if p.Name == "prod" {
			return p
		}
	}
	t.Fatal("there is no prod")
	return Platform{}
}

func exporters(t *testing.T) []Exporter {
	t.Helper()
	all, err := Exporters()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func world(t *testing.T, p Platform, isWell bool) World {
	t.Helper()
	w, err := NewWorld(p, exporters(t), isWell)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A chart's next version may call its metrics by other names, as the collector's did twice.
func TestTheExportersAreThoseDeployedAndScraped(t *testing.T) {
	for _, p := range platforms(t) {
		for _, problem := range append(Outdated(p, exporters(t)), Unscraped(p, exporters(t))...) {
			t.Errorf("%s: %s", p.Name, problem)
		}
	}
}

// With -v it prints each query as Prometheus is asked it, and what the last points of its answer are.
func TestEveryPanelAnswers(t *testing.T) {
	queries := map[string]bool{}
	for _, p := range platforms(t) {
		well, troubled := world(t, p, true), world(t, p, false)
		for _, dashboard := range p.Dashboards {
			for _, panel := range dashboard.Panels {
				for _, wide := range pixels {
					view := View{dashboard.Range, wide * panel.Columns / 24, p.TimeInterval}
					for _, problem := range panel.Problems(view, well, troubled) {
						t.Errorf("%s: %s, %d pixels wide: %s", p.Name, dashboard.Title, view.Pixels, problem)
					}
				}
				for _, target := range panel.Targets {
					if key := dashboard.Title + ", " + panel.Title + ": " + target.Expr; target.Expr != "" && !queries[key] {
						queries[key] = true
						t.Logf("%s\n%s", key, answer(t, target, View{dashboard.Range, 950, p.TimeInterval}, troubled))
					}
				}
			}
		}
	}
	if len(queries) < 17 {
		t.Errorf("%d queries were asked", len(queries))
	}
}

// answer is what a query is answered, a line each.
func answer(t *testing.T, target Target, view View, w World) string {
	t.Helper()
	step, err := view.Step()
	if err != nil {
		t.Fatal(err)
	}
	expr, err := view.Expand(target.Expr)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := w.Ask(expr, view.Range, step)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("asked as %s, every %s", expr, step)
	for _, line := range lines {
		text += fmt.Sprintf("\n%s %d points, the last %.4g", line.Metric, len(line.Floats), line.Floats[len(line.Floats)-1].F)
	}
	return text
}

func TestTracesAreAskedForByTheirServicesName(t *testing.T) {
	for _, p := range platforms(t) {
		for _, problem := range p.Untraced() {
			t.Errorf("%s: %s", p.Name, problem)
		}
	}
	p := production(t)
	p.TracedAs = "another-service"
	if problems := p.Untraced(); len(problems) != 1 {
		t.Errorf("a name that is another's: %q", problems)
	}
}

// What the panel of response times says is what requests took: one in sixty 0.4 s, the others 8 ms. A bucket is at most
// two and a half times as wide as the one before.
func TestResponseTimesAreThoseOfRequests(t *testing.T) {
	ours := production(t).LatencyBuckets
	traefiks := []string{"0.1", "0.3", "1.2", "5"}
	for _, c := range []struct {
		quantile string
		took     float64
		buckets  []string
		isShown  bool
	}{
		{"0.5", 0.008, ours, true},
		{"0.99", 0.4, ours, true},
		{"0.5", 0.008, traefiks, false}, // as 50 ms
	} {
		p := production(t)
		p.LatencyBuckets = c.buckets
		expr := "histogram_quantile(" + c.quantile + ", sum by (le) (" +
			"rate(traefik_service_request_duration_seconds_bucket[4m])))"
		lines, err := world(t, p, true).Ask(expr, settle, evaluationInterval)
		if err != nil || len(lines) != 1 {
			t.Fatalf("%d lines, %v", len(lines), err)
		}
		shown := lines[0].Floats[0].F
		if isShown := shown > c.took/2.5 && shown < c.took*2.5; isShown != c.isShown {
			t.Errorf("by buckets %v the quantile %s is %.3f s, and requests took %.3f s", c.buckets, c.quantile, shown, c.took)
		}
	}
}

func TestGrafanasVariables(t *testing.T) {
	for _, c := range []struct {
		view View
		want string
	}{
		// Untold, four scrapes are a minute: one sample of Prometheus' is in it.
		{View{Range: 6 * hour, Pixels: 950}, "[60s] 20s 21600s"},
		{View{Range: 6 * hour, Pixels: 950, TimeInterval: "1m"}, "[240s] 60s 21600s"},
		{View{Range: 24 * hour, Pixels: 480, TimeInterval: "1m"}, "[240s] 120s 86400s"},
		{View{Range: 7 * 24 * hour, Pixels: 950, TimeInterval: "1m"}, "[660s] 600s 604800s"},
	} {
		got, err := c.view.Expand("[$__rate_interval] ${__interval} $__range")
		if err != nil || got != c.want {
			t.Errorf("%+v: %q, %v, want %q", c.view, got, err, c.want)
		}
	}
	if got, err := (View{Range: hour, Pixels: 950}).Expand("up{pod=\"$pod\"}"); err == nil {
		t.Errorf("a variable of the dashboard's own is taken for %s", got)
	}
}
