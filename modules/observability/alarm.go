package observability

import (
	"fmt"
	"maps"
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchmetricalarm"

	"github.com/titan-platform/titan/internal/target"
)

// alarm is an alarm before it is declared. Its id ends its name, and names its section of docs/runbooks/alarms.md.
type alarm struct {
	id          string
	instance    string // tells alarms of one kind apart: a node, a gateway; empty where there is one
	description string // what is wrong while it rings, a sentence without its full stop

	metric     metric
	expression string   // over the metrics' ids, in place of one metric
	metrics    []metric // of the expression

	comparison comparison
	threshold  int
	period     int // seconds a data point; 0 is 60
	points     int // how many in a row decide
	missing    missing

	noActions bool // whether it tells nobody: it is a cause of service-down, whose message names it
}

// metric is a metric with its dimensions, and how the data of a period become one number.
type metric struct {
	id, namespace, name string // id is for expressions
	dimensions          map[string]string
	statistic           string // Average, Maximum, Sum, …; in expressions and graphs p99 too
}

type comparison string

const (
	above   comparison = "GreaterThanThreshold"
	atLeast comparison = "GreaterThanOrEqualToThreshold"
	below   comparison = "LessThanThreshold"
)

// missing is what a period without data means.
type missing string

const (
	// notBreaching is for metrics that are there only when something happens: no request, no error.
	notBreaching missing = "notBreaching"
	// breaching is for metrics that are there as long as their subject is: without them it is gone, or nobody watches it.
	breaching missing = "breaching"
	// ignore is for metrics that come rarely, or end with their subject.
	ignore missing = "ignore"
	// missingData is for metrics whose absence says something of CloudWatch alone.
	missingData missing = "missing"
)

const runbook = "docs/runbooks/alarms.md"

// region is what tells of trouble in one region, while it is built: CloudWatch alarms, and the topic that they go to,
// live with their metrics.
type region struct {
	here     target.Target
	scope    constructs.Construct
	topicARN string
	alarms   []declared // in the order in which the dashboard shows them
}

// declared is an alarm that is declared.
type declared struct{ arn, name string }

// alarm declares an alarm.
func (r *region) alarm(a alarm) declared {
	id := a.id
	if a.instance != "" {
		id += "-" + a.instance
	}
	if a.period == 0 {
		a.period = 60
	}
	config := &cloudwatchmetricalarm.CloudwatchMetricAlarmConfig{
		AlarmName:          jsii.String(r.here.Name + "-" + id),
		AlarmDescription:   jsii.String(describe(a.description, a.id)),
		ComparisonOperator: jsii.String(string(a.comparison)),
		Threshold:          jsii.Number(a.threshold),
		EvaluationPeriods:  jsii.Number(a.points),
		TreatMissingData:   jsii.String(string(a.missing)),
	}
	if !a.noActions {
		config.AlarmActions = jsii.Strings(r.topicARN)
		config.OkActions = jsii.Strings(r.topicARN) // whoever was woken hears that it is over
	}
	if a.expression != "" {
		config.MetricQuery = a.queries()
	} else {
		config.Namespace = jsii.String(a.metric.namespace)
		config.MetricName = jsii.String(a.metric.name)
		config.Dimensions = target.Tags(a.metric.dimensions)
		config.Period = jsii.Number(a.period)
		config.Statistic = jsii.String(a.metric.statistic)
	}
	alarm := cloudwatchmetricalarm.NewCloudwatchMetricAlarm(r.scope, jsii.String(id), config)
	one := declared{arn: *alarm.Arn(), name: *alarm.AlarmName()}
	r.alarms = append(r.alarms, one)
	return one
}

// queries are the expression, whose result the alarm watches, and the metrics that it is declared of.
func (a alarm) queries() []cloudwatchmetricalarm.CloudwatchMetricAlarmMetricQuery {
	queries := []cloudwatchmetricalarm.CloudwatchMetricAlarmMetricQuery{{
		Id:         jsii.String("result"),
		Expression: jsii.String(a.expression),
		Label:      jsii.String(a.id),
		ReturnData: jsii.Bool(true),
	}}
	for _, m := range a.metrics {
		queries = append(queries, cloudwatchmetricalarm.CloudwatchMetricAlarmMetricQuery{
			Id: jsii.String(m.id),
			Metric: &cloudwatchmetricalarm.CloudwatchMetricAlarmMetricQueryMetric{
				Namespace: jsii.String(m.namespace), MetricName: jsii.String(m.name), Dimensions: target.Tags(m.dimensions),
				Stat: jsii.String(m.statistic), Period: jsii.Number(a.period),
			},
		})
	}
	return queries
}

// describe is what stands in the message: what is wrong, and where to read on.
func describe(description, anchor string) string {
	return fmt.Sprintf("%s. Runbook: %s#%s", description, runbook, anchor)
}

func sorted(texts map[string]string) []string { return slices.Sorted(maps.Keys(texts)) }
