package preflight

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight/needs"
)

// askInstanceTypes asks which zones have the types of the node groups. A group needs one of its types in each of its
// zones; with fewer than all it has less to choose from.
func askInstanceTypes(
	ctx context.Context, client ec2.DescribeInstanceTypeOfferingsAPIClient, n *needs.Needs, region environments.Region,
) []Result {
	offered, err := offers(ctx, client, typesIn(n, region))
	if err != nil {
		return []Result{unanswered("instance types in "+string(region), err)}
	}
	var results []Result
	for _, group := range n.NodeGroups {
		if group.Region == region {
			results = append(results, askGroup(group, offered))
		}
	}
	return results
}

// askGroup holds a node group against what its zones have.
func askGroup(group needs.NodeGroup, offered map[string][]string) Result {
	subject := "instance types of node group " + strings.TrimSuffix(group.Name, "-") + " in " + string(group.Region)
	const remedy = "name other types in cluster.node_groups, or other zones in network.availability_zones"
	var lacking []string
	for _, zone := range group.Zones {
		var missing []string
		for _, instanceType := range group.InstanceTypes {
			if !slices.Contains(offered[zone], instanceType) {
				missing = append(missing, instanceType)
			}
		}
		if len(missing) == len(group.InstanceTypes) {
			return bad(subject, remedy, "%s has none of %s", zone, strings.Join(missing, ", "))
		}
		if len(missing) > 0 {
			lacking = append(lacking, zone+" lacks "+strings.Join(missing, ", "))
		}
	}
	if len(lacking) > 0 {
		return good(subject, "each zone has one at least; %s", strings.Join(lacking, "; "))
	}
	return good(subject, "%s has %s", strings.Join(group.Zones, ", "), strings.Join(group.InstanceTypes, ", "))
}

// offers are the instance types, among some, that each zone has.
func offers(
	ctx context.Context, client ec2.DescribeInstanceTypeOfferingsAPIClient, named []string,
) (map[string][]string, error) {
	offered := map[string][]string{}
	list := ec2.NewDescribeInstanceTypeOfferingsPaginator(client, &ec2.DescribeInstanceTypeOfferingsInput{
		LocationType: types.LocationTypeAvailabilityZone,
		Filters:      []types.Filter{{Name: aws.String("instance-type"), Values: named}},
	})
	for list.HasMorePages() {
		page, err := list.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, offering := range page.InstanceTypeOfferings {
			zone := aws.ToString(offering.Location)
			offered[zone] = append(offered[zone], string(offering.InstanceType))
		}
	}
	return offered, nil
}
