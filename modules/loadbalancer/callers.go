package loadbalancer

import (
	"strings"

	"github.com/aws/jsii-runtime-go"
	prefixlist "github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawsec2managedprefixlist"
	ingressrule "github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupingressrule"
)

// Direct is how people call a load balancer that has no distribution before it.
type Direct struct {
	CIDRs []string // who may call
	Names []string // the names that they call; it answers no other
}

// Restricted is a name that only listed networks may call, past CloudFront, such as Grafana's.
type Restricted struct {
	Name           string
	CertificateARN string   // issued, for the name
	CIDRs          []string // who may call, 4 at most
}

// callers declares who may open a connection on 443: CloudFront, or those whom the file lists.
func (l *loadBalancer) callers(group string) {
	if l.Direct == nil {
		cloudfront := prefixlist.NewDataAwsEc2ManagedPrefixList(l.scope, jsii.String("cloudfront"),
			&prefixlist.DataAwsEc2ManagedPrefixListConfig{
				Name: jsii.String("com.amazonaws.global.cloudfront.origin-facing"),
			})
		l.caller(group, "https-from-cloudfront", ingressrule.VpcSecurityGroupIngressRuleConfig{
			Description:  jsii.String("HTTPS from the origin-facing addresses of CloudFront"),
			PrefixListId: cloudfront.Id(),
		})
		if l.Restricted != nil {
			l.blocks(group, l.Restricted.CIDRs, "HTTPS from a block of addons.grafana.allow_cidrs")
		}
		return
	}
	l.blocks(group, l.Direct.CIDRs, "HTTPS from a block of load_balancer.allow_cidrs")
}

// blocks declares that some blocks may open a connection. Of what may not call all names, listeners refuse the rest.
func (l *loadBalancer) blocks(group string, cidrs []string, description string) {
	for _, cidr := range cidrs {
		l.caller(group, "https-from-"+strings.ReplaceAll(cidr, "/", "-"), ingressrule.VpcSecurityGroupIngressRuleConfig{
			Description: jsii.String(description),
			CidrIpv4:    jsii.String(cidr),
		})
	}
}

func (l *loadBalancer) caller(group, id string, rule ingressrule.VpcSecurityGroupIngressRuleConfig) {
	rule.SecurityGroupId = jsii.String(group)
	rule.IpProtocol = jsii.String("tcp")
	rule.FromPort, rule.ToPort = jsii.Number(443), jsii.Number(443)
	rule.Tags = l.Tag("alb-" + id)
	ingressrule.NewVpcSecurityGroupIngressRule(l.scope, jsii.String(id), &rule)
}
