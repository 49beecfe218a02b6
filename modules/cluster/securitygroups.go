package cluster

import (
	"fmt"
	"strings"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/securitygroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupegressrule"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupingressrule"
)

// nodePorts are where the control plane calls nodes and pods.
var nodePorts = []struct {
	port int
	what string
}{
	{443, "webhooks and aggregated APIs"},
	{9443, "webhooks of controllers"},
	{10250, "kubelet, metrics-server, webhook of external-secrets"},
}

// securityGroups declares who talks to whom. DNS needs no rule: between pods it is node to node, and the VPC's resolver
// is beyond security groups, like instance metadata and time (VPC User Guide, 'Control traffic to your AWS resources
// using security groups').
func (c *cluster) securityGroups() {
	// EKS' own group, whose members may exchange anything, has only the control plane's interfaces here: nodes whose
	// launch template names groups are not put into it (EKS User Guide, 'View Amazon EKS security group requirements for
	// clusters'). So calls of the API pass by the rules of these two groups alone.
	c.controlPlaneGroup = c.securityGroup("control-plane", "EKS control plane: its API, and its calls to nodes")
	c.nodeGroup = c.securityGroup("nodes", "EKS nodes and their pods")

	c.ingress("nodes-from-nodes", c.nodeGroup, peer{group: c.nodeGroup}, "Pods and nodes among themselves")
	c.egress("nodes-to-nodes", c.nodeGroup, peer{group: c.nodeGroup}, "Pods and nodes among themselves")
	for _, node := range nodePorts {
		c.egress(fmt.Sprintf("control-plane-to-nodes-%d", node.port), c.controlPlaneGroup, peer{c.nodeGroup, "", node.port},
			"To nodes: "+node.what)
		c.ingress(fmt.Sprintf("nodes-from-control-plane-%d", node.port), c.nodeGroup,
			peer{c.controlPlaneGroup, "", node.port}, "From the control plane: "+node.what)
	}
	c.ingress("control-plane-from-nodes", c.controlPlaneGroup, peer{c.nodeGroup, "", 443}, "API calls of nodes and pods")
	c.egress("nodes-to-control-plane", c.nodeGroup, peer{c.controlPlaneGroup, "", 443}, "API calls of nodes and pods")
	for _, block := range c.CallerBlocks {
		c.ingress("control-plane-from-"+strings.ReplaceAll(block, "/", "-"), c.controlPlaneGroup, peer{"", block, 443},
			"API calls of people and builds from "+block)
	}
	if c.EndpointSecurityGroupID != "" {
		c.egress("nodes-to-endpoints", c.nodeGroup, peer{c.EndpointSecurityGroupID, "", 443},
			"AWS services by interface endpoints")
	}
	// The one way out that is not to a group of ours. Images and charts come from registries without fixed addresses, and
	// security groups know no names; NAT and flow logs see all of it, and nothing comes in that way.
	c.egress("nodes-to-internet", c.nodeGroup, peer{"", "0.0.0.0/0", 443},
		"HTTPS to registries and AWS services through NAT")
}

// securityGroup declares a group without rules. Its name is generated, because a group is replaced, new before old,
// when its description changes, and two of one name can't be.
func (c *cluster) securityGroup(part, description string) string {
	return *securitygroup.NewSecurityGroup(c.scope, jsii.String(part), &securitygroup.SecurityGroupConfig{
		NamePrefix:  jsii.String(c.Name + "-" + part + "-"),
		Description: jsii.String(description),
		VpcId:       jsii.String(c.VPCID),
		Tags:        c.Tag(part),
	}).Id()
}

// peer is the other side of a rule: a group or a block, on a TCP port; port 0 is every protocol and port.
type peer struct {
	group string
	block string
	port  int
}

func (c *cluster) ingress(id, group string, from peer, description string) {
	config := &vpcsecuritygroupingressrule.VpcSecurityGroupIngressRuleConfig{
		SecurityGroupId: jsii.String(group),
		Description:     jsii.String(description),
		IpProtocol:      jsii.String("-1"),
		Tags:            c.Tag(id),
	}
	config.ReferencedSecurityGroupId, config.CidrIpv4 = optional(from.group), optional(from.block)
	if from.port != 0 {
		config.IpProtocol, config.FromPort, config.ToPort = jsii.String("tcp"), jsii.Number(from.port), jsii.Number(from.port)
	}
	c.rules = append(c.rules, vpcsecuritygroupingressrule.NewVpcSecurityGroupIngressRule(c.scope, jsii.String(id), config))
}

func (c *cluster) egress(id, group string, to peer, description string) {
	config := &vpcsecuritygroupegressrule.VpcSecurityGroupEgressRuleConfig{
		SecurityGroupId: jsii.String(group),
		Description:     jsii.String(description),
		IpProtocol:      jsii.String("-1"),
		Tags:            c.Tag(id),
	}
	config.ReferencedSecurityGroupId, config.CidrIpv4 = optional(to.group), optional(to.block)
	if to.port != 0 {
		config.IpProtocol, config.FromPort, config.ToPort = jsii.String("tcp"), jsii.Number(to.port), jsii.Number(to.port)
	}
	c.rules = append(c.rules, vpcsecuritygroupegressrule.NewVpcSecurityGroupEgressRule(c.scope, jsii.String(id), config))
}

// optional is nothing for an empty string, as the bindings want it.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
