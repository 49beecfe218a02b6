// Package network provides the VPC of an environment: three tiers of subnets over three Availability Zones, the ways
// out of them, and the record of what flows.
package network

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/defaultsecuritygroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/internetgateway"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpc"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
)

// Config is what a network needs from the rest of the system.
type Config struct {
	target.Target
	Settings  environments.Network // from the environment file
	LogKeyARN string               // encrypts the flow logs

	FlowLogBucket string // where they go to S3: globally unique
	AccessLogs    string // name of the region's bucket that S3 logs requests for them in
}

// Output is what other modules may use. Lists are in the order of the environment's zones.
type Output struct {
	VPCID, CIDR string

	Public  Tier // load balancer and NAT gateways
	Private Tier // nodes, pods, builds and endpoints
	Data    Tier // database and cache

	PublicRouteTableID   string
	PrivateRouteTableIDs []string // one a zone
	DataRouteTableID     string

	NATGatewayIDs []string // one, or one a zone
	NATAddresses  []string // the public addresses that the environment calls others from

	EndpointSecurityGroupID string // of the interface endpoints; empty where the environment has none

	// PublicEgress is the way between the public subnets and the internet. AWS makes an internet-facing load balancer only
	// in a VPC that has a gateway, which none of its arguments names ('VPC has no internet gateway',
	// terraform-provider-aws#3494).
	PublicEgress []cdktf.ITerraformDependable

	// PrivateEgress is every way from the private subnets to AWS and the internet. What runs there depends on it, so that
	// it can call out from its first moment to its last: nodes that start before their route never join, and a controller
	// that outlives its route leaves its finalizers behind.
	PrivateEgress []cdktf.ITerraformDependable
}

// Tier is a subnet a zone.
type Tier []Subnet

// Subnet is one subnet.
type Subnet struct {
	ID   string
	Zone string // eu-west-1a
	CIDR string
}

// IDs are the ids of a tier's subnets.
func (t Tier) IDs() []string {
	ids := make([]string, len(t))
	for i, subnet := range t {
		ids[i] = subnet.ID
	}
	return ids
}

// network is a network while it is built.
type network struct {
	Config
	scope  constructs.Construct
	vpcID  *string
	egress []cdktf.ITerraformDependable
}

// New declares the network under scope. It panics where the settings' block was not validated.
func New(scope constructs.Construct, id string, config Config) Output {
	blocks, err := config.Settings.Subnets()
	if err != nil {
		panic(fmt.Errorf("building network %q: %w", config.Name, err))
	}
	n := &network{Config: config, scope: constructs.NewConstruct(scope, jsii.String(id))}

	main := vpc.NewVpc(n.scope, jsii.String("main"), &vpc.VpcConfig{
		CidrBlock:          jsii.String(config.Settings.CIDR),
		EnableDnsSupport:   jsii.Bool(true),
		EnableDnsHostnames: jsii.Bool(true), // endpoints' private names and EKS's private endpoint need both
		Tags:               n.name("vpc"),
	})
	n.vpcID = main.Id()
	// Every VPC has a default group that lets its members talk to each other, for whoever forgets to name one.
	// This takes its rules away.
	defaultsecuritygroup.NewDefaultSecurityGroup(n.scope, jsii.String("default"),
		&defaultsecuritygroup.DefaultSecurityGroupConfig{
			VpcId: n.vpcID,
			Tags:  n.name("default-unused"),
		})
	n.logFlows()

	internet := internetgateway.NewInternetGateway(n.scope, jsii.String("internet"),
		&internetgateway.InternetGatewayConfig{
			VpcId: n.vpcID,
			Tags:  n.name("internet"),
		})

	output := Output{
		VPCID:   *main.Id(),
		CIDR:    config.Settings.CIDR,
		Public:  n.tier("public", blocks.Public, "kubernetes.io/role/elb"),
		Private: n.tier("private", blocks.Private, "kubernetes.io/role/internal-elb"),
		Data:    n.tier("data", blocks.Data, ""),
	}
	output.PublicRouteTableID = n.publicRoutes(output.Public, internet)
	output.PublicEgress = append([]cdktf.ITerraformDependable{internet}, n.egress...)
	output.NATGatewayIDs, output.NATAddresses = n.natGateways(output.Public, internet)
	output.PrivateRouteTableIDs = n.privateRoutes(output.Private, output.NATGatewayIDs)
	output.DataRouteTableID = n.dataRoutes(output.Data)

	n.accessRoutes(output.Private, output)
	n.gatewayEndpoint(output.PrivateRouteTableIDs)
	output.EndpointSecurityGroupID = n.interfaceEndpoints(output.Private)
	output.PrivateEgress = n.egress
	return output
}

// name is the Name tag of a part of the network, with other tags if any: pairs of key and value.
func (n *network) name(part string, pairs ...string) *map[string]*string {
	tags := map[string]*string{"Name": jsii.String(n.Name + "-" + part)}
	for i := 0; i < len(pairs); i += 2 {
		tags[pairs[i]] = jsii.String(pairs[i+1])
	}
	return &tags
}
