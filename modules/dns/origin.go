package dns

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53record"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
)

// LoadBalancer is the load balancer that a name leads to.
type LoadBalancer struct {
	DNSName           string
	ZoneID            string // ELB's own hosted zone in the region
	ARNSuffix         string // its name in CloudWatch
	TargetGroupSuffix string // the same of its target group
}

// RegionalOriginConfig is what a region's name needs from the rest of the system.
type RegionalOriginConfig struct {
	target.Target
	Settings     environments.DNS
	Zone         Zone
	Watched      bool // whether Route 53's health checks watch the region, as they do of a pair
	LoadBalancer LoadBalancer
}

// NewRegionalOrigin declares the name of a region's load balancer, `<region>.origin.<domain>`, under scope, and beside
// it the alarms that Route 53 goes by. Who of a pair is called is said by NewFailover, in another stack, which knows
// these by their names alone.
func NewRegionalOrigin(scope constructs.Construct, id string, config RegionalOriginConfig) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	name := config.Settings.RegionalOrigin(environments.Region(config.Region))
	route53record.NewRoute53Record(this, jsii.String("record"),
		alias(config.Zone.ID, name, config.LoadBalancer.DNSName, config.LoadBalancer.ZoneID))
	if !config.Watched {
		return
	}
	for _, s := range signs {
		s.alarm(this, config.Name, config.LoadBalancer)
	}
}

// FailoverConfig is what the origin's name needs from the rest of the system.
type FailoverConfig struct {
	target.Target
	AlarmPrefix  string // begins the names of the alarms in the load balancer's region: titan-prod
	OriginRegion string // of the load balancer
	Settings     environments.DNS
	Zone         Zone
	Role         environments.DRRole
	Standby      bool // whether it gets no traffic while the other one of the pair is healthy
}

// Failover is what other modules may use.
type Failover struct {
	HealthCheckID string // of the region; empty without a part in disaster recovery
	Record        cdktf.ITerraformDependable
}

// NewFailover declares the name that CloudFront calls, `origin.<domain>`, under scope: a plain alias, or, in a pair,
// each environment's own record of that name.
func NewFailover(scope constructs.Construct, id string, config FailoverConfig) Failover {
	this := constructs.NewConstruct(scope, jsii.String(id))
	regional := config.Settings.RegionalOrigin(environments.Region(config.OriginRegion))
	record := alias(config.Zone.ID, config.Settings.Origin(), regional, config.Zone.ID)
	var failover Failover
	// Where neither record is healthy, Route 53 answers with the primary's (API Reference, ResourceRecordSet, Failover).
	// So DNS alone keeps nobody from a region that must not serve: its load balancer refuses, too.
	if policy := failoverPolicy[config.Role]; policy != "" {
		record.SetIdentifier = jsii.String(string(config.Role))
		record.FailoverRoutingPolicy = &route53record.Route53RecordFailoverRoutingPolicy{Type: jsii.String(policy)}
		failover.HealthCheckID = healthCheck(this, config)
		record.HealthCheckId = jsii.String(failover.HealthCheckID)
	}
	failover.Record = route53record.NewRoute53Record(this, jsii.String("record"), record)
	return failover
}

// failoverPolicy is Route 53's word for a part in disaster recovery; none is none.
var failoverPolicy = map[environments.DRRole]string{
	environments.DRPrimary:   "PRIMARY",
	environments.DRSecondary: "SECONDARY",
}

// alias is a record that leads to another name, and is as healthy as that.
func alias(zoneID, name, to, toZoneID string) *route53record.Route53RecordConfig {
	return &route53record.Route53RecordConfig{
		ZoneId: jsii.String(zoneID),
		Name:   jsii.String(name),
		Type:   jsii.String("A"),
		Alias: &route53record.Route53RecordAlias{
			Name:                 jsii.String(to),
			ZoneId:               jsii.String(toZoneID),
			EvaluateTargetHealth: jsii.Bool(true),
		},
	}
}
