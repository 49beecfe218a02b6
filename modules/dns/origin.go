package dns

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53record"

	"github.com/titan-platform/titan/environments"
)

// LoadBalancer is the load balancer that a name leads to.
type LoadBalancer struct {
	DNSName           string
	ZoneID            string // ELB's own hosted zone in the region
	ARNSuffix         string // its name in CloudWatch
	TargetGroupSuffix string // the same of its target group
}

// OriginConfig is what the origin's name needs from the rest of the system.
type OriginConfig struct {
	Name         string // begins the names of alarms: titan-prod
	Settings     environments.DNS
	Role         environments.DRRole
	Standby      bool // whether it gets no traffic while the other one of the pair is healthy
	ZoneID       string
	Region       string // of the load balancer
	LoadBalancer LoadBalancer
}

// Origin is what other modules may use.
type Origin struct {
	HealthCheckID string // of the region; empty without a part in disaster recovery
}

// NewOrigin declares the name that CloudFront calls, `origin.<domain>`, under scope.
//
// An environment without a part in disaster recovery has a plain alias. Of a pair each makes its own record of the same name: Route 53
// answers with the primary's while that is healthy, else with the secondary's if that is healthy, and with the primary's again where
// neither is (Route 53 API Reference, ResourceRecordSet, Failover). So a secondary that is not activated never gets traffic, and an outage of
// both looks like one of the primary.
func NewOrigin(scope constructs.Construct, id string, config OriginConfig) Origin {
	this := constructs.NewConstruct(scope, jsii.String(id))
	record := &route53record.Route53RecordConfig{
		ZoneId: jsii.String(config.ZoneID),
		Name:   jsii.String(config.Settings.Origin()),
		Type:   jsii.String("A"),
		Alias: &route53record.Route53RecordAlias{
			Name:                 jsii.String(config.LoadBalancer.DNSName),
			ZoneId:               jsii.String(config.LoadBalancer.ZoneID),
			EvaluateTargetHealth: jsii.Bool(true),
		},
	}
	var origin Origin
	if policy := failoverPolicy[config.Role]; policy != "" {
		record.SetIdentifier = jsii.String(string(config.Role))
		record.FailoverRoutingPolicy = &route53record.Route53RecordFailoverRoutingPolicy{Type: jsii.String(policy)}
		origin.HealthCheckID = healthCheck(this, config)
		record.HealthCheckId = jsii.String(origin.HealthCheckID)
	}
	route53record.NewRoute53Record(this, jsii.String("record"), record)
	return origin
}

var failoverPolicy = map[environments.DRRole]string{
	environments.DRPrimary:   "PRIMARY",
	environments.DRSecondary: "SECONDARY",
}
