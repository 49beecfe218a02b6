package wire

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

// webACL makes a web ACL for CloudFront.
func webACL(rules string) *protocol.Request {
	return inVirginia(target("wafv2", "AWSWAF_20190729.CreateWebACL", `{"Name":"a","Scope":"CLOUDFRONT",
		"DefaultAction":{"Allow":{}},
		"VisibilityConfig":`+visibility+`,"Rules":[`+rules+`]}`))
}

const visibility = `{"SampledRequestsEnabled":true,"CloudWatchMetricsEnabled":true,"MetricName":"m"}`

// managed is a rule of a managed group of AWS's.
func managed(name, group, more string) string {
	return fmt.Sprintf(`{"Name":%q,"Priority":%d,"VisibilityConfig":%s,
		"Statement":{"ManagedRuleGroupStatement":{"VendorName":"AWS","Name":%q}}%s}`,
		name, len(name), visibility, group, more)
}

// matching is a rule with a statement of its own.
func matching(name, statement string) string {
	return fmt.Sprintf(`{"Name":%q,"Priority":%d,"VisibilityConfig":%s,"Action":{"Block":{}},"Statement":{%s}}`,
		name, len(name), visibility, statement)
}

// rulesOf are rules of one statement, as many as are asked for.
func rulesOf(count int, statement string) string {
	var rules []string
	for i := range count {
		rules = append(rules, matching(strings.Repeat("a", i+1), statement))
	}
	return strings.Join(rules, ",")
}

// ipSet makes an IP set for CloudFront.
func ipSet(version, addresses string) *protocol.Request {
	return inVirginia(target("wafv2", "AWSWAF_20190729.CreateIPSet",
		`{"Name":"a","Scope":"CLOUDFRONT","IPAddressVersion":"`+version+`","Addresses":[`+addresses+`]}`))
}

const override = `,"OverrideAction":{"None":{}}`

// distribution makes a distribution with one origin, o.
func distribution(origin, behaviour, more string) *protocol.Request {
	return inVirginia(rest("cloudfront", "POST", "/2020-05-31/distribution?WithTags",
		`<DistributionConfigWithTags><DistributionConfig>
		<CallerReference>c</CallerReference><Comment></Comment><Enabled>true</Enabled><Origins><Quantity>1</Quantity>
			<Items><Origin><Id>o</Id>`+
			origin+`</Origin></Items></Origins><DefaultCacheBehavior>`+behaviour+
			`<ViewerProtocolPolicy>https-only</ViewerProtocolPolicy></DefaultCacheBehavior>`+more+
			`</DistributionConfig><Tags></Tags></DistributionConfigWithTags>`))
}

const (
	toOrigin = `<TargetOriginId>o</TargetOriginId>`
	fine     = `<DomainName>origin.example.com</DomainName>`
)

func headers(count int, name, value string) string {
	return fine + fmt.Sprintf(`<CustomHeaders><Quantity>%d</Quantity><Items>%s</Items></CustomHeaders>`, count,
		strings.Repeat(
			"<OriginCustomHeader><HeaderName>"+name+"</HeaderName><HeaderValue>"+value+"</HeaderValue></OriginCustomHeader>",
			count))
}

// edgePlants break what WAF, CloudFront and Route 53 take.
func edgePlants() []plant {
	check := func(reference, config string) *protocol.Request {
		return rest("route53", "POST", "/2013-04-01/healthcheck", `<CreateHealthCheckRequest><CallerReference>`+reference+
			`</CallerReference><HealthCheckConfig>`+config+`</HealthCheckConfig></CreateHealthCheckRequest>`)
	}
	record := func(content string) *protocol.Request {
		return rest("route53", "POST", "/2013-04-01/hostedzone/Z1/rrset",
			`<ChangeResourceRecordSetsRequest><ChangeBatch><Changes><Change>
			<Action>CREATE</Action><ResourceRecordSet><Name>a</Name>`+content+
				`</ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`)
	}
	records := func(value string) string {
		return `<TTL>60</TTL><ResourceRecords><ResourceRecord><Value>` + value + `</Value></ResourceRecord></ResourceRecords>`
	}
	common, regional := "AWSManagedRulesCommonRuleSet", webACL("")
	regional.Region, regional.Endpoint = "eu-west-1", "eu-west-1"
	var eight []string // of 700 each
	for i := range 8 {
		eight = append(eight, managed(strings.Repeat("a", i+1), common, override))
	}
	return []plant{
		planted("documented: capacity of web ACLs", "5000 WCU", webACL(strings.Join(eight, ","))),
		planted("documented: capacity of web ACLs", "unknown rule group", webACL(managed("a", "AWSManagedRulesNonsense",
			override))),
		planted("documented: rules of web ACLs", "OverrideAction", webACL(managed("a", common, `,"Action":{"Block":{}}`))),
		planted("documented: rules of web ACLs", "no other rule has", webACL(managed("a", common, override)+","+managed("b",
			common, override))),
		planted("documented: rules of web ACLs", "us-east-1", regional),
		planted("documented: IP sets", "network", ipSet("IPV4", `"0.0.0.0/0"`)),
		planted("documented: IP sets", "network", ipSet("IPV4", `"8.8.8.8/24"`)),
		planted("documented: IP sets", "version IPV6", ipSet("IPV6", `"8.8.8.0/24"`)),
		planted("documented: references and rates of web ACLs", "10 rate-based rules", webACL(rulesOf(11,
			`"RateBasedStatement":{"Limit":10,"AggregateKeyType":"IP"}`))),
		planted("documented: references and rates of web ACLs", "50 references", webACL(rulesOf(51,
			`"IPSetReferenceStatement":{"ARN":"arn:aws:wafv2:us-east-1:1:global/ipset/a/b"}`))),
		planted("documented: references and rates of web ACLs", "200 characters", webACL(matching("a",
			`"RegexMatchStatement":{"RegexString":"`+strings.Repeat("a", 201)+`","FieldToMatch":{"UriPath":{}},
			"TextTransformations":[{"Priority":0,"Type":"NONE"}]}`))),
		planted("documented: custom responses", "4096", inVirginia(target("wafv2", "AWSWAF_20190729.CreateWebACL",
			`{"Name":"a",
			"Scope":"CLOUDFRONT","DefaultAction":{"Allow":{}},"VisibilityConfig":`+visibility+`,
			"CustomResponseBodies":{"b":{"ContentType":"TEXT_PLAIN","Content":"`+strings.Repeat("a", 4097)+`"}}}`))),
		planted("documented: logs of web ACLs", "aws-waf-logs-", target("wafv2", "AWSWAF_20190729.PutLoggingConfiguration",
			`{"LoggingConfiguration":{"ResourceArn":"arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/a/b",
			"LogDestinationConfigs":["arn:aws:logs:eu-west-1:111111111111:log-group:waf-logs:*"]}}`)),

		planted("documented: origins", "no address", distribution(`<DomainName>192.0.2.1</DomainName>`, toOrigin, "")),
		planted("documented: origins", "X-Amz-Own", distribution(headers(1, "X-Amz-Own", "v"), toOrigin, "")),
		planted("documented: origins", "1783", distribution(headers(1, "X-Own", strings.Repeat("v", 1784)), toOrigin, "")),
		planted("documented: origins", "30 headers", distribution(headers(31, "X-Own", "v"), toOrigin, "")),
		planted("documented: cache behaviors", "other", distribution(fine, `<TargetOriginId>other</TargetOriginId>`, "")),
		planted("documented: cache behaviors", "cache policy", distribution(fine,
			toOrigin+`<CachePolicyId>p</CachePolicyId><MinTTL>0</MinTTL>`, "")),
		planted("documented: distributions", "number of Items", distribution(fine, toOrigin,
			`<Aliases><Quantity>2</Quantity><Items><CNAME>a.example.com</CNAME></Items></Aliases>`)),
		planted("documented: distributions", "a certificate of us-east-1", distribution(fine, toOrigin,
			`<ViewerCertificate><ACMCertificateArn>arn:aws:acm:eu-west-1:111111111111:certificate/a</ACMCertificateArn></ViewerCertificate>`)),
		planted("documented: distributions", "a global web ACL", distribution(fine, toOrigin,
			`<WebACLId>arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/a/b</WebACLId>`)),
		planted("documented: edge policies", "10 headers", rest("cloudfront", "POST", "/2020-05-31/cache-policy",
			`<CachePolicyConfig><Name>a</Name>
			<MinTTL>0</MinTTL><ParametersInCacheKeyAndForwardedToOrigin><HeadersConfig><HeaderBehavior>whitelist</HeaderBehavior><Headers>
			<Quantity>11</Quantity><Items>`+strings.ReplaceAll(many(11, `<Name>h%d</Name>`), ",", "")+
				`</Items></Headers></HeadersConfig></ParametersInCacheKeyAndForwardedToOrigin></CachePolicyConfig>`)),
		planted("documented: edge functions", "10240 bytes", inVirginia(rest("cloudfront", "POST", "/2020-05-31/function",
			`<CreateFunctionRequest><Name>f</Name><FunctionConfig><Comment></Comment><Runtime>cloudfront-js-2.0</Runtime></FunctionConfig><FunctionCode>`+
				base64.StdEncoding.EncodeToString(make([]byte, 10241))+`</FunctionCode></CreateFunctionRequest>`))),
		planted("documented: signing keys", "5 public keys", inVirginia(rest("cloudfront", "POST", "/2020-05-31/key-group",
			`<KeyGroupConfig><Name>k</Name><Items>`+strings.Repeat("<PublicKey>K</PublicKey>", 6)+`</Items></KeyGroupConfig>`))),
		planted("documented: public keys", "a public key in PEM",
			inVirginia(rest("cloudfront", "POST", "/2020-05-31/public-key",
				`<PublicKeyConfig><CallerReference>c</CallerReference><Name>k</Name><EncodedKey>secret</EncodedKey></PublicKeyConfig>`))),

		planted("documented: health checks", "64", check(strings.Repeat("c", 65), `<Type>HTTPS</Type>`)),
		planted("documented: health checks", "three regions",
			check("c", `<Type>HTTPS</Type><Regions><Region>eu-west-1</Region></Regions>`)),
		planted("documented: health checks", "STR_MATCH", check("c", `<Type>HTTPS_STR_MATCH</Type>`)),
		planted("documented: records", "SetIdentifier",
			record(`<Type>A</Type><Failover>PRIMARY</Failover>`+records("192.0.2.1"))),
		planted("documented: records", "alias", record(`<Type>A</Type><TTL>60</TTL>`)),
		planted("documented: records", "255", record(`<Type>TXT</Type>`+records(`"`+strings.Repeat("a", 256)+`"`))),
		planted("documented: records", "flags tag", record(`<Type>CAA</Type>`+records(`0 issue amazon.com`))),
	}
}
