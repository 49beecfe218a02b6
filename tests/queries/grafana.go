package queries

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
)

// untold is the scrape interval that Grafana takes for granted where its data source has no jsonData.timeInterval
// (Grafana, 'Configure the Prometheus data source').
const untold = "15s"

// mostPoints is how many Grafana asks Prometheus for at most, which itself refuses more.
const mostPoints = 11_000

// View is how somebody looks at a panel.
type View struct {
	Range  time.Duration
	Pixels int // how wide the panel is drawn: Grafana asks for at most that many points

	TimeInterval string // of the data source; empty is not told
}

// steps are what Grafana rounds intervals to: the first whose bound is above (grafana/grafana,
// rangeUtil.roundInterval).
var steps = []struct{ below, step time.Duration }{
	{1500 * time.Millisecond, time.Second}, {3500 * time.Millisecond, 2 * time.Second},
	{7500 * time.Millisecond, 5 * time.Second}, {12500 * time.Millisecond, 10 * time.Second},
	{17500 * time.Millisecond, 15 * time.Second}, {25 * time.Second, 20 * time.Second},
	{45 * time.Second, 30 * time.Second}, {90 * time.Second, time.Minute}, {210 * time.Second, 2 * time.Minute},
	{450 * time.Second, 5 * time.Minute}, {750 * time.Second, 10 * time.Minute}, {1050 * time.Second, 15 * time.Minute},
	{1500 * time.Second, 20 * time.Minute}, {2700 * time.Second, 30 * time.Minute}, {90 * time.Minute, time.Hour},
}

// Step is how far apart the points are: $__interval (Grafana, 'Global variables').
func (v View) Step() (time.Duration, error) {
	least, err := v.scrape()
	if err != nil {
		return 0, err
	}
	return max(least, rounded(v.Range/time.Duration(v.Pixels)), rounded(v.Range/mostPoints)), nil
}

// Expand puts Grafana's variables into an expression. $__rate_interval is $__interval and one scrape interval, and four
// scrape intervals at least (Grafana, 'Prometheus template variables').
func (v View) Expand(expr string) (string, error) {
	step, err := v.Step()
	if err != nil {
		return "", err
	}
	scrape, _ := v.scrape() // as Step has it
	rate := max(step+scrape, 4*scrape)
	for _, variable := range []struct {
		name  string
		value string
	}{
		{"__rate_interval_ms", milliseconds(rate)}, {"__rate_interval", seconds(rate)},
		{"__interval_ms", milliseconds(step)}, {"__interval", seconds(step)},
		{"__range_ms", milliseconds(v.Range)}, {"__range_s", strings.TrimSuffix(seconds(v.Range), "s")},
		{"__range", seconds(v.Range)},
	} {
		expr = strings.ReplaceAll(expr, "${"+variable.name+"}", variable.value)
		expr = strings.ReplaceAll(expr, "$"+variable.name, variable.value)
	}
	if strings.Contains(expr, "$") {
		return "", fmt.Errorf("%s has a variable that Grafana does not know", expr)
	}
	return expr, nil
}

func (v View) scrape() (time.Duration, error) {
	interval, err := model.ParseDuration(cmp.Or(v.TimeInterval, untold))
	if err != nil {
		return 0, fmt.Errorf("jsonData.timeInterval: %w", err)
	}
	return time.Duration(interval), nil
}

func rounded(interval time.Duration) time.Duration {
	for _, one := range steps {
		if interval < one.below {
			return one.step
		}
	}
	return interval.Round(time.Hour)
}

func seconds(d time.Duration) string      { return strconv.Itoa(int(d.Seconds())) + "s" }
func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
