package observability

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// GlobalConfig is what observability in us-east-1 needs from the rest of the system.
type GlobalConfig struct {
	target.Target
	Settings environments.Observability // from the environment file
	KeyARN   string                     // encrypts the topic
	Edge     *Edge                      // nil without a distribution

	// HealthCheckID is the Route 53 health check that decides whether the environment's region serves.
	// Empty where there is none.
	HealthCheckID string
	// Standby is whether the region waits, and its health check is bad by design: the alarm on it is there, and never
	// rings. It does not come and go, because CloudWatch deletes no alarm that a composite one still names, and
	// Terraform would delete it first.
	Standby bool

	Replications []Replication // of buckets of us-east-1
	SignedZoneID string        // of the environment's zone, where its file signs it; else empty
}

// Edge is the distribution and what belongs to it.
type Edge struct {
	DistributionID string
	WebACLName     string
	WebACLLogs     string // the log group of its refusals
	RefusedByRule  string // the query of that log that is shown
	CertificateARN string
}

// global is what is built in us-east-1, while it is.
type global struct {
	region
	GlobalConfig
}

// NewGlobal declares, under scope, what tells an operator of trouble in us-east-1: at the distribution, and
// with the health check that chooses the region. That is what users of the whole service see. Without either
// there is nothing to tell of.
func NewGlobal(scope constructs.Construct, id string, config GlobalConfig) {
	if config.Edge == nil && config.HealthCheckID == "" {
		return
	}
	g := &global{
		GlobalConfig: config,
		region:       region{here: config.Target, scope: constructs.NewConstruct(scope, jsii.String(id))},
	}
	g.newTopic(config.KeyARN, config.Settings.Emails, config.Settings.Webhooks, []iampolicy.Statement{g.alarmPublisher()})
	causes := append(g.edgeAlarms(), g.healthAlarm()...)
	g.replicationAlarms(g.Replications)
	g.signingAlarms()
	g.composite("service-down-for-users", "The service is down for its users", causes)
	g.dashboard()
}

// GlobalAlarms are the names of the alarms of NewGlobal, for the dashboard of another region. name begins
// them: titan-prod-global.
func GlobalAlarms(name string, edge, healthCheck, replicated, signed bool) []string {
	var names []string
	if edge || healthCheck {
		names = append(names, name+"-service-down-for-users")
	}
	if edge {
		names = append(names, name+"-edge-outage", name+"-edge-errors", name+"-certificate-edge")
	}
	if healthCheck {
		names = append(names, name+"-region-health")
	}
	if replicated {
		names = append(names, name+"-replication-failed-static")
	}
	if signed && (edge || healthCheck) {
		names = append(names, name+"-dnssec-failure", name+"-dnssec-key")
	}
	return names
}

// edgeAlarms declares what tells of the distribution. It returns those that mean that users are not served.
func (g *global) edgeAlarms() []declared {
	if g.Edge == nil {
		return nil
	}
	t, errors := g.Settings.Thresholds, g.Edge.metric("5xxErrorRate", "Average")
	outage := g.alarm(alarm{
		id: "edge-outage",
		description: fmt.Sprintf("More than %d %% of the answers of CloudFront have been 5xx for three minutes",
			t.OutagePercent),
		metric:     errors,
		comparison: above,
		threshold:  t.OutagePercent,
		points:     3,
		missing:    notBreaching,
		noActions:  true,
	})
	g.alarm(alarm{
		id: "edge-errors",
		description: fmt.Sprintf("More than %d %% of the answers of CloudFront have been 5xx for five minutes",
			t.ErrorPercent),
		metric:     errors,
		comparison: above,
		threshold:  t.ErrorPercent,
		points:     5,
		missing:    notBreaching,
	})
	g.alarm(certificateAlarm("edge", g.Edge.CertificateARN, t.CertificateDays))
	return []declared{outage}
}

// healthAlarm declares what tells that Route 53 has moved the traffic, or would.
func (g *global) healthAlarm() []declared {
	if g.HealthCheckID == "" {
		return nil
	}
	healthy := 1 // what Route 53 reports of a region that may serve; 0 of one that may not
	if g.Standby {
		healthy = 0
	}
	return []declared{g.alarm(alarm{
		id: "region-health",
		description: "Route 53 takes this region for unhealthy, and sends its traffic to the other region if that one " +
			"is active",
		metric:     g.health(),
		comparison: below,
		threshold:  healthy,
		points:     1,
		missing:    missingData,
		noActions:  true,
	})}
}

// signingAlarms declares what tells that the zone is not signed as it should be: whoever validates then finds
// none of its names (Route 53 Developer Guide, 'Monitoring hosted zones using Amazon CloudWatch', which has
// both every four hours).
func (g *global) signingAlarms() {
	if g.SignedZoneID == "" {
		return
	}
	of := func(name string) metric {
		return metric{
			namespace:  "AWS/Route53",
			name:       name,
			dimensions: map[string]string{"HostedZoneId": g.SignedZoneID},
			statistic:  "Maximum",
		}
	}
	const everyFourHours = 4 * 60 * 60
	g.alarm(alarm{
		id:          "dnssec-failure",
		description: "Route 53 has failed at signing the zone",
		metric:      of("DNSSECInternalFailure"),
		comparison:  above,
		threshold:   0,
		period:      everyFourHours,
		points:      1,
		missing:     ignore,
	})
	g.alarm(alarm{
		id:          "dnssec-key",
		description: "The zone's key-signing key needs somebody: Route 53 can't use its key in KMS",
		metric:      of("DNSSECKeySigningKeysNeedingAction"),
		comparison:  above,
		threshold:   0,
		period:      everyFourHours,
		points:      1,
		missing:     ignore,
	})
}

func (g *global) health() metric {
	return metric{
		namespace:  "AWS/Route53",
		name:       "HealthCheckStatus",
		dimensions: map[string]string{"HealthCheckId": g.HealthCheckID},
		statistic:  "Minimum",
	}
}

// metric is a metric of the distribution. CloudFront's dimension Region is always Global (CloudFront Developer Guide,
// 'Using the CloudWatch API').
func (e *Edge) metric(name, statistic string) metric {
	return metric{
		namespace:  "AWS/CloudFront",
		name:       name,
		dimensions: map[string]string{"DistributionId": e.DistributionID, "Region": "Global"},
		statistic:  statistic,
	}
}
