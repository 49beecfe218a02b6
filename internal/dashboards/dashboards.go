// Package dashboards draws the dashboards that stacks define, CloudWatch's and Grafana's: where each panel stands, what
// it is called, its axis, its lines and its thresholds. The lines themselves are made up, and the picture says so.
package dashboards

import (
	"encoding/json"
	"fmt"
	"strings"
)

// columns are how many a dashboard of either has.
const columns = 24

// Dashboard is what a picture shows.
type Dashboard struct {
	Title, By string // whose it is: CloudWatch, Grafana
	Panels    []Panel
}

// Kind is what a panel shows.
type Kind string

// The kinds of panels.
const (
	Graph  Kind = "graph"
	Latest Kind = "latest" // the last value
	Table  Kind = "table"
	Alarms Kind = "alarms"
	Text   Kind = "text"
)

// Panel is one panel of a dashboard, placed in its columns and rows.
type Panel struct {
	Kind       Kind
	Title      string // of Text the whole text
	X, Y, W, H int
	Unit       string  // %, ms, s; empty is a count
	Max        float64 // the end of the axis; 0 is whatever there is
	Lines      []Line  // of Alarms their names
	Thresholds []Line  // lines across
}

// Line is a line of a graph, or one across it.
type Line struct {
	Label, Color string
	Value        float64 // of one across
}

// grafanaUnits are Grafana's names of units, and what a picture writes behind a number.
var grafanaUnits = map[string]string{
	"percent": " %", "percentunit": " %", "s": " s", "ms": " ms", "reqps": " req/s", "cps": "/s", "short": "", "none": "",
	"": "",
}

// named writes ‹pod› where a legend has a label's value.
var named = strings.NewReplacer("{{", "‹", "}}", "›", "${PROP('Dim.", "‹", "')}", "›")

// Grafana reads a dashboard in Grafana's JSON. A query that makes several lines is drawn as one with its label's name.
func Grafana(text string) (Dashboard, error) {
	var from struct {
		Title  string
		Panels []struct {
			Type, Title string
			Options     struct{ Content string }
			GridPos     struct{ X, Y, W, H int }
			FieldConfig struct {
				Defaults struct {
					Unit       string
					Max        float64
					Thresholds struct {
						Steps []struct {
							Color string
							Value *float64
						}
					}
				}
			}
			Targets []struct{ LegendFormat, Label string }
		}
	}
	if err := json.Unmarshal([]byte(text), &from); err != nil {
		return Dashboard{}, fmt.Errorf("reading a dashboard of Grafana's: %w", err)
	}
	d := Dashboard{Title: from.Title, By: "Grafana"}
	kinds := map[string]Kind{"timeseries": Graph, "table": Table, "text": Text, "row": Text, "stat": Latest}
	for _, one := range from.Panels {
		unit, known := grafanaUnits[one.FieldConfig.Defaults.Unit]
		kind, drawn := kinds[one.Type]
		if !known || !drawn {
			return Dashboard{}, fmt.Errorf("panel %q is a %s in %q, which is not drawn yet",
				one.Title, one.Type, one.FieldConfig.Defaults.Unit)
		}
		share := 1.0
		if one.FieldConfig.Defaults.Unit == "percentunit" {
			share = 100
		}
		at := one.GridPos
		p := Panel{
			Kind:  kind,
			Title: one.Title + one.Options.Content,
			X:     at.X,
			Y:     at.Y,
			W:     at.W,
			H:     at.H,
			Unit:  unit,
			Max:   one.FieldConfig.Defaults.Max * share,
		}
		for _, step := range one.FieldConfig.Defaults.Thresholds.Steps {
			if step.Value != nil {
				p.Thresholds = append(p.Thresholds, Line{Color: step.Color, Value: *step.Value * share})
			}
		}
		for i, target := range one.Targets {
			if kind == Table {
				break // its rows are what it asks for
			}
			label := named.Replace(target.LegendFormat + target.Label)
			p.Lines = append(p.Lines, Line{Label: label, Color: palette[i%len(palette)]})
		}
		d.Panels = append(d.Panels, p)
	}
	return d, nil
}

// CloudWatch reads the body of a dashboard of CloudWatch's. In a synthesized one references stand for names.
func CloudWatch(name, body string) (Dashboard, error) {
	var from struct {
		Widgets []struct {
			Type                string
			X, Y, Width, Height int
			Properties          struct {
				Title, Markdown, View string
				Alarms                []string
				Metrics               [][]any
				YAxis                 struct{ Left struct{ Max float64 } }
				Annotations           struct {
					Horizontal []struct {
						Label, Color string
						Value        float64
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &from); err != nil {
		return Dashboard{}, fmt.Errorf("reading the dashboard %s of CloudWatch's: %w", name, err)
	}
	d := Dashboard{Title: name, By: "CloudWatch"}
	kinds := map[string]Kind{"metric": Graph, "log": Table, "text": Text, "alarm": Alarms}
	for _, one := range from.Widgets {
		kind, drawn := kinds[one.Type]
		if !drawn {
			return Dashboard{}, fmt.Errorf("dashboard %s: a widget of type %q, which is not drawn yet", name, one.Type)
		}
		properties := one.Properties
		if properties.View == "singleValue" {
			kind = Latest
		}
		p := Panel{
			Kind:  kind,
			Title: properties.Title + properties.Markdown,
			X:     one.X,
			Y:     one.Y,
			W:     one.Width,
			H:     one.Height,
			Max:   properties.YAxis.Left.Max,
		}
		for _, across := range properties.Annotations.Horizontal {
			p.Thresholds = append(p.Thresholds, Line{across.Label, across.Color, across.Value})
		}
		for _, metric := range properties.Metrics {
			if how, _ := metric[len(metric)-1].(map[string]any); how["visible"] != false {
				p.Lines = append(p.Lines, Line{Label: fmt.Sprint(how["label"]), Color: fmt.Sprint(how["color"])})
			}
		}
		for _, alarm := range properties.Alarms {
			p.Lines = append(p.Lines, Line{Label: alarmName(alarm)})
		}
		d.Panels = append(d.Panels, p)
	}
	return d, nil
}

// alarmName is an alarm's name: the end of its ARN, or of the construct that it refers to.
func alarmName(arn string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(arn, "${"), ".arn}")
	if _, id, isReference := strings.Cut(name, "observability_"); isReference {
		name = id
	}
	name = name[strings.LastIndexAny(name, ":.")+1:]
	if i := strings.LastIndex(name, "_"); i > 0 {
		name = name[:i] // the hash of a construct's path
	}
	return name
}
