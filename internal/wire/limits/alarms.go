package limits

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func alarmRules() []Rule {
	return []Rule{
		{"actions of alarms", "CloudWatch API, PutMetricAlarm and PutCompositeAlarm",
			[]string{"cloudwatch PutMetricAlarm", "cloudwatch PutCompositeAlarm"}, alarmActions},
		{"metric alarms", "CloudWatch API, PutMetricAlarm", []string{"cloudwatch PutMetricAlarm"}, metricAlarms},
		{"metric expressions", "CloudWatch API, MetricDataQuery", []string{"cloudwatch PutMetricAlarm"}, metricExpressions},
		{"composite alarms", "CloudWatch API, PutCompositeAlarm", []string{"cloudwatch PutCompositeAlarm"}, compositeAlarms},
	}
}

func alarmActions(call *protocol.Call, report *Report) {
	for _, name := range []string{"AlarmActions", "OKActions", "InsufficientDataActions"} {
		actions := texts(call.Input[name])
		report.AtMost("."+name, "actions of an alarm's state", len(actions), 5)
		for _, one := range actions {
			if parts := strings.Split(one, ":"); len(parts) > 3 && parts[2] == "sns" && parts[3] != call.Request.Endpoint {
				report.Breaks("."+name, one, "a topic of the alarm's region, "+call.Request.Endpoint)
			}
		}
	}
}

// metricAlarm is the input of PutMetricAlarm.
type metricAlarm struct {
	AlarmName                    string
	Namespace, MetricName        string
	Statistic, ExtendedStatistic string
	Period, EvaluationPeriods    int
	DatapointsToAlarm            int
	Metrics                      []metricQuery
	ThresholdMetricID            string
}

// metricQuery is a metric or an expression of an alarm.
type metricQuery struct {
	ID, Expression string
	Period         int
	ReturnData     *bool
	MetricStat     *struct {
		Period int
		Metric struct{ Namespace string }
	}
}

// elsewhere are namespaces whose metrics are in one region alone.
var elsewhere = map[string]string{"AWS/CloudFront": "us-east-1", "AWS/Route53": "us-east-1",
	"AWS/Billing": "us-east-1"}

const (
	day  = 24 * 60 * 60 // seconds
	hour = 60 * 60
)

func metricAlarms(call *protocol.Call, report *Report) {
	var alarm metricAlarm
	call.Into(&alarm)
	periods, namespaces := []int{}, []string{alarm.Namespace}
	if alarm.Period > 0 {
		periods = append(periods, alarm.Period)
	}
	for _, query := range alarm.Metrics {
		if query.Period > 0 {
			periods = append(periods, query.Period)
		}
		if query.MetricStat != nil {
			periods = append(periods, query.MetricStat.Period)
			namespaces = append(namespaces, query.MetricStat.Metric.Namespace)
		}
	}
	for _, period := range periods {
		isHighResolution := slices.Contains([]int{10, 20, 30}, period)
		if !isHighResolution && period%60 != 0 {
			report.Breaks(".Period", period, "10, 20, 30 or a multiple of 60")
		}
		if isHighResolution && strings.HasPrefix(alarm.Namespace, "AWS/") {
			report.Breaks(".Period", period, "under 60 only for a high-resolution metric, which AWS's own are not")
		}
		longest := day
		if period >= hour {
			longest = 7 * day
		}
		report.AtMost(".EvaluationPeriods", fmt.Sprintf("seconds that an alarm looks at (%d days)", longest/day),
			period*max(1, alarm.EvaluationPeriods), longest)
	}
	if alarm.DatapointsToAlarm > alarm.EvaluationPeriods {
		report.Breaks(".DatapointsToAlarm", alarm.DatapointsToAlarm,
			fmt.Sprintf("<= EvaluationPeriods, %d", alarm.EvaluationPeriods))
	}
	if alarm.MetricName != "" && (alarm.Statistic == "") == (alarm.ExtendedStatistic == "") {
		report.Breaks(".Statistic", alarm.Statistic+alarm.ExtendedStatistic, "one of Statistic and ExtendedStatistic")
	}
	for _, namespace := range namespaces {
		if region := elsewhere[namespace]; region != "" && region != call.Request.Endpoint {
			report.Breaks(".Namespace", namespace+" in "+call.Request.Endpoint, "an alarm in "+region+", where the metric is")
		}
	}
}

var (
	metricID  = regexp.MustCompile(`^[a-z][A-Za-z0-9_]*$`)
	quoted    = regexp.MustCompile(`'[^']*'|"[^"]*"`)
	reference = regexp.MustCompile(`\b[a-z][a-zA-Z0-9_]*\b`)
)

func metricExpressions(call *protocol.Call, report *Report) {
	var alarm metricAlarm
	call.Into(&alarm)
	if len(alarm.Metrics) == 0 {
		return
	}
	if alarm.MetricName != "" || alarm.Period != 0 {
		report.Breaks(".Metrics", "MetricName or Period beside Metrics", "Metrics alone")
	}
	ids, returned := []string{}, []string{}
	for _, query := range alarm.Metrics {
		ids = append(ids, query.ID)
		if query.ReturnData == nil || *query.ReturnData {
			returned = append(returned, query.ID)
		}
		if !metricID.MatchString(query.ID) {
			report.Breaks(".Metrics.Id", query.ID, metricID.String())
		}
	}
	report.AtMost(".Metrics", "metrics and expressions of an alarm", len(alarm.Metrics), 20)
	if len(returned) != 1 && alarm.ThresholdMetricID == "" {
		report.Breaks(".Metrics", returned, "exactly one that returns data")
	}
	for _, query := range alarm.Metrics {
		if strings.HasPrefix(strings.ToUpper(strings.TrimSpace(query.Expression)), "SELECT") {
			continue
		}
		for _, name := range reference.FindAllString(quoted.ReplaceAllString(query.Expression, ""), -1) {
			if !slices.Contains(ids, name) {
				report.Breaks(".Metrics.Expression", name+" in "+query.Expression, "an Id of the alarm's metrics")
			}
		}
	}
}

var child = regexp.MustCompile(`(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*["']?([^"')]+?)["']?\s*\)`)

func compositeAlarms(call *protocol.Call, report *Report) {
	rule := text(call.Input, "AlarmRule")
	report.AtMost(".AlarmRule", "characters of a composite alarm's rule", len(rule), 10240)
	report.AtMost(".AlarmRule", "alarms of a composite alarm", len(child.FindAllString(rule, -1)), 100)
}
