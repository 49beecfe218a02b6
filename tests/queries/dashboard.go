package queries

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/prometheus/common/model"
)

// Dashboard is one of Grafana's, as far as it asks for something.
type Dashboard struct {
	Title  string
	Range  time.Duration // what it shows when it is opened
	Panels []Panel
}

// Panel is a panel of a dashboard.
type Panel struct {
	Title   string
	Columns int    // of the 24
	Unit    string // Grafana's name of it
	Targets []Target
}

// Target is one query of a panel.
type Target struct {
	Source string // uid of its data source

	Expr, Legend string // of Prometheus

	Query string // of X-Ray: a filter expression

	Namespace, Metric string // of CloudWatch
	Dimensions        []string
	Label             string // of its lines
}

// jsonDashboard is a dashboard as Grafana's dashboard model has it.
type jsonDashboard struct {
	Title      string
	Time       struct{ From, To string }
	Templating struct{ List []any }
	Panels     []struct {
		Title       string
		GridPos     struct{ W int }
		FieldConfig struct{ Defaults struct{ Unit string } }
		Targets     []struct {
			DataSource            struct{ UID string }
			Expr, Query           string
			LegendFormat, Label   string
			Namespace, MetricName string
			Dimensions            map[string]string
		}
	}
}

func readDashboard(text string) (Dashboard, error) {
	var from jsonDashboard
	if err := json.Unmarshal([]byte(text), &from); err != nil {
		return Dashboard{}, err
	}
	if len(from.Templating.List) > 0 {
		return Dashboard{}, fmt.Errorf("%q has variables of its own, which this does not compute yet", from.Title)
	}
	back, relative := strings.CutPrefix(from.Time.From, "now-")
	if !relative || from.Time.To != "now" {
		return Dashboard{}, fmt.Errorf("%q shows %q to %q; say now-<duration> to now",
			from.Title, from.Time.From, from.Time.To)
	}
	shown, err := model.ParseDuration(back)
	if err != nil {
		return Dashboard{}, fmt.Errorf("%q shows %q: %w", from.Title, from.Time.From, err)
	}
	d := Dashboard{Title: from.Title, Range: time.Duration(shown)}
	for _, panel := range from.Panels {
		p := Panel{Title: panel.Title, Columns: panel.GridPos.W, Unit: panel.FieldConfig.Defaults.Unit}
		for _, t := range panel.Targets {
			target := Target{Source: t.DataSource.UID, Expr: t.Expr, Legend: t.LegendFormat, Query: t.Query,
				Namespace: t.Namespace, Metric: t.MetricName, Label: t.Label}
			for dimension := range t.Dimensions {
				target.Dimensions = append(target.Dimensions, dimension)
			}
			p.Targets = append(p.Targets, target)
		}
		d.Panels = append(d.Panels, p)
	}
	return d, nil
}
