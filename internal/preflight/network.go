package preflight

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight/needs"
)

func vpcs(ctx context.Context, c clients) ([]string, error) {
	return collect(ctx, ec2.NewDescribeVpcsPaginator(c.ec2, &ec2.DescribeVpcsInput{}),
		func(page *ec2.DescribeVpcsOutput) []string {
			return each(page.Vpcs, func(one types.Vpc) *string { return tag(one.Tags, "Name") })
		})
}

func internetGateways(ctx context.Context, c clients) ([]string, error) {
	return collect(ctx, ec2.NewDescribeInternetGatewaysPaginator(c.ec2, &ec2.DescribeInternetGatewaysInput{}),
		func(page *ec2.DescribeInternetGatewaysOutput) []string {
			return each(page.InternetGateways, func(one types.InternetGateway) *string { return tag(one.Tags, "Name") })
		})
}

func addresses(ctx context.Context, c clients) ([]string, error) {
	answer, err := c.ec2.DescribeAddresses(ctx, &ec2.DescribeAddressesInput{})
	if err != nil {
		return nil, err
	}
	return each(answer.Addresses, func(one types.Address) *string { return tag(one.Tags, "Name") }), nil
}

func tag(tags []types.Tag, key string) *string {
	for _, one := range tags {
		if aws.ToString(one.Key) == key {
			return one.Value
		}
	}
	return nil
}

// counting are the states in which a NAT gateway counts (Amazon VPC User Guide, 'Amazon VPC quotas').
var counting = []types.NatGatewayState{
	types.NatGatewayStatePending, types.NatGatewayStateAvailable, types.NatGatewayStateDeleting,
}

// gatewayDemands are what the stacks need of the quota of NAT gateways, which is each zone's.
func gatewayDemands(n *needs.Needs, region environments.Region, client networkAPI) []demand {
	own := map[string][]string{} // by zone
	for _, gateway := range n.Gateways {
		if gateway.Region == region {
			own[gateway.Zone] = append(own[gateway.Zone], gateway.Name)
		}
	}
	var demands []demand
	for _, zone := range n.AvailabilityZones(region) {
		if len(own[zone]) == 0 {
			continue
		}
		demands = append(demands, demand{
			quota: quota{"vpc", "L-FE5A380F", "NAT gateways"}, region: region, where: zone, needs: len(own[zone]),
			used: func(ctx context.Context) (int, error) {
				found, err := gatewaysIn(ctx, client, zone)
				return counted(found, own[zone]), err
			},
		})
	}
	return demands
}

// gatewaysIn are the names of the NAT gateways in a zone, which a gateway's subnet has.
func gatewaysIn(ctx context.Context, client networkAPI, zone string) ([]string, error) {
	subnets, err := collect(ctx, ec2.NewDescribeSubnetsPaginator(client, &ec2.DescribeSubnetsInput{
		Filters: []types.Filter{{Name: aws.String("availability-zone"), Values: []string{zone}}},
	}), func(page *ec2.DescribeSubnetsOutput) []string {
		return each(page.Subnets, func(one types.Subnet) *string { return one.SubnetId })
	})
	if err != nil {
		return nil, err
	}
	return collect(ctx, ec2.NewDescribeNatGatewaysPaginator(client, &ec2.DescribeNatGatewaysInput{}),
		func(page *ec2.DescribeNatGatewaysOutput) []string {
			here := slices.DeleteFunc(page.NatGateways, func(one types.NatGateway) bool {
				return !slices.Contains(counting, one.State) || !slices.Contains(subnets, aws.ToString(one.SubnetId))
			})
			return each(here, func(one types.NatGateway) *string { return tag(one.Tags, "Name") })
		})
}
