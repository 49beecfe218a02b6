package edge

import (
	"github.com/aws/jsii-runtime-go"
	headerspolicy "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontresponseheaderspolicy"

	"github.com/titan-platform/titan/environments"
)

// headersPolicy is that of a behaviour with CORS or a content security policy, beside the headers of all.
func (e *edge) headersPolicy(settings environments.Behavior) string {
	cors := settings.CORS
	return e.made.once("headers", []any{cors, settings.ContentSecurityPolicy}, func(id string) string {
		config := &headerspolicy.CloudfrontResponseHeadersPolicyConfig{
			Name:                  jsii.String(e.Name + "-" + id),
			Comment:               jsii.String("Of behaviours in the file of " + e.Environment),
			SecurityHeadersConfig: securityHeaders(),
			Lifecycle:             heldUntilUnused(),
		}
		if policy := settings.ContentSecurityPolicy; policy != "" {
			config.SecurityHeadersConfig.ContentSecurityPolicy = &contentSecurityPolicy{
				ContentSecurityPolicy: jsii.String(policy), Override: jsii.Bool(true),
			}
		}
		if cors.IsSet() {
			config.CorsConfig = corsOf(cors)
		}
		return *headerspolicy.NewCloudfrontResponseHeadersPolicy(e.scope, jsii.String(id), config).Id()
	})
}

// The parts of a response headers policy, by shorter names.
type (
	contentSecurityPolicy = headerspolicy.CloudfrontResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicy
	corsConfig            = headerspolicy.CloudfrontResponseHeadersPolicyCorsConfig
	corsOrigins           = headerspolicy.CloudfrontResponseHeadersPolicyCorsConfigAccessControlAllowOrigins
	corsMethods           = headerspolicy.CloudfrontResponseHeadersPolicyCorsConfigAccessControlAllowMethods
	corsHeaders           = headerspolicy.CloudfrontResponseHeadersPolicyCorsConfigAccessControlAllowHeaders
	corsExposed           = headerspolicy.CloudfrontResponseHeadersPolicyCorsConfigAccessControlExposeHeaders
)

func corsOf(cors environments.CORS) *corsConfig {
	var methods []string
	for _, method := range cors.Methods {
		methods = append(methods, string(method))
	}
	config := &corsConfig{
		AccessControlAllowCredentials: jsii.Bool(cors.Credentials),
		AccessControlAllowOrigins:     &corsOrigins{Items: jsii.Strings(cors.Origins...)},
		AccessControlAllowMethods:     &corsMethods{Items: jsii.Strings(methods...)},
		AccessControlAllowHeaders:     &corsHeaders{Items: jsii.Strings(cors.Headers...)},
		AccessControlMaxAgeSec:        jsii.Number(cors.MaxAgeSeconds),
		OriginOverride:                jsii.Bool(true), // the file decides, also over an application that says it differently
	}
	if len(cors.ExposeHeaders) > 0 {
		config.AccessControlExposeHeaders = &corsExposed{Items: jsii.Strings(cors.ExposeHeaders...)}
	}
	return config
}
