package loadbalancer

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/securitygroup"
	egressrule "github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupegressrule"
	ingressrule "github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupingressrule"
)

// securityGroup declares the load balancer's group and its rules, here and at the nodes: in from its callers alone, out
// to the ingress controller alone.
func (l *loadBalancer) securityGroup() string {
	group := *securitygroup.NewSecurityGroup(l.scope, jsii.String("security-group"), &securitygroup.SecurityGroupConfig{
		NamePrefix:  jsii.String(l.Name + "-alb-"),
		Description: jsii.String("Load balancer: from CloudFront, to the ingress controller"),
		VpcId:       jsii.String(l.VPCID),
		Tags:        l.Tag("alb-security-group"),
	}).Id()

	l.callers(group)
	for _, pods := range []struct {
		what string
		port float64
	}{{"traffic", TrafficPort}, {"health", HealthPort}} {
		egressrule.NewVpcSecurityGroupEgressRule(l.scope, jsii.String(pods.what+"-to-pods"),
			&egressrule.VpcSecurityGroupEgressRuleConfig{
				SecurityGroupId:           jsii.String(group),
				Description:               jsii.String(fmt.Sprintf("To the ingress controller: %s", pods.what)),
				ReferencedSecurityGroupId: jsii.String(l.NodeSecurityGroupID),
				IpProtocol:                jsii.String("tcp"),
				FromPort:                  jsii.Number(pods.port),
				ToPort:                    jsii.Number(pods.port),
				Tags:                      l.Tag("alb-" + pods.what + "-to-pods"),
			})
		ingressrule.NewVpcSecurityGroupIngressRule(l.scope, jsii.String("pods-"+pods.what),
			&ingressrule.VpcSecurityGroupIngressRuleConfig{
				SecurityGroupId: jsii.String(l.NodeSecurityGroupID),
				Description: jsii.String(fmt.Sprintf("From the load balancer to the ingress controller: %s",
					pods.what)),
				ReferencedSecurityGroupId: jsii.String(group),
				IpProtocol:                jsii.String("tcp"),
				FromPort:                  jsii.Number(pods.port),
				ToPort:                    jsii.Number(pods.port),
				Tags:                      l.Tag("alb-pods-" + pods.what),
			})
	}
	return group
}
