package edge

import (
	"slices"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontcachepolicy"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontresponseheaderspolicy"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
)

// made remembers the policies of behaviours by what they say: those that say the same share one, because an account has 20 of each kind
// (CloudFront Developer Guide, 'Quotas'). One that says something else is another resource, under another name.
type made map[string]string

func (m made) once(prefix string, says any, declare func(id string) string) string {
	id := prefix + "-" + digest(target.JSON(says))
	if m[id] == "" {
		m[id] = declare(id)
	}
	return m[id]
}

// cachePolicy is that of a behaviour's own cache. The application is called under its public names, and tells them apart by Host; another
// origin is called under its own, and what a client sends for this one, cookies and logins, goes there only where the file names it.
func (e *edge) cachePolicy(settings environments.Behavior) string {
	cache := settings.Cache
	headers := slices.Clone(cache.Headers)
	switch {
	case settings.Target == environments.TargetApplication:
		headers = append(headers, "Host")
	case !cache.IsSet(): // another origin's, by its Cache-Control
		cache = environments.BehaviorCache{MaxSeconds: year, QueryStrings: []string{"*"}}
		headers = []string{"Accept", "Origin"}
	}
	slices.Sort(headers)
	return e.made.once("cache", []any{headers, cache}, func(id string) string {
		query, queryItems := kept(cache.QueryStrings)
		cookie, cookieItems := kept(cache.Cookies)
		header, headerItems := kept(headers)
		config := &cloudfrontcachepolicy.CloudfrontCachePolicyConfig{
			Name:       jsii.String(e.Name + "-" + id),
			Comment:    jsii.String("Of behaviours in the file of " + e.Environment),
			MinTtl:     jsii.Number(0), // an answer that is private or not to be stored is not kept
			DefaultTtl: jsii.Number(cache.Seconds),
			MaxTtl:     jsii.Number(cache.MaxSeconds),
			Lifecycle:  heldUntilUnused(),
		}
		in := &cloudfrontcachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOrigin{
			EnableAcceptEncodingGzip:   jsii.Bool(true),
			EnableAcceptEncodingBrotli: jsii.Bool(true),
			HeadersConfig:              &cloudfrontcachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfig{HeaderBehavior: header},
			CookiesConfig:              &cloudfrontcachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfig{CookieBehavior: cookie},
			QueryStringsConfig:         &cloudfrontcachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginQueryStringsConfig{QueryStringBehavior: query},
		}
		if headerItems != nil {
			in.HeadersConfig.Headers = &cloudfrontcachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfigHeaders{Items: headerItems}
		}
		if cookieItems != nil {
			in.CookiesConfig.Cookies = &cloudfrontcachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfigCookies{Items: cookieItems}
		}
		if queryItems != nil {
			in.QueryStringsConfig.QueryStrings = &cloudfrontcachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginQueryStringsConfigQueryStrings{Items: queryItems}
		}
		config.ParametersInCacheKeyAndForwardedToOrigin = in
		return *cloudfrontcachepolicy.NewCloudfrontCachePolicy(e.scope, jsii.String(id), config).Id()
	})
}

// kept is CloudFront's word for a list of what tells answers apart, and the list where there is one.
func kept(list []string) (word *string, items *[]*string) {
	switch {
	case len(list) == 0:
		return jsii.String("none"), nil
	case slices.Equal(list, []string{"*"}):
		return jsii.String("all"), nil
	}
	return jsii.String("whitelist"), jsii.Strings(list...)
}

// headersPolicy is that of a behaviour with CORS or a content security policy, beside the headers of all.
func (e *edge) headersPolicy(settings environments.Behavior) string {
	cors := settings.CORS
	return e.made.once("headers", []any{cors, settings.ContentSecurityPolicy}, func(id string) string {
		config := &cloudfrontresponseheaderspolicy.CloudfrontResponseHeadersPolicyConfig{
			Name:                  jsii.String(e.Name + "-" + id),
			Comment:               jsii.String("Of behaviours in the file of " + e.Environment),
			SecurityHeadersConfig: securityHeaders(),
			Lifecycle:             heldUntilUnused(),
		}
		if policy := settings.ContentSecurityPolicy; policy != "" {
			config.SecurityHeadersConfig.ContentSecurityPolicy = &cloudfrontresponseheaderspolicy.CloudfrontResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicy{
				ContentSecurityPolicy: jsii.String(policy), Override: jsii.Bool(true),
			}
		}
		if cors.IsSet() {
			config.CorsConfig = corsConfig(cors)
		}
		return *cloudfrontresponseheaderspolicy.NewCloudfrontResponseHeadersPolicy(e.scope, jsii.String(id), config).Id()
	})
}

func corsConfig(cors environments.CORS) *cloudfrontresponseheaderspolicy.CloudfrontResponseHeadersPolicyCorsConfig {
	var methods []string
	for _, method := range cors.Methods {
		methods = append(methods, string(method))
	}
	config := &cloudfrontresponseheaderspolicy.CloudfrontResponseHeadersPolicyCorsConfig{
		AccessControlAllowCredentials: jsii.Bool(cors.Credentials),
		AccessControlAllowOrigins:     &cloudfrontresponseheaderspolicy.CloudfrontResponseHeadersPolicyCorsConfigAccessControlAllowOrigins{Items: jsii.Strings(cors.Origins...)},
		AccessControlAllowMethods:     &cloudfrontresponseheaderspolicy.CloudfrontResponseHeadersPolicyCorsConfigAccessControlAllowMethods{Items: jsii.Strings(methods...)},
		AccessControlAllowHeaders:     &cloudfrontresponseheaderspolicy.CloudfrontResponseHeadersPolicyCorsConfigAccessControlAllowHeaders{Items: jsii.Strings(cors.Headers...)},
		AccessControlMaxAgeSec:        jsii.Number(cors.MaxAgeSeconds),
		OriginOverride:                jsii.Bool(true), // the file decides, also over an application that says it differently
	}
	if len(cors.ExposeHeaders) > 0 {
		config.AccessControlExposeHeaders = &cloudfrontresponseheaderspolicy.CloudfrontResponseHeadersPolicyCorsConfigAccessControlExposeHeaders{Items: jsii.Strings(cors.ExposeHeaders...)}
	}
	return config
}
