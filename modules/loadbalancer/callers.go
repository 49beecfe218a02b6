package loadbalancer

import (
	"strings"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawsec2managedprefixlist"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/lb"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupingressrule"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/wafv2webaclassociation"
)

// Direct is how people call a load balancer that has no distribution before it.
type Direct struct {
	CIDRs     []string // who may call
	Names     []string // the names that they call, of which it answers no other
	WebACLARN string   // a regional web ACL; empty is none
}

// webACLTimeout is how long the association is tried: WAF may not find a web ACL or a load balancer that is minutes old, and the provider gives
// up after five (hashicorp/terraform-provider-aws#29080, #17527).
const webACLTimeout = "15m"

// callers declares who may open a connection on 443: CloudFront, or those whom the file lists.
func (l *loadBalancer) callers(group string) {
	if l.Direct == nil {
		cloudfront := dataawsec2managedprefixlist.NewDataAwsEc2ManagedPrefixList(l.scope, jsii.String("cloudfront"), &dataawsec2managedprefixlist.DataAwsEc2ManagedPrefixListConfig{
			Name: jsii.String("com.amazonaws.global.cloudfront.origin-facing"),
		})
		l.caller(group, "https-from-cloudfront", vpcsecuritygroupingressrule.VpcSecurityGroupIngressRuleConfig{
			Description:  jsii.String("HTTPS from the origin-facing addresses of CloudFront"),
			PrefixListId: cloudfront.Id(),
		})
		return
	}
	for _, cidr := range l.Direct.CIDRs {
		l.caller(group, "https-from-"+strings.ReplaceAll(cidr, "/", "-"), vpcsecuritygroupingressrule.VpcSecurityGroupIngressRuleConfig{
			Description: jsii.String("HTTPS from a block of load_balancer.allow_cidrs"),
			CidrIpv4:    jsii.String(cidr),
		})
	}
}

func (l *loadBalancer) caller(group, id string, rule vpcsecuritygroupingressrule.VpcSecurityGroupIngressRuleConfig) {
	rule.SecurityGroupId = jsii.String(group)
	rule.IpProtocol = jsii.String("tcp")
	rule.FromPort, rule.ToPort = jsii.Number(443), jsii.Number(443)
	rule.Tags = l.Tag("alb-" + id)
	vpcsecuritygroupingressrule.NewVpcSecurityGroupIngressRule(l.scope, jsii.String(id), &rule)
}

// webACL puts a web ACL before a load balancer that has no distribution, whose own judges requests otherwise.
func (l *loadBalancer) webACL(alb lb.Lb) {
	if l.Direct == nil || l.Direct.WebACLARN == "" {
		return
	}
	wafv2webaclassociation.NewWafv2WebAclAssociation(l.scope, jsii.String("web-acl"), &wafv2webaclassociation.Wafv2WebAclAssociationConfigA{
		ResourceArn: alb.Arn(),
		WebAclArn:   jsii.String(l.Direct.WebACLARN),
		Timeouts:    &wafv2webaclassociation.Wafv2WebAclAssociationTimeouts{Create: jsii.String(webACLTimeout)},
	})
}
