// Package quotas names AWS's quotas of what one thing may hold: a listener, a security group, a distribution, a web
// ACL, a hosted zone. Quotas of how many things an account may have are asked of the account (package preflight).
package quotas

import "fmt"

// Quota is what AWS lets one thing hold, by default.
type Quota struct {
	Service string // as Service Quotas has it: elasticloadbalancing
	Name    string // AWS's own
	Code    string // of Service Quotas; empty where AWS's page names none
	Default int
	// Fixed is whether AWS raises it for nobody.
	Fixed  bool
	Source string // the page that says so
}

// String is the quota's name and figure, and whether it can be raised.
func (q Quota) String() string {
	switch {
	case q.Fixed:
		return fmt.Sprintf("%q of %s, %d, which AWS raises for nobody", q.Name, q.Service, q.Default)
	case q.Code == "":
		return fmt.Sprintf("%q of %s, by default %d", q.Name, q.Service, q.Default)
	}
	return fmt.Sprintf("%q of %s (%s), by default %d", q.Name, q.Service, q.Code, q.Default)
}

// The pages that the quotas are from, read on 2026-11-28.
const (
	albPage        = "User Guide for Application Load Balancers, 'Quotas for your Application Load Balancers'"
	vpcPage        = "Amazon VPC User Guide, 'Amazon VPC quotas'"
	cloudFrontPage = "Amazon CloudFront Developer Guide, 'Quotas'"
	wafPage        = "AWS WAF Developer Guide, 'AWS WAF quotas'"
	route53Page    = "Amazon Route 53 Developer Guide, 'Quotas'"
)

// The quotas.
var (
	ListenerRules = Quota{
		Service: "elasticloadbalancing", Code: "L-7EED9B64", Default: 100, Source: albPage,
		Name: "Rules per Application Load Balancer (excluding default rules)",
	}
	ListenerCertificates = Quota{
		Service: "elasticloadbalancing", Code: "L-9365A611", Default: 25, Source: albPage,
		Name: "Certificates per Application Load Balancer (excluding default certificates)",
	}
	ConditionValues = Quota{
		Service: "elasticloadbalancing", Default: 5, Fixed: true, Source: albPage,
		Name: "Condition Values per Rule",
	}
	SecurityGroupRules = Quota{
		Service: "vpc", Code: "L-0EA8095F", Default: 60, Source: vpcPage,
		Name: "Inbound or outbound rules per security group",
	}
	Aliases = Quota{
		Service: "cloudfront", Default: 100, Source: cloudFrontPage,
		Name: "Alternate domain names (CNAMEs) per distribution",
	}
	Origins      = Quota{Service: "cloudfront", Default: 100, Source: cloudFrontPage, Name: "Origins per distribution"}
	OriginGroups = Quota{Service: "cloudfront", Default: 10, Source: cloudFrontPage, Name: "Origin groups per " +
		"distribution"}
	Behaviors = Quota{Service: "cloudfront", Default: 75, Source: cloudFrontPage, Name: "Cache behaviors per " +
		"distribution"}
	Capacity = Quota{
		Service: "wafv2", Default: 5000, Fixed: true, Source: wafPage,
		Name: "Maximum web ACL capacity units (WCUs) per web ACL",
	}
	RateBasedRules = Quota{
		Service: "wafv2", Default: 10, Fixed: true, Source: wafPage,
		Name: "Maximum number of rate-based rules per web ACL",
	}
	References = Quota{
		Service: "wafv2", Default: 50, Fixed: true, Source: wafPage,
		Name: "Maximum number of reference statements per web ACL",
	}
	IPSetAddresses = Quota{
		Service: "wafv2", Default: 10_000, Fixed: true, Source: wafPage,
		Name: "Maximum number of IP addresses in CIDR notation per IP set",
	}
	Records = Quota{
		Service: "route53", Code: "L-E209CC9F", Default: 10_000, Source: route53Page,
		Name: "Records per hosted zone",
	}
)

// IncludedCapacity is how many web ACL capacity units the price of a web ACL includes. Each 500 above cost 0.20 USD a
// million requests (AWS WAF pricing, read 2026-11-28).
const IncludedCapacity = 1500

// CloudFrontPrefixList is how many rules of a security group the prefix list of CloudFront's origin-facing addresses
// counts as (CloudFront Developer Guide, 'Restrict access to Application Load Balancers').
const CloudFrontPrefixList = 55
