// Package nodeaccess provides the security group of a server that the cluster's nodes may call, and nobody else but the
// networks that a file names.
package nodeaccess

import (
	"fmt"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/securitygroup"
	egressrule "github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupegressrule"
	ingressrule "github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupingressrule"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/target"
)

// Config is the server and its callers.
type Config struct {
	target.Target
	Server              string // what is called, in a name: database
	Description         string // what is called, for people: Aurora PostgreSQL
	Port                int    // TCP
	VPCID               string
	NodeSecurityGroupID string   // the cluster's nodes, and so its pods
	CallerBlocks        []string // beyond the VPC, which may call, too
}

// Output is what other modules may use.
type Output struct {
	SecurityGroupID string
	Rules           []cdktf.ITerraformDependable // who connects waits for these
}

// New declares the group and both sides of its one rule: nodes may call out only where a rule says so, and
// the server calls nobody.
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	group := securitygroup.NewSecurityGroup(this, jsii.String("group"), &securitygroup.SecurityGroupConfig{
		NamePrefix:  jsii.String(fmt.Sprintf("%s-%s-", config.Name, config.Server)),
		Description: jsii.String(config.Description),
		VpcId:       jsii.String(config.VPCID),
		Tags:        config.Tag(config.Server),
		// Another description makes another group. The server moves to it before the old one, which it is
		// a member of, is deleted.
		Lifecycle: &cdktf.TerraformResourceLifecycle{CreateBeforeDestroy: jsii.Bool(true)},
	})
	in := config.Server + "-from-nodes"
	ingress := ingressrule.NewVpcSecurityGroupIngressRule(this, jsii.String(in),
		&ingressrule.VpcSecurityGroupIngressRuleConfig{
			SecurityGroupId:           group.Id(),
			Description:               jsii.String("Pods and nodes to " + config.Description),
			ReferencedSecurityGroupId: jsii.String(config.NodeSecurityGroupID),
			IpProtocol:                jsii.String("tcp"),
			FromPort:                  jsii.Number(config.Port),
			ToPort:                    jsii.Number(config.Port),
			Tags:                      config.Tag(in),
		})
	out := "nodes-to-" + config.Server
	egress := egressrule.NewVpcSecurityGroupEgressRule(this, jsii.String(out),
		&egressrule.VpcSecurityGroupEgressRuleConfig{
			SecurityGroupId:           jsii.String(config.NodeSecurityGroupID),
			Description:               jsii.String("To " + config.Description),
			ReferencedSecurityGroupId: group.Id(),
			IpProtocol:                jsii.String("tcp"),
			FromPort:                  jsii.Number(config.Port),
			ToPort:                    jsii.Number(config.Port),
			Tags:                      config.Tag(out),
		})
	rules := []cdktf.ITerraformDependable{ingress, egress}
	for _, block := range config.CallerBlocks {
		from := config.Server + "-from-" + strings.ReplaceAll(block, "/", "-")
		rules = append(rules, ingressrule.NewVpcSecurityGroupIngressRule(this, jsii.String(from),
			&ingressrule.VpcSecurityGroupIngressRuleConfig{
				SecurityGroupId: group.Id(),
				Description:     jsii.String("People and builds from " + block + " to " + config.Description),
				CidrIpv4:        jsii.String(block),
				IpProtocol:      jsii.String("tcp"),
				FromPort:        jsii.Number(config.Port),
				ToPort:          jsii.Number(config.Port),
				Tags:            config.Tag(from),
			}))
	}
	return Output{SecurityGroupID: *group.Id(), Rules: rules}
}
