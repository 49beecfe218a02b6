package observability

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/aws/jsii-runtime-go"
	metricfilter "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchlogmetricfilter"
)

// logNamespace is the namespace of the metrics that are counted in logs, one of each environment and one of the
// account: Titan/prod, Titan/Account.
func (r *region) logNamespace() string {
	project := r.here.Project
	return strings.ToUpper(project[:1]) + project[1:] + "/" + cmp.Or(r.here.Environment, "Account")
}

// count declares a metric that counts the events of a log group that match a pattern. Zero is written for events that
// do not, so that the metric is there as long as there are logs.
func (r *region) count(id, name, logGroup, pattern string) metric {
	counted := metric{namespace: r.logNamespace(), name: name, statistic: "Sum"}
	metricfilter.NewCloudwatchLogMetricFilter(r.scope, jsii.String(id+"-filter"),
		&metricfilter.CloudwatchLogMetricFilterConfig{
			Name:         jsii.String(r.here.Name + "-" + id),
			LogGroupName: jsii.String(logGroup),
			Pattern:      jsii.String(pattern),
			MetricTransformation: &metricfilter.CloudwatchLogMetricFilterMetricTransformation{
				Namespace: jsii.String(counted.namespace), Name: jsii.String(counted.name), Value: jsii.String("1"),
				DefaultValue: jsii.String("0"), Unit: jsii.String("Count"),
			},
		})
	return counted
}

// applicationErrors counts the errors that the application logs as JSON with a level. Fluent Bit parses what
// containers write and puts it below log_processed (aws-observability/helm-charts, amazon-cloudwatch-observability,
// values.yaml, Merge_Log_Key).
func (o *observability) applicationErrors() metric {
	return o.count("application-errors", "ApplicationErrors", o.Cluster.ApplicationLogGroup, fmt.Sprintf(
		`{ $.kubernetes.namespace_name = %q && `+
			`($.log_processed.level = "error" || $.log_processed.level = "ERROR" || `+
			`$.log_processed.level = "fatal" || $.log_processed.level = "FATAL") }`,
		o.Cluster.ApplicationNamespace))
}

// deniedCalls counts the calls that the cluster's API refused, by its audit log: a workload with too few rights, or a
// person who looks for more.
func (o *observability) deniedCalls() metric {
	return o.count("denied-calls", "DeniedCalls", o.Cluster.LogGroup,
		`{ $.kind = "Event" && $.responseStatus.code = 403 }`)
}

// databaseErrors counts what ends a session of PostgreSQL, or all of them. Failed logins are FATAL too.
func (o *observability) databaseErrors() metric {
	return o.count("database-errors", "DatabaseErrors", o.Database.LogGroup, `?"FATAL:" ?"PANIC:"`)
}

// logAlarm declares the alarm on a count of log events.
func (r *region) logAlarm(id, says string, threshold int, counted metric) {
	r.alarm(alarm{
		id:          id,
		description: fmt.Sprintf(says, threshold),
		metric:      counted,
		comparison:  above,
		threshold:   threshold,
		period:      300,
		points:      1,
		missing:     notBreaching,
	})
}
