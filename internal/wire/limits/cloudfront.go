package limits

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

const northVirginia = "us-east-1"

func cloudFrontRules() []Rule {
	operations := []string{"cloudfront CreateDistribution", "cloudfront CreateDistributionWithTags",
		"cloudfront UpdateDistribution"}
	return []Rule{
		{"origins", "CloudFront developer guide, 'Quotas' and 'Add custom headers to origin requests'", operations, origins},
		{"cache behaviors", "CloudFront API, CacheBehavior", operations, cacheBehaviors},
		{"distributions", "CloudFront API, DistributionConfig", operations, distributions},
	}
}

// distribution is a DistributionConfig.
type distribution struct {
	Comment string
	Origins struct {
		Items []origin
	}
	OriginGroups struct {
		Items []struct{ ID string }
	}
	DefaultCacheBehavior map[string]any
	CacheBehaviors       struct{ Items []map[string]any }
	ViewerCertificate    struct{ ACMCertificateARN string }
	WebACLID             string
	Aliases              struct{ Items []string }
}

type origin struct {
	ID, DomainName string
	CustomHeaders  struct {
		Items []struct{ HeaderName, HeaderValue string }
	}
	CustomOriginConfig *struct{ OriginReadTimeout, OriginKeepaliveTimeout *int }
}

func distributionOf(call *protocol.Call) distribution {
	var input struct {
		DistributionConfigWithTags struct{ DistributionConfig *distribution }
		DistributionConfig         *distribution
	}
	call.Into(&input)
	for _, one := range []*distribution{input.DistributionConfigWithTags.DistributionConfig, input.DistributionConfig} {
		if one != nil {
			return *one
		}
	}
	return distribution{}
}

// forbiddenHeaders are what a distribution may not add to requests to an origin.
var forbiddenHeaders = strings.Fields(`cache-control connection content-length cookie host if-match
if-modified-since if-none-match if-range if-unmodified-since max-forwards pragma proxy-authenticate
proxy-authorization proxy-connection range request-range te trailer transfer-encoding upgrade via x-real-ip`)

func origins(call *protocol.Call, report *Report) {
	config := distributionOf(call)
	report.AtMost(".Origins", "origins of a distribution", len(config.Origins.Items), 100)
	ids := map[string]bool{}
	for i, one := range config.Origins.Items {
		at := fmt.Sprintf(".Origins[%d]", i)
		if ids[one.ID] {
			report.Breaks(at+".Id", one.ID, "an id that no other origin has")
		}
		ids[one.ID] = true
		if _, err := netip.ParseAddr(one.DomainName); err == nil {
			report.Breaks(at+".DomainName", one.DomainName, "a name, no address")
		}
		size := 0
		for _, header := range one.CustomHeaders.Items {
			name := strings.ToLower(header.HeaderName)
			size += len(name) + len(header.HeaderValue)
			report.AtMost(at+".CustomHeaders", "characters of an origin header's name", len(name), 256)
			report.AtMost(at+".CustomHeaders", "characters of an origin header's value", len(header.HeaderValue), 1783)
			isReserved := strings.HasPrefix(name, "x-amz-") || strings.HasPrefix(name, "x-edge-")
			if isReserved || slices.Contains(forbiddenHeaders, name) {
				report.Breaks(at+".CustomHeaders", header.HeaderName, "a header that CloudFront can add")
			}
		}
		report.AtMost(at+".CustomHeaders", "headers of an origin", len(one.CustomHeaders.Items), 30)
		report.AtMost(at+".CustomHeaders", "characters of an origin's headers", size, 10240)
		if one.CustomOriginConfig != nil {
			for _, timeout := range []*int{one.CustomOriginConfig.OriginReadTimeout,
				one.CustomOriginConfig.OriginKeepaliveTimeout} {
				if timeout != nil && (*timeout < 1 || *timeout > 120) {
					report.Breaks(at+".CustomOriginConfig", *timeout, "a timeout of 1 to 120 seconds")
				}
			}
		}
	}
}

func cacheBehaviors(call *protocol.Call, report *Report) {
	config := distributionOf(call)
	targets := map[any]bool{}
	for _, one := range config.Origins.Items {
		targets[one.ID] = true
	}
	for _, one := range config.OriginGroups.Items {
		targets[one.ID] = true
	}
	report.AtMost(".CacheBehaviors", "cache behaviors of a distribution", len(config.CacheBehaviors.Items), 75)
	for _, one := range append([]map[string]any{config.DefaultCacheBehavior}, config.CacheBehaviors.Items...) {
		if !targets[one["TargetOriginId"]] {
			report.Breaks(".TargetOriginId", one["TargetOriginId"], "an origin or an origin group of the distribution")
		}
		if one["CachePolicyId"] != nil && (one["ForwardedValues"] != nil || one["MinTTL"] != nil) {
			report.Breaks(".CachePolicyId", one["CachePolicyId"], "a cache policy, or ForwardedValues and MinTTL")
		}
	}
}

var globalACL = regexp.MustCompile(`^arn:[^:]*:wafv2:us-east-1:\d+:global/webacl/`)

func distributions(call *protocol.Call, report *Report) {
	checkQuantities(call, report)
	config := distributionOf(call)
	report.AtMost(".Comment", "characters of a distribution's comment", len([]rune(config.Comment)), 128)
	report.AtMost(".Aliases", "names of a distribution", len(config.Aliases.Items), 100)
	if arn := config.ViewerCertificate.ACMCertificateARN; arn != "" && !strings.Contains(arn, ":"+northVirginia+":") {
		report.Breaks(".ViewerCertificate.ACMCertificateArn", arn, "a certificate of "+northVirginia)
	}
	if config.WebACLID != "" && !globalACL.MatchString(config.WebACLID) {
		report.Breaks(".WebACLId", config.WebACLID, "a global web ACL of "+northVirginia)
	}
}
