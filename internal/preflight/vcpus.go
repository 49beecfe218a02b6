package preflight

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight/needs"
)

// instancesAPI is what of EC2 vCPUs are counted with.
type instancesAPI interface {
	ec2.DescribeInstancesAPIClient
	ec2.DescribeInstanceTypesAPIClient
}

// market is whose quota an instance counts in.
type market struct {
	class string
	spot  bool
}

// vcpuDemands are what the node groups of a region need at their largest. A group of several types counts with the
// largest of them, in each class that it has a type of.
func vcpuDemands(
	ctx context.Context, client instancesAPI, n *needs.Needs, region environments.Region,
) ([]demand, error) {
	sizes, err := vcpusOf(ctx, client, typesIn(n, region))
	if err != nil {
		return nil, err
	}
	total := map[market]int{}
	for _, group := range n.NodeGroups {
		if group.Region != region {
			continue
		}
		largest := map[market]int{}
		for _, instanceType := range group.InstanceTypes {
			c, found := classOf(instanceType)
			if !found {
				return nil, fmt.Errorf("node group %s: titan knows no quota of vCPUs for %q", group.Name, instanceType)
			}
			in := market{c.name, group.Spot}
			largest[in] = max(largest[in], sizes[instanceType])
		}
		for in, size := range largest {
			total[in] += size * group.Max
		}
	}
	var demands []demand
	for _, c := range classes {
		for _, spot := range []bool{false, true} {
			if in := (market{c.name, spot}); total[in] > 0 {
				demands = append(demands, demand{
					quota: c.quota(spot), region: region, where: string(region), needs: total[in],
					used: func(ctx context.Context) (int, error) { return vcpusInUse(ctx, client, n, region, in) },
				})
			}
		}
	}
	return demands, nil
}

// typesIn are the instance types of a region's node groups, each once.
func typesIn(n *needs.Needs, region environments.Region) []string {
	var all []string
	for _, group := range n.NodeGroups {
		if group.Region == region {
			all = append(all, group.InstanceTypes...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// typesAtOnce is how many types DescribeInstanceTypes takes (Amazon EC2 API Reference).
const typesAtOnce = 100

// vcpusOf are the vCPUs of instance types. A type that the region does not have is an error.
func vcpusOf(ctx context.Context, client ec2.DescribeInstanceTypesAPIClient, named []string) (map[string]int, error) {
	sizes := map[string]int{}
	for some := range slices.Chunk(named, typesAtOnce) {
		input := &ec2.DescribeInstanceTypesInput{}
		for _, name := range some {
			input.InstanceTypes = append(input.InstanceTypes, types.InstanceType(name))
		}
		list := ec2.NewDescribeInstanceTypesPaginator(client, input)
		for list.HasMorePages() {
			page, err := list.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			for _, found := range page.InstanceTypes {
				if found.VCpuInfo != nil {
					sizes[string(found.InstanceType)] = int(aws.ToInt32(found.VCpuInfo.DefaultVCpus))
				}
			}
		}
	}
	for _, name := range named {
		if sizes[name] == 0 {
			return nil, fmt.Errorf("the region does not say how many vCPUs %q has", name)
		}
	}
	return sizes, nil
}

// vcpusInUse are the vCPUs of a market that instances of others have: those that run or are about to, without the
// nodes of the stacks' own clusters.
func vcpusInUse(
	ctx context.Context, client instancesAPI, n *needs.Needs, region environments.Region, in market,
) (int, error) {
	running := map[string]int{} // by type
	list := ec2.NewDescribeInstancesPaginator(client, &ec2.DescribeInstancesInput{Filters: []types.Filter{
		{Name: aws.String("instance-state-name"), Values: []string{"pending", "running"}},
	}})
	own := n.Names(region, "aws_eks_cluster")
	for list.HasMorePages() {
		page, err := list.NextPage(ctx)
		if err != nil {
			return 0, err
		}
		for _, reservation := range page.Reservations {
			for _, instance := range reservation.Instances {
				c, _ := classOf(string(instance.InstanceType))
				spot := instance.InstanceLifecycle == types.InstanceLifecycleTypeSpot
				cluster := aws.ToString(tag(instance.Tags, "eks:cluster-name"))
				if (market{c.name, spot}) == in && !slices.Contains(own, cluster) {
					running[string(instance.InstanceType)]++
				}
			}
		}
	}
	sizes, err := vcpusOf(ctx, client, slices.Sorted(maps.Keys(running)))
	if err != nil {
		return 0, err
	}
	used := 0
	for instanceType, count := range running {
		used += count * sizes[instanceType]
	}
	return used, nil
}
