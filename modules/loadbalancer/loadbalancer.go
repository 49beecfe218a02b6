// Package loadbalancer provides the Application Load Balancer between CloudFront and the cluster. Terraform owns it
// whole: the controller in the cluster only tells its target group which pods there are.
package loadbalancer

import (
	"strconv"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/lb"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/lbtargetgroup"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/accesslogs"
)

// Ports of the ingress controller's pods, Traefik's by its chart's defaults.
const (
	TrafficPort = 8000
	HealthPort  = 8080
	// HealthPath is what Traefik answers on HealthPort while it takes requests.
	HealthPath = "/ping"
)

// Config is what a load balancer needs from the rest of the system.
type Config struct {
	target.Target // protected, it refuses to be deleted

	ALBName   string // titan-prod-alb, at most 32 characters
	LogBucket string // the name of the bucket for its logs, see package accesslogs

	Settings environments.LoadBalancer // from the environment file

	VPCID               string
	SubnetIDs           []string                     // public, one a zone
	Egress              []cdktf.ITerraformDependable // between the subnets and the internet
	NodeSecurityGroupID string                       // pods' group, which gets the rules for what comes from here

	CertificateARN string  // issued, for the origin's name and the public one
	Header         Header  // what CloudFront sends and others do not know
	Direct         *Direct // how people call it where there is no CloudFront before it; nil otherwise

	Restricted *Restricted // a name that some may call besides; nil is none

	// Refuses is whether it answers nobody: its environment stands by or is fenced. Whoever serves, its distribution says
	// by environments.ServingHeader.
	Refuses bool
}

// standby is what a load balancer that refuses waits for, and no distribution sends. The rule stays, because a target
// group without a load balancer has no health checks, and pods with readiness gates in it never become ready (ALB User
// Guide, 'Target health status': unused).
const standby = ":standby"

// Header is a request header with the values that are let through.
type Header struct {
	Name   string
	Values []string
}

// Output is what other modules may use.
type Output struct {
	ARN, ARNSuffix  string // the suffix is its name in CloudWatch
	DNSName, ZoneID string // what an alias record points at

	TargetGroupARN, TargetGroupSuffix string
	SecurityGroupID                   string
}

// loadBalancer is a load balancer while it is built.
type loadBalancer struct {
	Config
	scope constructs.Construct
}

// New declares the load balancer under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	l := &loadBalancer{Config: config, scope: constructs.NewConstruct(scope, jsii.String(id))}

	group := l.securityGroup()
	alb := lb.NewLb(l.scope, jsii.String("alb"), &lb.LbConfig{
		Name:                    jsii.String(config.ALBName),
		LoadBalancerType:        jsii.String("application"),
		Internal:                jsii.Bool(false),
		Subnets:                 jsii.Strings(config.SubnetIDs...),
		SecurityGroups:          jsii.Strings(group),
		IdleTimeout:             jsii.Number(config.Settings.IdleTimeout),
		DropInvalidHeaderFields: jsii.Bool(true),
		// Strictest refuses what real clients send and applications take: header bytes beyond ASCII.
		DesyncMitigationMode:     jsii.String("defensive"),
		EnableDeletionProtection: jsii.Bool(config.Protected),
		EnableZonalShift:         jsii.Bool(true), // as the cluster: a zone in trouble can be left with one call
		AccessLogs: &lb.LbAccessLogs{
			Bucket:  jsii.String(config.LogBucket),
			Prefix:  jsii.String(accesslogs.LoadBalancerRequests),
			Enabled: jsii.Bool(true),
		},
		ConnectionLogs: &lb.LbConnectionLogs{
			Bucket:  jsii.String(config.LogBucket),
			Prefix:  jsii.String(accesslogs.LoadBalancerConnections),
			Enabled: jsii.Bool(true),
		},
		DependsOn: &config.Egress,
	})
	targets := l.targetGroup()
	l.listeners(alb, targets)

	return Output{
		ARN:               *alb.Arn(),
		ARNSuffix:         *alb.ArnSuffix(),
		DNSName:           *alb.DnsName(),
		ZoneID:            *alb.ZoneId(),
		TargetGroupARN:    *targets.Arn(),
		TargetGroupSuffix: *targets.ArnSuffix(),
		SecurityGroupID:   group,
	}
}

// targetGroup declares where requests go: pods by their addresses. Who registers them is the AWS Load Balancer
// Controller, by a TargetGroupBinding in the cluster.
func (l *loadBalancer) targetGroup() lbtargetgroup.LbTargetGroup {
	const namePrefixLimit = 6
	return lbtargetgroup.NewLbTargetGroup(l.scope, jsii.String("targets"), &lbtargetgroup.LbTargetGroupConfig{
		NamePrefix:          jsii.String(strings.TrimRight(l.Project[:min(len(l.Project), namePrefixLimit-1)], "-") + "-"),
		VpcId:               jsii.String(l.VPCID),
		TargetType:          jsii.String("ip"),
		Port:                jsii.Number(TrafficPort),
		Protocol:            jsii.String("HTTP"),
		DeregistrationDelay: jsii.String(strconv.Itoa(l.Settings.DeregistrationDelay)),
		SlowStart:           jsii.Number(l.Settings.SlowStart),
		HealthCheck: &lbtargetgroup.LbTargetGroupHealthCheck{
			Port:               jsii.String(strconv.Itoa(HealthPort)),
			Path:               jsii.String(HealthPath),
			Protocol:           jsii.String("HTTP"),
			Matcher:            jsii.String("200"),
			Interval:           jsii.Number(10),
			Timeout:            jsii.Number(5),
			HealthyThreshold:   jsii.Number(2),
			UnhealthyThreshold: jsii.Number(3),
		},
		Tags: l.Tag("alb-targets"),
		// A listener rule has to point at one while another is made.
		Lifecycle: &cdktf.TerraformResourceLifecycle{CreateBeforeDestroy: jsii.Bool(true)},
	})
}
