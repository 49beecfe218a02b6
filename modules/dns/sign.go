package dns

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	metricalarm "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchmetricalarm"

	"github.com/titan-platform/titan/environments"
)

// sign is a sign of a region's health: an alarm on a metric of its load balancer. Route 53 reads neither metric
// math, nor percentiles, nor composite alarms (Route 53 API Reference, HealthCheckConfig, Type CLOUDWATCH_METRIC),
// so each is one plain metric.
type sign struct {
	id          environments.OriginSign
	description string
	metric      string
	statistic   string
	comparison  string
	threshold   float64
	missing     string // how the alarm takes a minute without data
	targetGroup bool   // whether the metric is the target group's, not the load balancer's alone
}

// healthMinutes in a row decide.
const healthMinutes = 3

var signs = []sign{
	{
		id: environments.OriginHosts, description: "No pod answers the load balancer's health check",
		metric: "HealthyHostCount", statistic: "Minimum", comparison: "LessThanThreshold", threshold: 1,
		missing: "missing", targetGroup: true, // reported as long as any target is registered
	},
	{
		id: environments.OriginErrors, description: "The load balancer itself answers with 5xx, more than one a second",
		metric: "HTTPCode_ELB_5XX_Count", statistic: "Sum", comparison: "GreaterThanThreshold", threshold: 60,
		missing: "notBreaching", // reported only where there are errors (ALB User Guide, 'CloudWatch metrics')
	},
}

// settings are all of an alarm that a health check copies, but for its dimensions, which only the load
// balancer's stack knows.
func (s sign) settings() string {
	return fmt.Sprintf("%s %s %v, %d minutes, missing data %s",
		s.metric, s.comparison, s.threshold, healthMinutes, s.missing)
}

// alarm declares the alarm, in the load balancer's region.
func (s sign) alarm(scope constructs.Construct, name string, loadBalancer LoadBalancer) {
	dimensions := map[string]*string{"LoadBalancer": jsii.String(loadBalancer.ARNSuffix)}
	if s.targetGroup {
		dimensions["TargetGroup"] = jsii.String(loadBalancer.TargetGroupSuffix)
	}
	metricalarm.NewCloudwatchMetricAlarm(scope, jsii.String(string(s.id)+"-alarm"),
		&metricalarm.CloudwatchMetricAlarmConfig{
			AlarmName: jsii.String(environments.OriginAlarmName(name, s.id)),
			AlarmDescription: jsii.String(fmt.Sprintf(
				"%s for %d minutes. Route 53 takes the region for unhealthy while this rings. Runbook: docs/runbooks/origin.md",
				s.description, healthMinutes)),
			Namespace:          jsii.String("AWS/ApplicationELB"),
			MetricName:         jsii.String(s.metric),
			Dimensions:         &dimensions,
			Statistic:          jsii.String(s.statistic),
			Period:             jsii.Number(60),
			EvaluationPeriods:  jsii.Number(healthMinutes),
			ComparisonOperator: jsii.String(s.comparison),
			Threshold:          jsii.Number(s.threshold),
			TreatMissingData:   jsii.String(s.missing),
		})
}
