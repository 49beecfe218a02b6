package edge

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontdistribution"
)

// redirect sends HTTP to HTTPS.
const redirect = "redirect-to-https"

// api is the behaviour of all paths but those of static assets: every method, so one origin. CloudFront refuses an origin group where
// writes are allowed (aws/aws-cdk#32450); the load balancer's failover is DNS's.
func (e *edge) api() *cloudfrontdistribution.CloudfrontDistributionDefaultCacheBehavior {
	return &cloudfrontdistribution.CloudfrontDistributionDefaultCacheBehavior{
		TargetOriginId:          jsii.String(albOrigin),
		ViewerProtocolPolicy:    jsii.String(redirect),
		AllowedMethods:          jsii.Strings("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"),
		CachedMethods:           jsii.Strings("GET", "HEAD"),
		Compress:                jsii.Bool(true),
		CachePolicyId:           jsii.String(e.policies.apiCache),
		OriginRequestPolicyId:   jsii.String(e.policies.wholeRequest),
		ResponseHeadersPolicyId: jsii.String(e.policies.securityHeaders),
	}
}

// reads are the behaviours of what is only read: from the bucket, or from its replica where the bucket's region fails.
func (e *edge) reads() []cloudfrontdistribution.CloudfrontDistributionOrderedCacheBehavior {
	target := staticOrigin
	if e.Replica != nil {
		target = staticGroup
	}
	var behaviors []cloudfrontdistribution.CloudfrontDistributionOrderedCacheBehavior
	for _, path := range []string{"/static/*", "/maintenance/*"} {
		behaviors = append(behaviors, cloudfrontdistribution.CloudfrontDistributionOrderedCacheBehavior{
			PathPattern:             jsii.String(path),
			TargetOriginId:          jsii.String(target),
			ViewerProtocolPolicy:    jsii.String(redirect),
			AllowedMethods:          jsii.Strings("GET", "HEAD", "OPTIONS"),
			CachedMethods:           jsii.Strings("GET", "HEAD"),
			Compress:                jsii.Bool(true),
			CachePolicyId:           jsii.String(e.policies.staticCache),
			ResponseHeadersPolicyId: jsii.String(e.policies.securityHeaders),
		})
	}
	return behaviors
}
