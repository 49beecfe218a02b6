package dns

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53record"
)

// PublicNamesConfig is what the public names need from the rest of the system.
type PublicNamesConfig struct {
	Names              []string // the main one first: api.titan.example.com
	ZoneID             string
	DistributionName   string // d111111abcdef8.cloudfront.net
	DistributionZoneID string // CloudFront's own hosted zone
}

// NewPublicNames declares the names that users call under scope: each an alias of the distribution, for IPv4 and IPv6.
// CloudFront has no target health to evaluate; what is behind it fails over by the origin's name.
func NewPublicNames(scope constructs.Construct, id string, config PublicNamesConfig) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	config.alias(this, config.Names[0])
	for _, name := range config.Names[1:] { // each in a scope of its own, so that another in the file changes no address
		config.alias(constructs.NewConstruct(this, jsii.String(name)), name)
	}
}

func (c PublicNamesConfig) alias(scope constructs.Construct, name string) {
	for _, record := range []struct{ id, kind string }{{"dns", "A"}, {"dns-ipv6", "AAAA"}} {
		route53record.NewRoute53Record(scope, jsii.String(record.id), &route53record.Route53RecordConfig{
			ZoneId: jsii.String(c.ZoneID),
			Name:   jsii.String(name),
			Type:   jsii.String(record.kind),
			Alias: &route53record.Route53RecordAlias{
				Name:                 jsii.String(c.DistributionName),
				ZoneId:               jsii.String(c.DistributionZoneID),
				EvaluateTargetHealth: jsii.Bool(false),
			},
		})
	}
}
