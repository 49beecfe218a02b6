package dns

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchmetricalarm"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53healthcheck"
)

// sign is a sign of a region's health: an alarm on a metric of its load balancer. Route 53 reads neither metric math, nor percentiles, nor
// composite alarms (Route 53 API Reference, HealthCheckConfig, Type CLOUDWATCH_METRIC), so each is one plain metric.
type sign struct {
	id          string
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
		id: "hosts", description: "No pod answers the load balancer's health check",
		metric: "HealthyHostCount", statistic: "Minimum", comparison: "LessThanThreshold", threshold: 1,
		missing: "missing", targetGroup: true, // reported as long as any target is registered
	},
	{
		id: "errors", description: "The load balancer itself answers with 5xx, more than one a second",
		metric: "HTTPCode_ELB_5XX_Count", statistic: "Sum", comparison: "GreaterThanThreshold", threshold: 60,
		missing: "notBreaching", // reported only where there are errors (ALB User Guide, 'CloudWatch metrics')
	},
}

// healthCheck declares the health of a region and returns its id: all of its signs are good. A check from outside is not to be had, because
// the load balancer takes calls from CloudFront alone, and one on the origin's name would follow the failover itself.
//
// A secondary that is not activated, and a primary that is fenced, is never healthy, whatever its load balancer says: it asks for more healthy signs than there are,
// which is Route 53's own way to say never (API Reference, HealthCheckConfig, HealthThreshold).
func healthCheck(scope constructs.Construct, config OriginConfig) string {
	var children []*string
	for _, s := range signs {
		children = append(children, jsii.String(s.healthCheck(scope, config)))
	}
	wanted := len(children)
	if config.Standby {
		wanted++
	}
	return *route53healthcheck.NewRoute53HealthCheck(scope, jsii.String("health"), &route53healthcheck.Route53HealthCheckConfig{
		Type:                 jsii.String("CALCULATED"),
		ChildHealthchecks:    &children,
		ChildHealthThreshold: jsii.Number(wanted),
		Tags:                 &map[string]*string{"Name": jsii.String(config.Name + "-origin")},
	}).Id()
}

func (s sign) healthCheck(scope constructs.Construct, config OriginConfig) string {
	dimensions := map[string]*string{"LoadBalancer": jsii.String(config.LoadBalancer.ARNSuffix)}
	if s.targetGroup {
		dimensions["TargetGroup"] = jsii.String(config.LoadBalancer.TargetGroupSuffix)
	}
	alarm := cloudwatchmetricalarm.NewCloudwatchMetricAlarm(scope, jsii.String(s.id+"-alarm"), &cloudwatchmetricalarm.CloudwatchMetricAlarmConfig{
		AlarmName: jsii.String(fmt.Sprintf("%s-origin-%s", config.Name, s.id)),
		AlarmDescription: jsii.String(fmt.Sprintf("%s for %d minutes. Route 53 takes the region for unhealthy while this rings. Runbook: docs/runbooks/origin.md",
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
	return *route53healthcheck.NewRoute53HealthCheck(scope, jsii.String(s.id), &route53healthcheck.Route53HealthCheckConfig{
		Type:                         jsii.String("CLOUDWATCH_METRIC"),
		CloudwatchAlarmName:          alarm.AlarmName(),
		CloudwatchAlarmRegion:        jsii.String(config.Region),
		InsufficientDataHealthStatus: jsii.String("LastKnownStatus"), // CloudWatch's own trouble is no reason to move the traffic
		// Route 53 copies the alarm's settings when the health check is made, and again only when it is told to (Route 53 Developer Guide,
		// 'Updating health checks when you change CloudWatch alarm settings').
		Triggers: &map[string]*string{
			"alarm":         jsii.String(fmt.Sprintf("%s %s %v, %d minutes, missing data %s", s.metric, s.comparison, s.threshold, healthMinutes, s.missing)),
			"load_balancer": jsii.String(config.LoadBalancer.ARNSuffix),
		},
		Tags: &map[string]*string{"Name": jsii.String(config.Name + "-origin-" + s.id)},
	}).Id()
}
