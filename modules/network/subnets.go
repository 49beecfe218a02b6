package network

import (
	"net/netip"
	"strings"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/eip"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/internetgateway"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/natgateway"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/routetable"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/routetableassociation"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/subnet"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

const everywhere = "0.0.0.0/0"

// tier declares a subnet a zone. roleTag tells Kubernetes' load balancer controllers what a subnet is for; empty is
// none. The further tag kubernetes.io/cluster/<name> is not needed since controller 2.1.2
// (aws-load-balancer-controller, 'Subnet auto-discovery').
func (n *network) tier(name string, blocks []netip.Prefix, roleTag string) Tier {
	var tier Tier
	for i, zone := range n.Settings.AvailabilityZones {
		tags := []string{"tier", name}
		if roleTag != "" {
			tags = append(tags, roleTag, "1")
		}
		// Ids by the zone's letter: another zone in the list changes its own subnets and no other.
		made := subnet.NewSubnet(n.scope, jsii.String(name+"-"+n.letter(zone)), &subnet.SubnetConfig{
			VpcId:            n.vpcID,
			AvailabilityZone: jsii.String(zone),
			CidrBlock:        jsii.String(blocks[i].String()),
			// The document gives public addresses to whatever starts in a public subnet. Only the load balancer and
			// the NAT gateways live there, which bring addresses of their own, so anything else there would be a
			// mistake, and on the internet.
			MapPublicIpOnLaunch: jsii.Bool(false),
			Tags:                n.name(name+"-"+zone, tags...),
		})
		tier = append(tier, Subnet{ID: *made.Id(), Zone: zone, CIDR: blocks[i].String()})
	}
	return tier
}

// letter is what a zone's name adds to its region's.
func (n *network) letter(zone string) string { return strings.TrimPrefix(zone, n.Region) }

// publicRoutes lets the public subnets reach the internet and be reached, and returns their route table's id.
func (n *network) publicRoutes(public Tier, internet internetgateway.InternetGateway) string {
	table := n.routeTable("public")
	n.egress = append(n.egress, route.NewRoute(n.scope, jsii.String("public-internet"), &route.RouteConfig{
		RouteTableId:         jsii.String(table),
		DestinationCidrBlock: jsii.String(everywhere),
		GatewayId:            internet.Id(),
	}))
	for _, s := range public {
		n.egress = append(n.egress, n.associate("public-"+n.letter(s.Zone), s, table))
	}
	return table
}

// natGateways declares one gateway, in the first zone, or one a zone, and returns their ids and public addresses.
func (n *network) natGateways(public Tier, internet internetgateway.InternetGateway) (ids, addresses []string) {
	if n.Settings.NAT == environments.NATSingle {
		public = public[:1]
	}
	// Neither can be made before, nor used after, the VPC's internet gateway, which their arguments do not name.
	afterInternet := &[]cdktf.ITerraformDependable{internet}
	for _, s := range public {
		letter := n.letter(s.Zone)
		address := eip.NewEip(n.scope, jsii.String("nat-address-"+letter), &eip.EipConfig{
			Domain:    jsii.String("vpc"),
			Tags:      n.name("nat-" + s.Zone),
			DependsOn: afterInternet,
		})
		gateway := natgateway.NewNatGateway(n.scope, jsii.String("nat-"+letter), &natgateway.NatGatewayConfig{
			SubnetId:     jsii.String(s.ID),
			AllocationId: address.Id(),
			Tags:         n.name("nat-" + s.Zone),
			DependsOn:    afterInternet,
		})
		ids = append(ids, *gateway.Id())
		addresses = append(addresses, *address.PublicIp())
	}
	return ids, addresses
}

// privateRoutes lets each private subnet call out, by its own zone's NAT gateway or the only one, and returns
// the ids of the route tables. A table a zone even with one gateway: going from one to three then changes
// routes, not associations.
func (n *network) privateRoutes(private Tier, natGateways []string) []string {
	var tables []string
	for i, s := range private {
		id := "private-" + n.letter(s.Zone)
		table := n.routeTable(id)
		toNAT := route.NewRoute(n.scope, jsii.String(id+"-nat"), &route.RouteConfig{
			RouteTableId:         jsii.String(table),
			DestinationCidrBlock: jsii.String(everywhere),
			NatGatewayId:         jsii.String(natGateways[min(i, len(natGateways)-1)]),
		})
		n.egress = append(n.egress, toNAT, n.associate(id, s, table))
		tables = append(tables, table)
	}
	return tables
}

// dataRoutes gives the data subnets a table without a route out of the VPC, and returns its id. Without it they would
// use the VPC's main table, to which anyone can add a route.
func (n *network) dataRoutes(data Tier) string {
	table := n.routeTable("data")
	for _, s := range data {
		n.associate("data-"+n.letter(s.Zone), s, table)
	}
	return table
}

func (n *network) routeTable(id string) string {
	return *routetable.NewRouteTable(n.scope, jsii.String(id+"-routes"), &routetable.RouteTableConfig{
		VpcId: n.vpcID,
		Tags:  n.name(id),
	}).Id()
}

func (n *network) associate(id string, s Subnet, table string) cdktf.ITerraformDependable {
	return routetableassociation.NewRouteTableAssociation(n.scope, jsii.String(id+"-association"),
		&routetableassociation.RouteTableAssociationConfig{
			SubnetId:     jsii.String(s.ID),
			RouteTableId: jsii.String(table),
		})
}
