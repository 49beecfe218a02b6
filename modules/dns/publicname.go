package dns

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53record"
)

// PublicNameConfig is what the public name needs from the rest of the system.
type PublicNameConfig struct {
	Name               string // api.titan.example.com
	ZoneID             string
	DistributionName   string // d111111abcdef8.cloudfront.net
	DistributionZoneID string // CloudFront's own hosted zone
}

// NewPublicName declares the name that users call under scope: an alias of the distribution, for IPv4 and IPv6. CloudFront has no target
// health to evaluate; what is behind it fails over by the origin's name.
func NewPublicName(scope constructs.Construct, id string, config PublicNameConfig) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	for _, record := range []struct{ id, kind string }{{"dns", "A"}, {"dns-ipv6", "AAAA"}} {
		route53record.NewRoute53Record(this, jsii.String(record.id), &route53record.Route53RecordConfig{
			ZoneId: jsii.String(config.ZoneID),
			Name:   jsii.String(config.Name),
			Type:   jsii.String(record.kind),
			Alias: &route53record.Route53RecordAlias{
				Name:                 jsii.String(config.DistributionName),
				ZoneId:               jsii.String(config.DistributionZoneID),
				EvaluateTargetHealth: jsii.Bool(false),
			},
		})
	}
}
