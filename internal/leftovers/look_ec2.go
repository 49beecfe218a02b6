package leftovers

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// valuesOfFilter is how many values a filter takes (Amazon EC2 API Reference, 'Filter').
const valuesOfFilter = 200

// lookEC2 looks at all that is EC2's at once: what has no tags any more is gone. Instances and NAT gateways, which EC2
// shows for about an hour after their end, are asked for their state.
func (s *search) lookEC2(ctx context.Context) map[string]sight {
	var ids []string
	of := map[string][]string{}
	for _, l := range s.found {
		if l.kind.service == "ec2" {
			ids = append(ids, l.name)
			of[l.kind.resource] = append(of[l.kind.resource], l.name)
		}
	}
	there, err := s.withTags(ctx, ids)
	if err == nil {
		err = s.ended(ctx, there, of)
	}
	if err != nil {
		s.unknown("whether what EC2 has is still there", err)
		return nil
	}
	seen := map[string]sight{}
	for _, id := range ids {
		seen[id] = sight{gone: !there[id]}
	}
	for id, one := range s.interfacesOf(ctx, of["network-interface"]) {
		seen[id] = one
	}
	return seen
}

// withTags are those of some ids that have a tag, which is why they are known.
func (s *search) withTags(ctx context.Context, ids []string) (map[string]bool, error) {
	there := map[string]bool{}
	for some := range slices.Chunk(ids, valuesOfFilter) {
		pages := ec2.NewDescribeTagsPaginator(s.ec2, &ec2.DescribeTagsInput{Filters: []types.Filter{
			{Name: aws.String("resource-id"), Values: some},
		}})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			for _, tag := range page.Tags {
				there[aws.ToString(tag.ResourceId)] = true
			}
		}
	}
	return there, nil
}

// ended takes out what has come to its end.
func (s *search) ended(ctx context.Context, there map[string]bool, of map[string][]string) error {
	if ids := of["instance"]; len(ids) > 0 {
		pages := ec2.NewDescribeInstancesPaginator(s.ec2, &ec2.DescribeInstancesInput{Filters: []types.Filter{
			{Name: aws.String("instance-id"), Values: ids},
			{Name: aws.String("instance-state-name"), Values: []string{"terminated"}},
		}})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, reservation := range page.Reservations {
				for _, instance := range reservation.Instances {
					delete(there, aws.ToString(instance.InstanceId))
				}
			}
		}
	}
	if ids := of["natgateway"]; len(ids) > 0 {
		pages := ec2.NewDescribeNatGatewaysPaginator(s.ec2, &ec2.DescribeNatGatewaysInput{Filter: []types.Filter{
			{Name: aws.String("nat-gateway-id"), Values: ids}, {Name: aws.String("state"), Values: []string{"deleted"}},
		}})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, gateway := range page.NatGateways {
				delete(there, aws.ToString(gateway.NatGatewayId))
			}
		}
	}
	return nil
}

// interfacesOf are interfaces with what they are for, and whether something uses them.
func (s *search) interfacesOf(ctx context.Context, ids []string) map[string]sight {
	seen := map[string]sight{}
	if len(ids) == 0 {
		return seen
	}
	list, err := s.describeInterfaces(ctx, types.Filter{Name: aws.String("network-interface-id"), Values: ids})
	if err != nil {
		s.unknown("what network interfaces are for", err)
		return seen
	}
	for _, id := range ids {
		seen[id] = sight{gone: true}
	}
	for _, one := range list {
		seen[aws.ToString(one.NetworkInterfaceId)] = sightOf(one)
	}
	return seen
}
