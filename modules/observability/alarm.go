package observability

import (
	"fmt"
	"maps"
	"slices"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchmetricalarm"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// alarm is an alarm before it is declared. Its id ends its name, and names its section of docs/runbooks/alarms.md.
type alarm struct {
	id       string
	instance string // tells alarms of one kind apart: a node, a gateway; empty where there is one
	says     string // what is wrong while it rings, a sentence without its full stop

	metric     metric
	expression string   // over the metrics' ids, in place of one metric
	metrics    []metric // of the expression

	comparison comparison
	threshold  int
	period     int // seconds a data point; 0 is 60
	points     int // how many in a row decide
	missing    missing

	quiet bool // whether it tells nobody: it is a cause of service-down, whose message names it
}

// metric is a metric with its dimensions, and how the data of a period become one number.
type metric struct {
	id, namespace, name string // id is for expressions
	dimensions          map[string]string
	statistic           string // Average, Maximum, Sum, …; in expressions and graphs p99 too
	region              string // in a graph of another region; empty is the graph's own
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
	// isFine is for metrics that are there only when something happens: no request, no error.
	isFine missing = "notBreaching"
	// isBad is for metrics that are there as long as their subject is: without them it is gone, or nobody watches it.
	isBad missing = "breaching"
	// keepsState is for metrics that come rarely, or end with their subject.
	keepsState missing = "ignore"
	// isUnknown is for metrics whose absence says something of CloudWatch alone.
	isUnknown missing = "missing"
)

const runbook = "docs/runbooks/alarms.md"

// here declares an alarm in the stack's region.
func (o *observability) here(a alarm) made {
	one := o.declare(a, nil, o.topic)
	o.alarms = append(o.alarms, one)
	return one
}

// global declares an alarm in us-east-1.
func (o *observability) global(a alarm) made {
	one := o.declare(a, o.GlobalProvider, o.globalTopic)
	o.globalAlarms = append(o.globalAlarms, one)
	return one
}

func (o *observability) declare(a alarm, provider cdktf.TerraformProvider, topic string) made {
	id := a.id
	if a.instance != "" {
		id += "-" + a.instance
	}
	if a.period == 0 {
		a.period = 60
	}
	config := &cloudwatchmetricalarm.CloudwatchMetricAlarmConfig{
		Provider:           provider,
		AlarmName:          jsii.String(o.Name + "-" + id),
		AlarmDescription:   jsii.String(description(a.says, a.id)),
		ComparisonOperator: jsii.String(string(a.comparison)),
		Threshold:          jsii.Number(a.threshold),
		EvaluationPeriods:  jsii.Number(a.points),
		TreatMissingData:   jsii.String(string(a.missing)),
	}
	if !a.quiet {
		config.AlarmActions = jsii.Strings(topic)
		config.OkActions = jsii.Strings(topic) // whoever was woken hears that it is over
	}
	if a.expression != "" {
		config.MetricQuery = a.queries()
	} else {
		config.Namespace = jsii.String(a.metric.namespace)
		config.MetricName = jsii.String(a.metric.name)
		config.Dimensions = pointers(a.metric.dimensions)
		config.Period = jsii.Number(a.period)
		config.Statistic = jsii.String(a.metric.statistic)
	}
	declared := cloudwatchmetricalarm.NewCloudwatchMetricAlarm(o.scope, jsii.String(id), config)
	return made{arn: *declared.Arn(), name: *declared.AlarmName()}
}

// queries are the expression, whose result the alarm watches, and the metrics that it is made of.
func (a alarm) queries() []cloudwatchmetricalarm.CloudwatchMetricAlarmMetricQuery {
	queries := []cloudwatchmetricalarm.CloudwatchMetricAlarmMetricQuery{{
		Id: jsii.String("result"), Expression: jsii.String(a.expression), Label: jsii.String(a.id), ReturnData: jsii.Bool(true),
	}}
	for _, m := range a.metrics {
		queries = append(queries, cloudwatchmetricalarm.CloudwatchMetricAlarmMetricQuery{
			Id: jsii.String(m.id),
			Metric: &cloudwatchmetricalarm.CloudwatchMetricAlarmMetricQueryMetric{
				Namespace: jsii.String(m.namespace), MetricName: jsii.String(m.name), Dimensions: pointers(m.dimensions),
				Stat: jsii.String(m.statistic), Period: jsii.Number(a.period),
			},
		})
	}
	return queries
}

// description is what stands in the message: what is wrong, and where to read on.
func description(says, anchor string) string {
	return fmt.Sprintf("%s. Runbook: %s#%s", says, runbook, anchor)
}

func pointers(texts map[string]string) *map[string]*string {
	result := map[string]*string{}
	for key, text := range texts {
		result[key] = jsii.String(text)
	}
	return &result
}

func sorted(texts map[string]string) []string { return slices.Sorted(maps.Keys(texts)) }
