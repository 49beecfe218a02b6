package dns

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	healthcheck "github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53healthcheck"

	"github.com/titan-platform/titan/environments"
)

// healthCheck declares the health of a region and returns its id: all of its signs are good. A check from outside can't
// be had, because the load balancer takes calls from CloudFront alone, and one on the origin's name would follow the
// failover itself.
func healthCheck(scope constructs.Construct, config FailoverConfig) string {
	var children []*string
	for _, s := range signs {
		children = append(children, jsii.String(s.healthCheck(scope, config)))
	}
	wanted := len(children)
	// More healthy signs than there are is Route 53's own way to say never (API Reference, HealthCheckConfig,
	// HealthThreshold). It changes this check alone: to update the others, Route 53 would read an alarm in a region that
	// may be lost.
	if config.Standby {
		wanted++
	}
	return *healthcheck.NewRoute53HealthCheck(scope, jsii.String("health"), &healthcheck.Route53HealthCheckConfig{
		Type:                 jsii.String("CALCULATED"),
		ChildHealthchecks:    &children,
		ChildHealthThreshold: jsii.Number(wanted),
		Tags:                 config.Tag("origin"),
	}).Id()
}

// healthCheck declares the check that watches the sign's alarm. Route 53 copies the alarm's settings when the check is
// made, and again only when it is told to (Route 53 Developer Guide, 'Updating health checks when you change CloudWatch
// alarm settings'): by the trigger, and by `titan deploy` where the load balancer's name has changed.
func (s sign) healthCheck(scope constructs.Construct, config FailoverConfig) string {
	return *healthcheck.NewRoute53HealthCheck(scope, jsii.String(string(s.id)), &healthcheck.Route53HealthCheckConfig{
		Type:                  jsii.String("CLOUDWATCH_METRIC"),
		CloudwatchAlarmName:   jsii.String(environments.OriginAlarmName(config.AlarmPrefix, s.id)),
		CloudwatchAlarmRegion: jsii.String(config.OriginRegion),
		// CloudWatch's own trouble is no reason to move the traffic.
		InsufficientDataHealthStatus: jsii.String("LastKnownStatus"),
		Triggers:                     &map[string]*string{"alarm": jsii.String(s.settings())},
		Tags:                         config.Tag("origin-" + string(s.id)),
	}).Id()
}
