package edge

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontdistribution"

	"github.com/titan-platform/titan/environments"
)

// The origins, by the document's name and ours.
const (
	albOrigin     = "ALBOrigin"
	staticOrigin  = "static"
	replicaOrigin = "static-replica"
	staticGroup   = "static-group"
)

func (e *edge) distribution(webACL string) cloudfrontdistribution.CloudfrontDistribution {
	config := &cloudfrontdistribution.CloudfrontDistributionConfig{
		Comment:              jsii.String(e.Name),
		Enabled:              jsii.Bool(true),
		IsIpv6Enabled:        jsii.Bool(true),
		HttpVersion:          jsii.String("http2and3"),
		PriceClass:           jsii.String(string(e.Settings.PriceClass)),
		Aliases:              jsii.Strings(e.PublicNames...),
		WebAclId:             jsii.String(webACL), // an ARN, for a WAFv2 web ACL
		Origin:               e.origins(),
		DefaultCacheBehavior: e.defaultBehavior(),
		OrderedCacheBehavior: e.ordered(),
		CustomErrorResponse:  e.errors(),
		Restrictions: &cloudfrontdistribution.CloudfrontDistributionRestrictions{
			GeoRestriction: countries(e.Settings),
		},
		ViewerCertificate: &cloudfrontdistribution.CloudfrontDistributionViewerCertificate{
			AcmCertificateArn:      jsii.String(e.CertificateARN),
			SslSupportMethod:       jsii.String("sni-only"),
			MinimumProtocolVersion: jsii.String("TLSv1.2_2021"),
		},
	}
	if e.Replica != nil {
		config.OriginGroup = []cloudfrontdistribution.CloudfrontDistributionOriginGroup{{
			OriginId: jsii.String(staticGroup),
			FailoverCriteria: &cloudfrontdistribution.CloudfrontDistributionOriginGroupFailoverCriteria{
				StatusCodes: &[]*float64{jsii.Number(500), jsii.Number(502), jsii.Number(503), jsii.Number(504)},
			},
			Member: []cloudfrontdistribution.CloudfrontDistributionOriginGroupMember{
				{OriginId: jsii.String(staticOrigin)}, {OriginId: jsii.String(replicaOrigin)},
			},
		}}
	}
	return cloudfrontdistribution.NewCloudfrontDistribution(e.scope, jsii.String("cdn"), config)
}

// countries are who is served: all, some, or all but some.
func countries(settings environments.Edge) *cloudfrontdistribution.CloudfrontDistributionRestrictionsGeoRestriction {
	kind, list := "none", []string(nil)
	switch {
	case len(settings.AllowCountries) > 0:
		kind, list = "whitelist", settings.AllowCountries
	case len(settings.DenyCountries) > 0:
		kind, list = "blacklist", settings.DenyCountries
	}
	return &cloudfrontdistribution.CloudfrontDistributionRestrictionsGeoRestriction{
		RestrictionType: jsii.String(kind),
		Locations:       jsii.Strings(list...),
	}
}
