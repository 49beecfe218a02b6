package network

import (
	"strings"

	"github.com/aws/jsii-runtime-go"
	vpcattachment "github.com/cdktf/cdktf-provider-aws-go/aws/v19/ec2transitgatewayvpcattachment"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// accessRoutes leads answers back to networks of one's own, by the gateway that calls come from, and only from where
// something answers: the database's subnets, or those of the cluster's API. A peering connection is between two VPCs
// that exist, so its file gets it once this one does.
func (n *network) accessRoutes(private Tier, output Output) {
	attachments := map[string]cdktf.ITerraformDependable{}
	for _, access := range n.Settings.Access {
		if id := access.Gateway; access.TransitGateway() && attachments[id] == nil {
			attachments[id] = vpcattachment.NewEc2TransitGatewayVpcAttachment(n.scope, jsii.String(id),
				&vpcattachment.Ec2TransitGatewayVpcAttachmentConfig{
					TransitGatewayId: jsii.String(id),
					VpcId:            n.vpcID,
					SubnetIds:        jsii.Strings(private.IDs()...),
					Tags:             n.name(id),
				})
		}
	}
	for _, access := range n.Settings.AccessTo(environments.AccessDatabase) {
		n.accessRoute("data", output.DataRouteTableID, access, attachments)
	}
	for _, access := range n.Settings.AccessTo(environments.AccessAPI) {
		for i, table := range output.PrivateRouteTableIDs {
			n.accessRoute("private-"+n.letter(private[i].Zone), table, access, attachments)
		}
	}
}

func (n *network) accessRoute(
	from, table string, access environments.NetworkAccess, attachments map[string]cdktf.ITerraformDependable,
) {
	config := &route.RouteConfig{RouteTableId: jsii.String(table), DestinationCidrBlock: jsii.String(access.CIDR)}
	if access.TransitGateway() {
		config.TransitGatewayId = jsii.String(access.Gateway)
		// A route does not find the gateway before the VPC is attached to it (terraform-provider-aws#10025).
		config.DependsOn = &[]cdktf.ITerraformDependable{attachments[access.Gateway]}
	} else {
		config.VpcPeeringConnectionId = jsii.String(access.Gateway)
	}
	route.NewRoute(n.scope, jsii.String(from+"-to-"+strings.ReplaceAll(access.CIDR, "/", "-")), config)
}
