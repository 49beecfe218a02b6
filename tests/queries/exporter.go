package queries

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Exporter is what an exporter is documented to export, as series of a cluster that is well.
type Exporter struct {
	// Release is the Helm release that brings it, and Chart the version whose metrics these are: those of another are to
	// be read anew. Both are empty for the kubelet.
	Release, Chart string

	Source      string // where its metrics are documented
	HonorLabels bool   `yaml:"honor_labels"` // of its job: its own labels win over those of the target
	Targets     []ExporterTarget

	// Annotated is where pods are scraped because the values of their release say so: the chart itself does not.
	Annotated bool
	// Collectors are those of kube-state-metrics that export the metrics with a prefix.
	Collectors map[string]string
}

// ExporterTarget is one of the targets that are scraped.
type ExporterTarget struct {
	Labels map[string]string // that the job adds

	// Series are in Prometheus' notation for tests, without a count: `name{label="value"} start+step`, the step a minute.
	Series []string
	// Latencies are those of the requests of each minute: how many took how many seconds, by the histogram's series.
	Latencies map[string]map[float64]int
	// Trouble are series that come in place of those, or beside them, when nothing is well.
	Trouble []string
}

//go:embed exporters/*.yaml
var exporterFiles embed.FS

// Exporters are all that Prometheus scrapes and a panel or an alert asks.
func Exporters() ([]Exporter, error) {
	files, err := exporterFiles.ReadDir("exporters")
	if err != nil {
		return nil, fmt.Errorf("reading the exporters: %w", err)
	}
	var all []Exporter
	for _, file := range files {
		content, err := exporterFiles.Open("exporters/" + file.Name())
		if err != nil {
			return nil, fmt.Errorf("reading the exporters: %w", err)
		}
		var one Exporter
		decoder := yaml.NewDecoder(content)
		decoder.KnownFields(true)
		if err := decoder.Decode(&one); err != nil {
			return nil, fmt.Errorf("reading the exporter %s: %w", file.Name(), err)
		}
		all = append(all, one)
	}
	return all, nil
}

// Outdated are the exporters whose series are those of another version than the platform deploys.
func Outdated(p Platform, exporters []Exporter) []string {
	var problems []string
	for _, one := range exporters {
		if deployed := p.Charts[one.Release]; deployed != one.Chart {
			problems = append(problems, fmt.Sprintf(
				"%s is deployed at %q, and its metrics are those of %q: read them anew in %s",
				one.Release, deployed, one.Chart, one.Source))
		}
	}
	return problems
}

// Unscraped are the exporters whose pods are not annotated for the job that is to scrape them, or with another port.
func Unscraped(p Platform, exporters []Exporter) []string {
	var problems []string
	for _, one := range exporters {
		if !one.Annotated {
			continue
		}
		annotations := p.PodAnnotations[one.Release]
		for _, target := range one.Targets {
			_, port, _ := strings.Cut(target.Labels["instance"], ":")
			if annotations["prometheus.io/scrape"] != "true" || annotations["prometheus.io/port"] != port {
				problems = append(problems, fmt.Sprintf("pods of %s are annotated %v, and are to be scraped at port %s",
					one.Release, annotations, port))
			}
		}
	}
	return problems
}

// exports is whether an exporter has a series, by the collectors that run.
func (e Exporter) exports(line string, running []string) bool {
	for prefix, collector := range e.Collectors {
		if strings.HasPrefix(line, prefix) {
			return slices.Contains(running, collector)
		}
	}
	return len(e.Collectors) == 0
}

// scraped are the labels of a series once its target is scraped (Prometheus, 'Configuration', honor_labels).
func (e Exporter) scraped(own, target map[string]string) map[string]string {
	all := maps.Clone(target)
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if _, taken := all[name]; taken && !e.HonorLabels {
			all["exported_"+name] = own[name]
			continue
		}
		all[name] = own[name]
	}
	return all
}
