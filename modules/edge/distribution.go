package edge

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontdistribution"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/wafv2webacl"

	"github.com/titan-platform/titan/environments"
)

// The origins, by the document's name and ours.
const (
	albOrigin     = "ALBOrigin"
	staticOrigin  = "static"
	replicaOrigin = "static-replica"
	staticGroup   = "static-group"
)

// maintenancePage is what users see while the origin cannot answer.
const maintenancePage = "/maintenance/index.html"

func (e *edge) distribution(acl wafv2webacl.Wafv2WebAcl) cloudfrontdistribution.CloudfrontDistribution {
	config := &cloudfrontdistribution.CloudfrontDistributionConfig{
		Comment:              jsii.String(e.Name),
		Enabled:              jsii.Bool(true),
		IsIpv6Enabled:        jsii.Bool(true),
		HttpVersion:          jsii.String("http2and3"),
		PriceClass:           jsii.String(string(e.Settings.PriceClass)),
		Aliases:              jsii.Strings(e.PublicNames...),
		WebAclId:             acl.Arn(), // an ARN, for a WAFv2 web ACL
		Origin:               e.origins(),
		DefaultCacheBehavior: e.api(),
		OrderedCacheBehavior: e.reads(),
		CustomErrorResponse:  maintenance(),
		Restrictions:         &cloudfrontdistribution.CloudfrontDistributionRestrictions{GeoRestriction: countries(e.Settings)},
		ViewerCertificate: &cloudfrontdistribution.CloudfrontDistributionViewerCertificate{
			AcmCertificateArn:      jsii.String(e.CertificateARN),
			SslSupportMethod:       jsii.String("sni-only"),
			MinimumProtocolVersion: jsii.String("TLSv1.2_2021"),
		},
	}
	if e.Replica != nil {
		config.OriginGroup = []cloudfrontdistribution.CloudfrontDistributionOriginGroup{{
			OriginId:         jsii.String(staticGroup),
			FailoverCriteria: &cloudfrontdistribution.CloudfrontDistributionOriginGroupFailoverCriteria{StatusCodes: &[]*float64{jsii.Number(500), jsii.Number(502), jsii.Number(503), jsii.Number(504)}},
			Member: []cloudfrontdistribution.CloudfrontDistributionOriginGroupMember{
				{OriginId: jsii.String(staticOrigin)}, {OriginId: jsii.String(replicaOrigin)},
			},
		}}
	}
	return cloudfrontdistribution.NewCloudfrontDistribution(e.scope, jsii.String("cdn"), config)
}

// origins are the load balancer of the region that serves, and the buckets of static assets.
func (e *edge) origins() []cloudfrontdistribution.CloudfrontDistributionOrigin {
	control := e.originAccessControl()
	var headers []cloudfrontdistribution.CloudfrontDistributionOriginCustomHeader
	for _, header := range e.Headers {
		headers = append(headers, cloudfrontdistribution.CloudfrontDistributionOriginCustomHeader{
			Name: jsii.String(header.Name), Value: jsii.String(header.Value),
		})
	}
	origins := []cloudfrontdistribution.CloudfrontDistributionOrigin{
		{
			OriginId:     jsii.String(albOrigin),
			DomainName:   jsii.String(e.OriginName),
			CustomHeader: headers,
			// Without it CloudFront takes the name for a bucket's.
			CustomOriginConfig: &cloudfrontdistribution.CloudfrontDistributionOriginCustomOriginConfig{
				HttpPort:             jsii.Number(80),
				HttpsPort:            jsii.Number(443),
				OriginProtocolPolicy: jsii.String("https-only"),
				OriginSslProtocols:   jsii.Strings("TLSv1.2"), // the most that CloudFront speaks to an origin
			},
		},
		e.Static.origin(staticOrigin, control),
	}
	if e.Replica != nil {
		origins = append(origins, e.Replica.origin(replicaOrigin, control))
	}
	return origins
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

// maintenance answers for an origin that cannot be reached or has nobody to answer. The status stays: a client that retries has to know, and
// a monitor too. Other errors are the application's own answers and pass as they are.
func maintenance() []cloudfrontdistribution.CloudfrontDistributionCustomErrorResponse {
	var responses []cloudfrontdistribution.CloudfrontDistributionCustomErrorResponse
	for _, code := range []float64{502, 503, 504} {
		responses = append(responses, cloudfrontdistribution.CloudfrontDistributionCustomErrorResponse{
			ErrorCode:          jsii.Number(code),
			ResponseCode:       jsii.Number(code),
			ResponsePagePath:   jsii.String(maintenancePage),
			ErrorCachingMinTtl: jsii.Number(10), // seconds: an origin in trouble is not asked by everyone, one that is back is soon found
		})
	}
	return responses
}
