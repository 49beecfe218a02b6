package queries

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
)

// Asked is a metric that an alarm or a dashboard asks CloudWatch for.
type Asked struct {
	By                string // the address of its resource
	Namespace, Metric string
	Dimensions        []string // their names
}

// alarm is what is read of an alarm, and of a metric in its queries.
type alarm struct {
	Namespace  string
	MetricName string `json:"metric_name"`
	Dimensions map[string]string
	Queries    []struct{ Metric *alarm } `json:"metric_query"`
}

// ReadAsked reads the alarms and dashboards of a stack's synthesized JSON.
func ReadAsked(file string) ([]Asked, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading a stack: %w", err)
	}
	var stack struct {
		Resource struct {
			Alarms     map[string]alarm `json:"aws_cloudwatch_metric_alarm"`
			Dashboards map[string]struct {
				Body string `json:"dashboard_body"`
			} `json:"aws_cloudwatch_dashboard"`
		}
	}
	if err := json.Unmarshal(content, &stack); err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	var all []Asked
	for name, one := range stack.Resource.Alarms {
		all = append(all, one.asked(name)...)
	}
	for name, one := range stack.Resource.Dashboards {
		var body struct {
			Widgets []struct{ Properties struct{ Metrics [][]any } }
		}
		if err := json.Unmarshal([]byte(one.Body), &body); err != nil {
			return nil, fmt.Errorf("reading %s: %s: %w", file, name, err)
		}
		for _, widget := range body.Widgets {
			for _, line := range widget.Properties.Metrics {
				if asked, ok := askedInGraph(name, line); ok {
					all = append(all, asked)
				}
			}
		}
	}
	return all, nil
}

func (a alarm) asked(by string) []Asked {
	var all []Asked
	if a.MetricName != "" {
		all = append(all, Asked{by, a.Namespace, a.MetricName, slices.Sorted(maps.Keys(a.Dimensions))})
	}
	for _, query := range a.Queries {
		if query.Metric != nil {
			all = append(all, query.Metric.asked(by)...)
		}
	}
	return all
}

// askedInGraph is a line of a widget: namespace, name, dimensions in pairs, and how it is shown; or an expression.
func askedInGraph(by string, line []any) (Asked, bool) {
	var texts []string
	for _, part := range line {
		if text, ok := part.(string); ok {
			texts = append(texts, text)
		}
	}
	if len(texts) < 2 {
		return Asked{}, false
	}
	asked := Asked{By: by, Namespace: texts[0], Metric: texts[1]}
	for i := 2; i < len(texts); i += 2 {
		asked.Dimensions = append(asked.Dimensions, texts[i])
	}
	return asked, true
}

// Asked are the metrics that Grafana's panels ask CloudWatch for.
func (p Platform) Asked() []Asked {
	var all []Asked
	for _, dashboard := range p.Dashboards {
		for _, panel := range dashboard.Panels {
			for _, target := range panel.Targets {
				if target.Metric != "" {
					all = append(all, Asked{dashboard.Title + ": " + panel.Title, target.Namespace, target.Metric, target.Dimensions})
				}
			}
		}
	}
	return all
}
