// Package queries asks what Grafana's panels and Prometheus' alerts ask, of series as their exporters document them:
// a wrong name, or a rate over one sample, is an empty graph or an alert that never rings, and both look like peace.
package queries

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/prometheus/common/model"
)

// Platform is what a platform stack deploys of Prometheus, Grafana and what they read.
type Platform struct {
	Name       string
	Charts     map[string]string // version by release; empty for our own charts
	Dashboards []Dashboard
	Rules      []Rule

	ScrapeInterval time.Duration                // of Prometheus
	TimeInterval   string                       // what Grafana is told of it; empty where it is not
	LatencyBuckets []string                     // of Traefik's histogram, upper bounds in seconds
	TracedAs       string                       // what the application calls itself in traces
	Collectors     []string                     // of kube-state-metrics
	PodAnnotations map[string]map[string]string // by release, where its values say them
}

// Rule is an alerting rule.
type Rule struct {
	Alert string `json:"alert"`
	Expr  string `json:"expr"`
	For   string `json:"for"`
}

// stack is what is read of a platform stack's synthesized JSON.
type stack struct {
	Resource struct {
		Releases map[string]struct {
			Name    string   `json:"name"`
			Version string   `json:"version"`
			Values  []string `json:"values"`
		} `json:"helm_release"`
		ConfigMaps map[string]struct {
			Metadata struct{ Name string } `json:"metadata"`
			Data     map[string]string     `json:"data"`
		} `json:"kubernetes_config_map_v1"`
	} `json:"resource"`
}

// values are those of the values of releases that matter here.
type values struct {
	Server struct {
		Global struct {
			ScrapeInterval string `json:"scrape_interval"`
		}
	}
	ServerFiles struct {
		Alerting struct {
			Groups []struct{ Rules []Rule }
		} `json:"alerting_rules.yml"`
	}
	DataSources struct {
		File struct {
			DataSources []struct {
				UID      string
				JSONData struct{ TimeInterval string }
			}
		} `json:"datasources.yaml"`
	}
	Metrics          struct{ Prometheus struct{ Buckets string } }
	KubeStateMetrics struct{ Collectors []string } `json:"kube-state-metrics"`
	PodAnnotations   map[string]string
}

// tracedAs is where an application's values have its name in traces. They are no JSON before Terraform has put its own
// expressions' values into them.
var tracedAs = regexp.MustCompile(`"serviceName": "([^"]+)"`)

// dashboards is the config map that Grafana reads.
const dashboards = "grafana-dashboards"

// ReadPlatform reads a platform stack's synthesized JSON.
func ReadPlatform(file string) (Platform, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return Platform{}, fmt.Errorf("reading a platform stack: %w", err)
	}
	var s stack
	if err := json.Unmarshal(content, &s); err != nil {
		return Platform{}, fmt.Errorf("reading %s: %w", file, err)
	}
	p := Platform{Charts: map[string]string{}, PodAnnotations: map[string]map[string]string{}}
	for _, release := range s.Resource.Releases {
		p.Charts[release.Name] = release.Version
		for _, text := range release.Values {
			if err := p.take(release.Name, text); err != nil {
				return Platform{}, fmt.Errorf("reading %s: values of %s: %w", file, release.Name, err)
			}
		}
	}
	for _, one := range s.Resource.ConfigMaps {
		if one.Metadata.Name != dashboards {
			continue
		}
		for name, text := range one.Data {
			dashboard, err := readDashboard(literal.Replace(text))
			if err != nil {
				return Platform{}, fmt.Errorf("reading %s: dashboard %s: %w", file, name, err)
			}
			p.Dashboards = append(p.Dashboards, dashboard)
		}
	}
	if p.ScrapeInterval == 0 {
		return Platform{}, fmt.Errorf("reading %s: %w", file, errors.New("prometheus' scrape_interval is not set"))
	}
	return p, nil
}

// literal undoes what keeps Terraform from reading its own expressions into a text.
var literal = strings.NewReplacer("$${", "${", "%%{", "%{")

// take keeps what matters of the values of a release.
func (p *Platform) take(release, text string) error {
	if found := tracedAs.FindStringSubmatch(text); found != nil {
		p.TracedAs = found[1]
	}
	if p.Charts[release] == "" {
		return nil
	}
	var v values
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return err
	}
	p.PodAnnotations[release] = v.PodAnnotations
	switch release {
	case "prometheus":
		p.Collectors = v.KubeStateMetrics.Collectors
		interval, err := model.ParseDuration(v.Server.Global.ScrapeInterval)
		if err != nil {
			return fmt.Errorf("server.global.scrape_interval: %w", err)
		}
		p.ScrapeInterval = time.Duration(interval)
		for _, group := range v.ServerFiles.Alerting.Groups {
			p.Rules = append(p.Rules, group.Rules...)
		}
	case "grafana":
		for _, source := range v.DataSources.File.DataSources {
			if source.UID == "prometheus" {
				p.TimeInterval = source.JSONData.TimeInterval
			}
		}
	case "traefik":
		p.LatencyBuckets = strings.Split(v.Metrics.Prometheus.Buckets, ",")
	}
	return nil
}
