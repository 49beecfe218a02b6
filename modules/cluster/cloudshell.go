package cluster

// cloudShell declares the security group of people's CloudShell VPC environments, in a private subnet: what these may
// call; nothing calls them (AWS CloudShell User Guide, 'Using AWS CloudShell in Amazon VPC'). EC2 refuses to delete it
// while an environment has it (DependencyViolation): environments are deleted first.
func (c *cluster) cloudShell() string {
	if !c.Settings.CloudShell {
		return ""
	}
	group := c.securityGroup("cloudshell", "CloudShell VPC environments of people")
	c.ingress("control-plane-from-cloudshell", c.controlPlaneGroup, peer{group, "", 443},
		"API calls of people in CloudShell")
	c.egress("cloudshell-to-control-plane", group, peer{c.controlPlaneGroup, "", 443}, "API calls to the cluster")
	if c.EndpointSecurityGroupID != "" {
		c.egress("cloudshell-to-endpoints", group, peer{c.EndpointSecurityGroupID, "", 443},
			"AWS services by interface endpoints")
	}
	// The AWS CLI asks STS for a token, and people download kubectl and charts: names without fixed addresses.
	c.egress("cloudshell-to-internet", group, peer{"", "0.0.0.0/0", 443},
		"HTTPS to AWS services and repositories through NAT")
	return group
}
