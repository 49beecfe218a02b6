package edge

import (
	"slices"

	"github.com/aws/jsii-runtime-go"
	cachepolicy "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontcachepolicy"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
)

// made remembers the policies of behaviours by what they say: those that say the same share one, because an account
// has 20 of each kind (CloudFront Developer Guide, 'Quotas'). One that says something else is another resource, under
// another name.
type made map[string]string

func (m made) once(prefix string, says any, declare func(id string) string) string {
	id := prefix + "-" + digest(target.JSON(says))
	if m[id] == "" {
		m[id] = declare(id)
	}
	return m[id]
}

// cachePolicy is that of a behaviour's own cache. The application is called under its public names, and tells them
// apart by Host; another origin is called under its own, and what a client sends for this one, cookies and logins,
// goes there only where the file names it.
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
		return *cachepolicy.NewCloudfrontCachePolicy(e.scope, jsii.String(id), &cachepolicy.CloudfrontCachePolicyConfig{
			Name:       jsii.String(e.Name + "-" + id),
			Comment:    jsii.String("Of behaviours in the file of " + e.Environment),
			MinTtl:     jsii.Number(0), // an answer that is private or not to be stored is not kept
			DefaultTtl: jsii.Number(cache.Seconds),
			MaxTtl:     jsii.Number(cache.MaxSeconds),
			Lifecycle:  heldUntilUnused(),

			ParametersInCacheKeyAndForwardedToOrigin: cacheKeyOf(headers, cache),
		}).Id()
	})
}

// The parts of a cache policy that tell answers apart, by shorter names.
type (
	cacheKey       = cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOrigin
	keyHeaders     = cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfig
	keyHeaderItems = cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfigHeaders
	keyCookies     = cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfig
	keyCookieItems = cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfigCookies
	keyQuery       = cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginQueryStringsConfig
	keyQueryItems  = cachepolicy.CloudfrontCachePolicyParametersInCacheKeyAndForwardedToOriginQueryStringsConfigQueryStrings
)

func cacheKeyOf(headers []string, cache environments.BehaviorCache) *cacheKey {
	key := &cacheKey{
		EnableAcceptEncodingGzip:   jsii.Bool(true),
		EnableAcceptEncodingBrotli: jsii.Bool(true),
		HeadersConfig:              &keyHeaders{HeaderBehavior: behaviorOf(headers)},
		CookiesConfig:              &keyCookies{CookieBehavior: behaviorOf(cache.Cookies)},
		QueryStringsConfig:         &keyQuery{QueryStringBehavior: behaviorOf(cache.QueryStrings)},
	}
	if isListed(headers) {
		key.HeadersConfig.Headers = &keyHeaderItems{Items: jsii.Strings(headers...)}
	}
	if isListed(cache.Cookies) {
		key.CookiesConfig.Cookies = &keyCookieItems{Items: jsii.Strings(cache.Cookies...)}
	}
	if isListed(cache.QueryStrings) {
		key.QueryStringsConfig.QueryStrings = &keyQueryItems{Items: jsii.Strings(cache.QueryStrings...)}
	}
	return key
}

// behaviorOf is CloudFront's word for a list of what tells answers apart.
func behaviorOf(list []string) *string {
	switch {
	case len(list) == 0:
		return jsii.String("none")
	case isListed(list):
		return jsii.String("whitelist")
	}
	return jsii.String("all")
}

// isListed is whether a list names what it holds, and is not that of all.
func isListed(list []string) bool { return len(list) > 0 && !slices.Equal(list, []string{"*"}) }
