package loadbalancer

import (
	"strings"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawsec2managedprefixlist"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupingressrule"
)

// Direct is how people call a load balancer that has no distribution before it.
type Direct struct {
	CIDRs []string // who may call
	Names []string // the names that they call; it answers no other
}

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
