package build

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codebuildproject"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/securitygroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupegressrule"
	ingressrule "github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupingressrule"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/cluster"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// VPCConfig is where in the VPC a project builds, and its access to the cluster, whose API the internet does not reach.
type VPCConfig struct {
	VPCID     string
	SubnetIDs []string                     // private
	Egress    []cdktf.ITerraformDependable // the subnets' ways out
	Group     Group
	Access    cluster.Access // the principal is the project's role
}

func (i *VPCConfig) vpc() *codebuildproject.CodebuildProjectVpcConfig {
	return &codebuildproject.CodebuildProjectVpcConfig{
		VpcId:            jsii.String(i.VPCID),
		Subnets:          jsii.Strings(i.SubnetIDs...),
		SecurityGroupIds: jsii.Strings(i.Group.ID),
	}
}

func (i *VPCConfig) access(scope constructs.Construct, roleARN string) []cdktf.ITerraformDependable {
	access := i.Access
	access.PrincipalARN = roleARN
	return cluster.NewAccess(scope, "access", access)
}

// Network is the same as its role's policy names it.
func (i *VPCConfig) Network() role.Network {
	return role.Network{SubnetIDs: i.SubnetIDs, SecurityGroupID: i.Group.ID}
}

// GroupConfig is what a security group of builds needs.
type GroupConfig struct {
	target.Target
	Part                        string // ends its name and tags: deployer
	Description                 string
	VPCID                       string
	ControlPlaneSecurityGroupID string
	EndpointSecurityGroupID     string // of the interface endpoints; empty where there are none
}

// Group is a security group of builds.
type Group struct {
	ID    string
	Rules []cdktf.ITerraformDependable
}

// NewGroup declares the builds' group: HTTPS to the cluster's API, to AWS services and, through NAT, to what builds
// download. Nothing calls a build.
func NewGroup(scope constructs.Construct, id string, config GroupConfig) Group {
	g := &group{GroupConfig: config, scope: constructs.NewConstruct(scope, jsii.String(id))}
	g.id = *securitygroup.NewSecurityGroup(g.scope, jsii.String("builds"), &securitygroup.SecurityGroupConfig{
		NamePrefix:  jsii.String(config.Name + "-" + config.Part + "-"), // replaced new before old, see the cluster's
		Description: jsii.String(config.Description),
		VpcId:       jsii.String(config.VPCID),
		Tags:        g.Tag(config.Part),
	}).Id()
	calls := ingressrule.NewVpcSecurityGroupIngressRule(g.scope, jsii.String("control-plane-from-builds"),
		&ingressrule.VpcSecurityGroupIngressRuleConfig{
			SecurityGroupId:           jsii.String(config.ControlPlaneSecurityGroupID),
			Description:               jsii.String("API calls of builds: " + config.Part),
			ReferencedSecurityGroupId: jsii.String(g.id),
			IpProtocol:                jsii.String("tcp"),
			FromPort:                  jsii.Number(443),
			ToPort:                    jsii.Number(443),
			Tags:                      g.Tag("control-plane-from-" + config.Part),
		})
	g.rules = append(g.rules, calls)
	g.https("builds-to-control-plane", config.ControlPlaneSecurityGroupID, "API calls to the cluster")
	if config.EndpointSecurityGroupID != "" {
		g.https("builds-to-endpoints", config.EndpointSecurityGroupID, "AWS services by interface endpoints")
	}
	g.https("builds-to-internet", "", "HTTPS to repositories, registries and AWS services through NAT")
	return Group{ID: g.id, Rules: g.rules}
}

// group is a group while it is built.
type group struct {
	GroupConfig
	scope constructs.Construct
	id    string
	rules []cdktf.ITerraformDependable
}

// https lets builds call a group by HTTPS; no group is the internet.
func (g *group) https(id, to, description string) {
	config := &vpcsecuritygroupegressrule.VpcSecurityGroupEgressRuleConfig{
		SecurityGroupId: jsii.String(g.id),
		Description:     jsii.String(description),
		IpProtocol:      jsii.String("tcp"),
		FromPort:        jsii.Number(443),
		ToPort:          jsii.Number(443),
		Tags:            g.Tag(g.Part + "-" + id),
	}
	if to == "" {
		config.CidrIpv4 = jsii.String("0.0.0.0/0")
	} else {
		config.ReferencedSecurityGroupId = jsii.String(to)
	}
	g.rules = append(g.rules, vpcsecuritygroupegressrule.NewVpcSecurityGroupEgressRule(g.scope, jsii.String(id), config))
}
