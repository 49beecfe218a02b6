package tests

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// dashboardOf are the widgets of an environment's dashboard, from top to bottom.
func dashboardOf(t *testing.T, stack Stack) []Block {
	t.Helper()
	dashboard := stack.resource(t, "aws_cloudwatch_dashboard", "observability/dashboard")
	var body struct{ Widgets []map[string]any }
	if err := json.Unmarshal([]byte(fmt.Sprint(dashboard.at("dashboard_body"))), &body); err != nil {
		t.Fatal(err)
	}
	var widgets []Block
	for i, widget := range body.Widgets {
		widgets = append(widgets, Block{fmt.Sprintf("widget %d", i), widget})
	}
	return widgets
}

func TestDashboardFollowsARequest(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		widgets := dashboardOf(t, stack)
		if widgets[1].at("type") != "alarm" || widgets[2].at("type") != "alarm" {
			t.Error("what rings does not come first")
		}
		var stops []string
		last := -1.0
		for _, widget := range widgets {
			if y := widget.at("y").(float64); y < last {
				t.Errorf("%s is above the one before", widget.Address)
			} else {
				last = y
			}
			if text, ok := widget.at("properties.markdown").(string); ok && strings.HasPrefix(text, "## ") {
				stops = append(stops, strings.SplitN(text, " ", 4)[2])
			}
		}
		want := []string{"Edge:", "Load", "Nodes", "Database", "Cache", "Upkeep"}
		if !environment.Edge.Enabled {
			want = want[1:]
		}
		if !slices.Equal(stops, want) {
			t.Errorf("the stops are %q, want %q", stops, want)
		}
	})
}

func TestDashboardFitsItsGrid(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		taken := map[string]string{}
		for _, widget := range dashboardOf(t, stack) {
			x, y, width, height := widget.at("x").(float64), widget.at("y").(float64), widget.at("width").(float64), widget.at("height").(float64)
			if x+width > 24 || width < 3 || height < 1 {
				t.Errorf("%s is %v wide and %v high at column %v of 24", widget.Address, width, height, x)
			}
			for column := x; column < x+width; column++ {
				for row := y; row < y+height; row++ {
					at := fmt.Sprint(column, row)
					if taken[at] != "" {
						t.Fatalf("%s lies on %s", widget.Address, taken[at])
					}
					taken[at] = widget.Address
				}
			}
		}
	})
}

// A graph of a metric that is not there stays empty, and looks like peace.
func TestEveryGraphIsOfAResourceOfItsStack(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		graphs := 0
		for _, widget := range dashboardOf(t, stack) {
			if widget.at("type") != "metric" {
				continue
			}
			graphs++
			region := widget.at("properties.region")
			if region != string(environment.Region) && region != "us-east-1" {
				t.Errorf("%s looks into region %v", widget.Address, region)
			}
			for _, metric := range list(widget.at("properties.metrics")) {
				parts, _ := metric.([]any)
				options, _ := parts[len(parts)-1].(map[string]any)
				if options["expression"] != nil {
					continue
				}
				in := region
				if options["region"] != nil {
					in = options["region"]
				}
				dimensions := map[string]any{}
				for i := 2; i+1 < len(parts)-1; i += 2 {
					dimensions[fmt.Sprint(parts[i])] = parts[i+1]
				}
				for _, problem := range metricProblems(stack, fmt.Sprint(parts[0]), fmt.Sprint(parts[1]), dimensions, in == "us-east-1") {
					t.Errorf("%v: %s", widget.at("properties.title"), problem)
				}
			}
		}
		if graphs < 18 {
			t.Errorf("%d graphs", graphs)
		}
	})
}

func TestDashboardShowsEveryAlarmOfItsRegion(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		shown := map[string]bool{}
		for _, widget := range dashboardOf(t, stack) {
			for _, arn := range list(widget.at("properties.alarms")) {
				shown[strings.TrimSuffix(strings.TrimPrefix(fmt.Sprint(arn), "${"), ".arn}")] = true
			}
			if widget.at("type") == "alarm" && len(list(widget.at("properties.alarms"))) > 100 {
				t.Errorf("%s has more than the 100 alarms that a widget takes", widget.Address)
			}
		}
		for _, kind := range []string{"aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"} {
			for _, alarm := range stack.resources(kind) {
				// The signs of the origin are Route 53's to read; what they amount to is the alarm on the health check.
				if !shown[alarm.Address] && !strings.HasPrefix(alarm.Address, kind+".origin_") {
					t.Errorf("the dashboard does not show %s", alarm.Address)
				}
			}
		}
	})
}
