package dashboards

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// grafanaFiles is the config map that Grafana's dashboards are read from.
const grafanaFiles = "grafana-dashboards"

// OfStack are the dashboards of a stack's synthesized JSON, in the order of their resources.
func OfStack(text []byte) ([]Dashboard, error) {
	var stack struct {
		Resource struct {
			CloudWatch map[string]struct {
				Name string `json:"dashboard_name"`
				Body string `json:"dashboard_body"`
			} `json:"aws_cloudwatch_dashboard"`
			ConfigMaps map[string]struct {
				Metadata struct{ Name string }
				Data     map[string]string
			} `json:"kubernetes_config_map_v1"`
		}
	}
	if err := json.Unmarshal(text, &stack); err != nil {
		return nil, fmt.Errorf("reading a stack: %w", err)
	}
	var all []Dashboard
	for _, id := range slices.Sorted(maps.Keys(stack.Resource.CloudWatch)) {
		one := stack.Resource.CloudWatch[id]
		dashboard, err := CloudWatch(one.Name, one.Body)
		if err != nil {
			return nil, err
		}
		all = append(all, dashboard)
	}
	for _, files := range stack.Resource.ConfigMaps {
		if files.Metadata.Name != grafanaFiles {
			continue
		}
		for _, file := range slices.Sorted(maps.Keys(files.Data)) {
			dashboard, err := Grafana(strings.ReplaceAll(files.Data[file], "$${", "${")) // as Terraform gives it to Kubernetes
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			all = append(all, dashboard)
		}
	}
	return all, nil
}
