package deployer

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/securitygroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupegressrule"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupingressrule"
)

// securityGroup declares the builds' group: HTTPS to the cluster's API, to AWS services and, through NAT, to the repository, the module
// proxies and the charts' registries. Nothing calls a build.
func (d *deployer) securityGroup() {
	d.group = *securitygroup.NewSecurityGroup(d.scope, jsii.String("builds"), &securitygroup.SecurityGroupConfig{
		NamePrefix:  jsii.String(d.project() + "-"), // replaced new before old, see the cluster's
		Description: jsii.String("CodeBuild that applies the platform stack"),
		VpcId:       jsii.String(d.VPCID),
		Tags:        d.named("deployer"),
	}).Id()
	d.rules = append(d.rules, vpcsecuritygroupingressrule.NewVpcSecurityGroupIngressRule(d.scope, jsii.String("control-plane-from-builds"), &vpcsecuritygroupingressrule.VpcSecurityGroupIngressRuleConfig{
		SecurityGroupId:           jsii.String(d.ControlPlaneSecurityGroupID),
		Description:               jsii.String("API calls of the deployer"),
		ReferencedSecurityGroupId: jsii.String(d.group),
		IpProtocol:                jsii.String("tcp"),
		FromPort:                  jsii.Number(443),
		ToPort:                    jsii.Number(443),
		Tags:                      d.named("control-plane-from-deployer"),
	}))
	d.https("builds-to-control-plane", d.ControlPlaneSecurityGroupID, "API calls to the cluster")
	if d.EndpointSecurityGroupID != "" {
		d.https("builds-to-endpoints", d.EndpointSecurityGroupID, "AWS services by interface endpoints")
	}
	d.https("builds-to-internet", "", "HTTPS to the repository, module proxies and registries through NAT")
}

// https lets builds call a group by HTTPS; no group is the internet.
func (d *deployer) https(id, group, description string) {
	config := &vpcsecuritygroupegressrule.VpcSecurityGroupEgressRuleConfig{
		SecurityGroupId: jsii.String(d.group),
		Description:     jsii.String(description),
		IpProtocol:      jsii.String("tcp"),
		FromPort:        jsii.Number(443),
		ToPort:          jsii.Number(443),
		Tags:            d.named(id),
	}
	if group == "" {
		config.CidrIpv4 = jsii.String("0.0.0.0/0")
	} else {
		config.ReferencedSecurityGroupId = jsii.String(group)
	}
	d.rules = append(d.rules, vpcsecuritygroupegressrule.NewVpcSecurityGroupEgressRule(d.scope, jsii.String(id), config))
}

// named is the Name tag of a part of the deployer.
func (c Config) named(part string) *map[string]*string {
	return &map[string]*string{"Name": jsii.String(c.Name + "-" + part)}
}
