package tests

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// dashboardOf are the widgets of a stack's dashboard, from top to bottom.
func dashboardOf(t *testing.T, stack Stack) []Block {
	t.Helper()
	dashboard := stack.Resource(t, "aws_cloudwatch_dashboard", "observability/dashboard")
	var body struct{ Widgets []map[string]any }
	if err := json.Unmarshal([]byte(fmt.Sprint(dashboard.At("dashboard_body"))), &body); err != nil {
		t.Fatal(err)
	}
	var widgets []Block
	for i, widget := range body.Widgets {
		widgets = append(widgets, Block{Address: fmt.Sprintf("widget %d", i), Body: widget})
	}
	return widgets
}

// eachDashboard runs a test for every stack with a dashboard: an environment's own, and that of us-east-1.
func eachDashboard(t *testing.T, test func(t *testing.T, environment environments.Environment, stack Stack)) {
	t.Helper()
	for _, kind := range topicKinds {
		eachOf(t, kind, test)
	}
}

func TestDashboardFollowsARequest(t *testing.T) {
	eachDashboard(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		widgets := dashboardOf(t, stack)
		stack.Resource(t, "aws_cloudwatch_dashboard", "observability/dashboard").
			WantValue(t, "dashboard_name", prefixOf(t, stack))
		global := tabled(t, stack.Name).Kind == order.Global
		if widgets[1].At("type") != "alarm" || !global && widgets[2].At("type") != "alarm" {
			t.Error("what rings does not come first")
		}
		var stops []string
		last := -1.0
		for _, widget := range widgets {
			if y := widget.At("y").(float64); y < last {
				t.Errorf("%s is above the one before", widget.Address)
			} else {
				last = y
			}
			if text, ok := widget.At("properties.markdown").(string); ok && strings.HasPrefix(text, "## ") {
				stops = append(stops, strings.SplitN(text, " ", 4)[2])
			}
		}
		want := []string{"Load", "Nodes", "Database", "Cache", "Upkeep"}
		if global { // the edge is all there is
			want = nil
		}
		if !slices.Equal(stops, want) {
			t.Errorf("the stops are %q, want %q", stops, want)
		}
	})
}

// What users see of the edge is on the dashboard of us-east-1.
func TestTheEdgeHasItsGraphs(t *testing.T) {
	eachOf(t, order.Global, func(t *testing.T, environment environments.Environment, stack Stack) {
		shown := map[string]bool{}
		for _, widget := range dashboardOf(t, stack) {
			for _, metric := range synth.List(widget.At("properties.metrics")) {
				parts, _ := metric.([]any)
				shown[fmt.Sprint(parts[0])] = true
			}
		}
		want := map[string]bool{
			"AWS/CloudFront":         environment.Edge.Enabled,
			"AWS/WAFV2":              environment.Edge.Enabled,
			"AWS/CertificateManager": environment.Edge.Enabled,
			"AWS/Route53":            environment.DR.Role != environments.DRNone,
		}
		for namespace, wanted := range want {
			if shown[namespace] != wanted {
				t.Errorf("%s is shown: %v, want %v", namespace, shown[namespace], wanted)
			}
		}
	})
}

func TestDashboardFitsItsGrid(t *testing.T) {
	eachDashboard(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		taken := map[string]string{}
		for _, widget := range dashboardOf(t, stack) {
			x, y, width, height := widget.At("x").(float64), widget.At("y").(float64), widget.At("width").(float64),
				widget.At("height").(float64)
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
	eachDashboard(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		graphs, here := 0, tabled(t, stack.Name)
		for _, widget := range dashboardOf(t, stack) {
			if widget.At("type") != "metric" {
				continue
			}
			graphs++
			if region := widget.At("properties.region"); region != string(here.Region) {
				t.Errorf("%s looks into region %v, want %s", widget.Address, region, here.Region)
			}
			for _, metric := range synth.List(widget.At("properties.metrics")) {
				parts, _ := metric.([]any)
				options, _ := parts[len(parts)-1].(map[string]any)
				if options["expression"] != nil {
					continue
				}
				if options["region"] != nil {
					t.Errorf("%s looks into region %v with a metric", widget.Address, options["region"])
				}
				dimensions := map[string]any{}
				for i := 2; i+1 < len(parts)-1; i += 2 {
					dimensions[fmt.Sprint(parts[i])] = parts[i+1]
				}
				namespace, name := fmt.Sprint(parts[0]), fmt.Sprint(parts[1])
				for _, problem := range soundness.Metric(stack, committed(), namespace, name, dimensions) {
					t.Errorf("%v: %s", widget.At("properties.title"), problem)
				}
			}
		}
		if least := map[order.Kind]int{order.Environment: 18, order.Global: 1}[here.Kind]; graphs < least {
			t.Errorf("%d graphs", graphs)
		}
	})
}

func TestDashboardShowsEveryAlarmOfItsRegion(t *testing.T) {
	eachDashboard(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		shown := map[string]bool{}
		for _, widget := range dashboardOf(t, stack) {
			for _, arn := range synth.List(widget.At("properties.alarms")) {
				shown[strings.TrimSuffix(strings.TrimPrefix(fmt.Sprint(arn), "${"), ".arn}")] = true
			}
			if widget.At("type") == "alarm" && len(synth.List(widget.At("properties.alarms"))) > 100 {
				t.Errorf("%s has more than the 100 alarms that a widget takes", widget.Address)
			}
		}
		for _, alarm := range alarmsOf(stack) {
			// The signs of the origin are Route 53's to read; what they amount to is the alarm on the health check.
			if !shown[alarm.Address] && !strings.Contains(alarm.Address, ".origin_") {
				t.Errorf("the dashboard does not show %s", alarm.Address)
			}
		}
	})
}

// The environment's dashboard names the alarms of us-east-1, which another stack makes: a name that is nobody's would
// never ring.
func TestDashboardNamesTheAlarmsOfUSEast1(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, home Stack) {
		global := stackOf(t, environment, order.Global)
		prefix := fmt.Sprintf("arn:aws:cloudwatch:%s:%s:alarm:", tabled(t, global.Name).Region, environment.Account.ID)
		var named []string
		for _, widget := range dashboardOf(t, home) {
			for _, arn := range synth.List(widget.At("properties.alarms")) {
				if text := fmt.Sprint(arn); !strings.HasPrefix(text, "${") {
					if !strings.HasPrefix(text, prefix) {
						t.Errorf("%s is no alarm of us-east-1", text)
					}
					named = append(named, strings.TrimPrefix(text, prefix))
				}
			}
		}
		var declared []string
		for _, alarm := range alarmsOf(global) {
			declared = append(declared, fmt.Sprint(alarm.At("alarm_name")))
		}
		slices.Sort(named)
		slices.Sort(declared)
		if !slices.Equal(named, declared) {
			t.Errorf("the dashboard names %q, and %s declares %q", named, global.Name, declared)
		}
	})
}

// alarmsOf are a stack's alarms, composite ones too.
func alarmsOf(stack Stack) []Block {
	return append(stack.Resources("aws_cloudwatch_composite_alarm"), stack.Resources("aws_cloudwatch_metric_alarm")...)
}
