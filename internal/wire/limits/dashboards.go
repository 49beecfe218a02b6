package limits

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func dashboardRules() []Rule {
	return []Rule{{"dashboards", "CloudWatch API, 'Dashboard body structure and syntax'",
		[]string{"cloudwatch PutDashboard"}, dashboards}}
}

// widget is a widget of a dashboard.
type widget struct {
	Type          string
	X, Y          int
	Width, Height *int
	Properties    struct {
		Title, Region, View string
		Metrics             [][]any
		Annotations         any
	}
}

var (
	widgetTypes = []string{"metric", "text", "log", "alarm", "explorer", "custom"}
	widgetViews = []string{"", "timeSeries", "singleValue", "gauge", "bar", "pie", "table"}
)

func dashboards(call *protocol.Call, report *Report) {
	var body struct{ Widgets []widget }
	if err := json.Unmarshal([]byte(text(call.Input, "DashboardBody")), &body); err != nil {
		report.Breaks(".DashboardBody", err.Error(), "the JSON of a dashboard")
		return
	}
	report.AtMost(".DashboardBody.widgets", "widgets of a dashboard", len(body.Widgets), 500)
	metrics := 0
	for i, one := range body.Widgets {
		at := fmt.Sprintf(".DashboardBody.widgets[%d]", i)
		metrics += len(one.Properties.Metrics)
		if problem := one.problem(); problem != "" {
			report.Breaks(at, one.Properties.Title, problem)
		}
		report.AtMost(at+".properties.metrics", "metrics of a widget", len(one.Properties.Metrics), 500)
	}
	report.AtMost(".DashboardBody", "metrics of a dashboard", metrics, 2500)
}

func (w widget) problem() string {
	width, height := 6, 6
	if w.Width != nil {
		width = *w.Width
	}
	if w.Height != nil {
		height = *w.Height
	}
	switch {
	case !slices.Contains(widgetTypes, w.Type):
		return fmt.Sprintf("a type of %v", widgetTypes)
	case w.X < 0 || width < 1 || w.X+width > 24 || w.Y < 0 || height < 1 || height > 1000:
		return fmt.Sprintf("within 24 columns and 1000 rows, not x %d y %d width %d height %d", w.X, w.Y, width, height)
	case (w.Type == "metric" || w.Type == "log") && w.Properties.Region == "":
		return "a region"
	case w.Type == "metric" && len(w.Properties.Metrics) == 0 && w.Properties.Annotations == nil:
		return "metrics, or annotations of an alarm"
	case w.Type == "metric" && !slices.Contains(widgetViews, w.Properties.View):
		return fmt.Sprintf("a view of %v", widgetViews[1:])
	}
	for _, line := range w.Properties.Metrics {
		if !isMetric(line) {
			return fmt.Sprintf("namespace, name and pairs of dimensions, or an expression, not %v", line)
		}
	}
	return ""
}

// isMetric is whether a line of a widget is an array of namespace, name and dimensions in pairs, or an expression.
func isMetric(line []any) bool {
	names := 0
	for _, part := range line {
		if _, isText := part.(string); isText {
			names++
		}
	}
	if names > 0 {
		return names%2 == 0
	}
	if len(line) == 0 {
		return false
	}
	options, _ := line[len(line)-1].(map[string]any) // nil has no expression
	return options["expression"] != nil
}
