package edge

import (
	"slices"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontdistribution"

	"github.com/titan-platform/titan/environments"
)

// The methods that a behaviour takes; others are answered by 403.
var (
	reads  = []string{"GET", "HEAD", "OPTIONS"}
	writes = []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}
)

// behavior is what the default cache behavior and the ordered ones have in common.
type behavior struct {
	target, protocol        string
	methods                 []string
	cachePolicy             string
	originRequestPolicy     string // empty: the origin gets what is in the cache's key
	responseHeadersPolicy   string
	isSigned, hasNoFunction bool
}

// application is the behaviour of all paths but those that the file names: every method, so one origin. CloudFront
// refuses an origin group where writes are allowed (aws/aws-cdk#32450); the load balancer's failover is DNS's.
func (e *edge) application(protocol environments.ViewerProtocolPolicy) behavior {
	return behavior{
		target: albOrigin, protocol: string(protocol), methods: writes,
		cachePolicy: e.policies.apiCache, originRequestPolicy: e.policies.wholeRequest,
		responseHeadersPolicy: e.policies.securityHeaders,
	}
}

// static is a behaviour of what is only read: from the bucket, or from its replica where the bucket's region fails.
func (e *edge) static(protocol environments.ViewerProtocolPolicy) behavior {
	target := staticOrigin
	if e.Replica != nil {
		target = staticGroup
	}
	return behavior{
		target: target, protocol: string(protocol), methods: reads,
		cachePolicy: e.policies.staticCache, responseHeadersPolicy: e.policies.securityHeaders,
	}
}

// named is a behaviour of the file. What keeps answers is read alone, and its origin gets nothing that does not tell
// answers apart: cookies or a login would make an answer one user's, and the cache would give it to the next.
func (e *edge) named(settings environments.Behavior) behavior {
	var b behavior
	switch settings.Target {
	case environments.TargetApplication:
		b = e.application(settings.ViewerProtocolPolicy)
	case environments.TargetStatic:
		b = e.static(settings.ViewerProtocolPolicy)
	case environments.TargetOrigin:
		b = behavior{
			target: settings.Origin, protocol: string(settings.ViewerProtocolPolicy), methods: reads,
			responseHeadersPolicy: e.policies.securityHeaders,
		}
	}
	if settings.Cache.IsSet() || settings.Target == environments.TargetOrigin {
		b.cachePolicy, b.originRequestPolicy, b.methods = e.cachePolicy(settings), "", reads
	}
	if settings.CORS.IsSet() || settings.ContentSecurityPolicy != "" {
		b.responseHeadersPolicy = e.headersPolicy(settings)
	}
	b.isSigned = settings.Signed
	// Without redirects the function only has fallbacks to do.
	b.hasNoFunction = settings.Fallback == "" && !e.viewerRequest.SendsElsewhere()
	return b
}

// The blocks of a distribution's behaviours, by shorter names.
type (
	orderedBehavior = cloudfrontdistribution.CloudfrontDistributionOrderedCacheBehavior
	orderedFunction = cloudfrontdistribution.CloudfrontDistributionOrderedCacheBehaviorFunctionAssociation
	defaultBehavior = cloudfrontdistribution.CloudfrontDistributionDefaultCacheBehavior
	defaultFunction = cloudfrontdistribution.CloudfrontDistributionDefaultCacheBehaviorFunctionAssociation
)

// ordered are all behaviours but the default one, in the order in which CloudFront asks them.
func (e *edge) ordered() []orderedBehavior {
	var behaviors []orderedBehavior
	for _, settings := range e.Settings.BehaviorsInOrder() {
		behaviors = append(behaviors, e.orderedBehavior(settings.Path, e.named(settings)))
	}
	if page := e.maintenancePage(); page != nil {
		// The page comes before what the file names, which may take every path, and no function sends it elsewhere.
		maintenance := e.static(environments.RedirectToHTTPS)
		maintenance.hasNoFunction = true
		behaviors = slices.Insert(behaviors, 0, e.orderedBehavior(page.path(), maintenance))
	}
	return behaviors
}

func (e *edge) orderedBehavior(path string, b behavior) orderedBehavior {
	made := orderedBehavior{
		PathPattern:             jsii.String(path),
		TargetOriginId:          jsii.String(b.target),
		ViewerProtocolPolicy:    jsii.String(b.protocol),
		AllowedMethods:          jsii.Strings(b.methods...),
		CachedMethods:           jsii.Strings("GET", "HEAD"),
		Compress:                jsii.Bool(true),
		CachePolicyId:           jsii.String(b.cachePolicy),
		OriginRequestPolicyId:   optional(b.originRequestPolicy),
		ResponseHeadersPolicyId: jsii.String(b.responseHeadersPolicy),
	}
	if b.isSigned {
		made.TrustedKeyGroups = jsii.Strings(e.keyGroup)
	}
	if e.function != "" && !b.hasNoFunction {
		made.FunctionAssociation = []orderedFunction{{
			EventType:   jsii.String(viewerRequest),
			FunctionArn: jsii.String(e.function),
		}}
	}
	return made
}

func (e *edge) defaultBehavior() *defaultBehavior {
	b := e.application(e.Settings.ViewerProtocolPolicy)
	made := &defaultBehavior{
		TargetOriginId:          jsii.String(b.target),
		ViewerProtocolPolicy:    jsii.String(b.protocol),
		AllowedMethods:          jsii.Strings(b.methods...),
		CachedMethods:           jsii.Strings("GET", "HEAD"),
		Compress:                jsii.Bool(true),
		CachePolicyId:           jsii.String(b.cachePolicy),
		OriginRequestPolicyId:   jsii.String(b.originRequestPolicy),
		ResponseHeadersPolicyId: jsii.String(b.responseHeadersPolicy),
	}
	if e.viewerRequest.SendsElsewhere() {
		made.FunctionAssociation = []defaultFunction{{
			EventType:   jsii.String(viewerRequest),
			FunctionArn: jsii.String(e.function),
		}}
	}
	return made
}

// optional is a setting that is left out where it is empty.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
