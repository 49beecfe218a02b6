package edge

import (
	"github.com/aws/jsii-runtime-go"
	cachepolicy "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontcachepolicy"
	requestpolicy "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontoriginrequestpolicy"
	headerspolicy "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontresponseheaderspolicy"
)

// TTLs, in seconds.
const (
	minute = 60
	day    = 24 * 60 * minute
	year   = 365 * day
)

// policies are what is cached, what is forwarded, and what answers carry, by their ids.
type policies struct {
	apiCache, staticCache string
	wholeRequest          string
	securityHeaders       string
}

func (e *edge) newPolicies() policies {
	return policies{
		apiCache:        e.apiCache(),
		staticCache:     e.staticCache(),
		wholeRequest:    e.wholeRequest(),
		securityHeaders: e.newSecurityHeaders(),
	}
}

// apiCache keeps an answer only where the origin says so, by Cache-Control, and for a minute at most. What identifies a
// user is part of the key, so nobody gets another's answer; the host is too, since it reaches the origin.
func (e *edge) apiCache() string {
	return *cachepolicy.NewCloudfrontCachePolicy(e.scope, jsii.String("api-cache"),
		&cachepolicy.CloudfrontCachePolicyConfig{
			Name:       jsii.String(e.Name + "-api"),
			Comment:    jsii.String("A minute at most, and only where the origin says so"),
			MinTtl:     jsii.Number(0),
			DefaultTtl: jsii.Number(0),
			MaxTtl:     jsii.Number(minute),
			ParametersInCacheKeyAndForwardedToOrigin: &cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOrigin{
				EnableAcceptEncodingGzip:   jsii.Bool(true),
				EnableAcceptEncodingBrotli: jsii.Bool(true),
				HeadersConfig: &cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfig{
					HeaderBehavior: jsii.String("whitelist"),
					Headers: &cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfigHeaders{
						Items: jsii.Strings("Accept", "Accept-Language", "Authorization", "Host", "Origin"),
					},
				},
				CookiesConfig: &cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfig{
					CookieBehavior: jsii.String("all"),
				},
				QueryStringsConfig: &cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginQueryStringsConfig{
					QueryStringBehavior: jsii.String("all"),
				},
			},
		}).Id()
}

// staticCache keeps assets for a day, and for up to a year where they say so. Nothing but the path tells them apart.
func (e *edge) staticCache() string {
	none := jsii.String("none")
	return *cachepolicy.NewCloudfrontCachePolicy(e.scope, jsii.String("static-cache"),
		&cachepolicy.CloudfrontCachePolicyConfig{
			Name:       jsii.String(e.Name + "-static"),
			Comment:    jsii.String("A day, or up to a year where the object says so"),
			MinTtl:     jsii.Number(1),
			DefaultTtl: jsii.Number(day),
			MaxTtl:     jsii.Number(year),
			ParametersInCacheKeyAndForwardedToOrigin: &cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOrigin{
				EnableAcceptEncodingGzip:   jsii.Bool(true),
				EnableAcceptEncodingBrotli: jsii.Bool(true),
				HeadersConfig: &cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfig{
					HeaderBehavior: none,
				},
				CookiesConfig: &cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfig{
					CookieBehavior: none,
				},
				QueryStringsConfig: &cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginQueryStringsConfig{
					QueryStringBehavior: none,
				},
			},
		}).Id()
}

// wholeRequest forwards what the user sent, the Host too: the load balancer's certificate and the Ingress go by it.
// CloudFront's own headers tell the application where the user is and by which protocol they came.
func (e *edge) wholeRequest() string {
	return *requestpolicy.NewCloudfrontOriginRequestPolicy(e.scope, jsii.String("whole-request"),
		&requestpolicy.CloudfrontOriginRequestPolicyConfig{
			Name:    jsii.String(e.Name + "-whole-request"),
			Comment: jsii.String("What the user sent, and where from"),
			HeadersConfig: &requestpolicy.CloudfrontOriginRequestPolicyHeadersConfig{
				HeaderBehavior: jsii.String("allViewerAndWhitelistCloudFront"),
				Headers: &requestpolicy.CloudfrontOriginRequestPolicyHeadersConfigHeaders{
					Items: jsii.Strings("CloudFront-Forwarded-Proto", "CloudFront-Viewer-Address", "CloudFront-Viewer-Country"),
				},
			},
			CookiesConfig: &requestpolicy.CloudfrontOriginRequestPolicyCookiesConfig{CookieBehavior: jsii.String("all")},
			QueryStringsConfig: &requestpolicy.CloudfrontOriginRequestPolicyQueryStringsConfig{
				QueryStringBehavior: jsii.String("all"),
			},
		}).Id()
}

// newSecurityHeaders declares the policy of answers that the file says nothing more of.
func (e *edge) newSecurityHeaders() string {
	return *headerspolicy.NewCloudfrontResponseHeadersPolicy(e.scope, jsii.String("security-headers"),
		&headerspolicy.CloudfrontResponseHeadersPolicyConfig{
			Name:                  jsii.String(e.Name + "-security-headers"),
			Comment:               jsii.String("HSTS, nosniff, no frames, no paths to others"),
			SecurityHeadersConfig: securityHeaders(),
		}).Id()
}

// securityHeaders tell browsers to come by HTTPS alone, to believe content types, not to show us in frames, and to
// keep paths to themselves.
func securityHeaders() *headerspolicy.CloudfrontResponseHeadersPolicySecurityHeadersConfig {
	override := jsii.Bool(true)
	return &headerspolicy.CloudfrontResponseHeadersPolicySecurityHeadersConfig{
		StrictTransportSecurity: &headerspolicy.CloudfrontResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurity{
			AccessControlMaxAgeSec: jsii.Number(2 * year),
			IncludeSubdomains:      jsii.Bool(true),
			Override:               override,
		},
		ContentTypeOptions: &headerspolicy.CloudfrontResponseHeadersPolicySecurityHeadersConfigContentTypeOptions{
			Override: override,
		},
		FrameOptions: &headerspolicy.CloudfrontResponseHeadersPolicySecurityHeadersConfigFrameOptions{
			FrameOption: jsii.String("DENY"), Override: override,
		},
		ReferrerPolicy: &headerspolicy.CloudfrontResponseHeadersPolicySecurityHeadersConfigReferrerPolicy{
			ReferrerPolicy: jsii.String("strict-origin-when-cross-origin"), Override: override,
		},
	}
}
