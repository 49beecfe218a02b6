package leftovers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// clusterTags are those by which what is made for a cluster says whose it is, each by itself:
//   - kubernetes.io/cluster/NAME: volumes, interfaces of pods, and the security group that EKS makes
//     (aws-ebs-csi-driver, docs/tagging.md; amazon-vpc-cni-k8s#2854); a subnet of ours is shared, and not owned
//   - aws:eks:cluster-name: that security group too, which EKS may leave behind (terraform-provider-aws#11473)
//   - elbv2.k8s.aws/cluster: load balancers and target groups of the AWS Load Balancer Controller
//   - cluster.k8s.amazonaws.com/name: interfaces of pods, where the plug-in knows its cluster's name
func clusterTags(cluster string) []map[string]string {
	return []map[string]string{
		{"kubernetes.io/cluster/" + cluster: "owned"},
		{"aws:eks:cluster-name": cluster},
		{"elbv2.k8s.aws/cluster": cluster},
		{"cluster.k8s.amazonaws.com/name": cluster},
		{"ebs.csi.aws.com/cluster-name": cluster},
	}
}

// ofCluster is what a cluster that is gone has left: it may block the end of the VPC, and the next deployment.
func (s *search) ofCluster(ctx context.Context, tags map[string]string) []Leftover {
	found := s.tagged(ctx, tags)
	for i, l := range found {
		if l.Stack == "" {
			found[i].Note = joined("made by the cluster "+s.Environment.ClusterName()+", which is gone", l.Note)
		}
	}
	return found
}

// interfaces are those that AWS's services left in the VPCs of the environment. Most carry no tags. A VPC with one
// can't be deleted. Those of load balancers, NAT gateways and endpoints go with these.
func (s *search) interfaces(ctx context.Context) []Leftover {
	vpcs := s.vpcs()
	if len(vpcs) == 0 {
		return nil
	}
	list, err := s.describeInterfaces(ctx, types.Filter{Name: aws.String("vpc-id"), Values: vpcs})
	if err != nil {
		s.unknown("the network interfaces in the VPC", err)
		return nil
	}
	var found []Leftover
	for _, one := range list {
		if goesWithOther(one) {
			continue
		}
		name := arn.ARN{
			Partition: environments.Partition, Service: "ec2", Region: string(s.region),
			AccountID: s.Environment.Account.ID, Resource: "network-interface/" + aws.ToString(one.NetworkInterfaceId),
		}
		l := s.leftover(name.String(), nil)
		l.Note = "it blocks the end of " + aws.ToString(one.VpcId)
		found = append(found, l)
	}
	return found
}

// vpcs are those of the environment, whether a state holds them or not. A state's in another region are none here.
func (s *search) vpcs() []string {
	var ids []string
	for _, resource := range s.Held {
		if resource.Type == "aws_vpc" {
			ids = append(ids, resource.ID)
		}
	}
	for _, l := range s.found {
		if l.kind.terraform == "aws_vpc" && !slices.Contains(ids, l.name) {
			ids = append(ids, l.name)
		}
	}
	return ids
}

func (s *search) describeInterfaces(ctx context.Context, filter types.Filter) ([]types.NetworkInterface, error) {
	var list []types.NetworkInterface
	pages := ec2.NewDescribeNetworkInterfacesPaginator(s.ec2,
		&ec2.DescribeNetworkInterfacesInput{Filters: []types.Filter{filter}})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		list = append(list, page.NetworkInterfaces...)
	}
	return list, nil
}

// goesWithOther is whether an interface is another thing's, which is told itself. EC2 answers nat_gateway where
// its model says natGateway.
func goesWithOther(one types.NetworkInterface) bool {
	switch one.InterfaceType {
	case types.NetworkInterfaceTypeNatGateway, "nat_gateway", types.NetworkInterfaceTypeVpcEndpoint,
		types.NetworkInterfaceTypeLoadBalancer, types.NetworkInterfaceTypeNetworkLoadBalancer:
		return true
	}
	return strings.HasPrefix(aws.ToString(one.Description), "ELB ") // an Application Load Balancer's
}

// sightOf says what an interface is for. One that is in use goes when its user lets it go, which takes Lambda and EKS
// up to half an hour (AWS Lambda Developer Guide, 'Giving Lambda functions access to resources in an Amazon VPC').
func sightOf(one types.NetworkInterface) sight {
	description := aws.ToString(one.Description)
	if description == "" {
		description = string(one.InterfaceType)
	}
	found := sight{note: fmt.Sprintf("%q", description)}
	if one.Status != types.NetworkInterfaceStatusAvailable {
		found.used = "still " + string(one.Status) + ": wait until its service lets it go"
	}
	return found
}

// logGroups are those that services have made again after the stack's were deleted: they carry no tags, and the next
// deployment fails because of their names (terraform-aws-eks#920: ResourceAlreadyExistsException).
func (s *search) logGroups(ctx context.Context) []Leftover {
	var found []Leftover
	for _, prefix := range []string{
		"/aws/eks/" + s.Environment.ClusterName() + "/", "/aws/containerinsights/" + s.Environment.ClusterName() + "/",
		"/aws/rds/cluster/" + s.Environment.DatabaseName() + "/",
	} {
		pages := cloudwatchlogs.NewDescribeLogGroupsPaginator(s.logs,
			&cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: &prefix})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				s.unknown("log groups that begin with "+prefix, err)
				break
			}
			for _, group := range page.LogGroups {
				l := s.leftover(strings.TrimSuffix(aws.ToString(group.Arn), ":*"), nil)
				l.Stack = order.Name(s.Environment, order.Environment)
				l.Note = "a service made it again after its end; the next deployment fails because of its name, " +
					"unless it is imported or deleted"
				found = append(found, l)
			}
		}
	}
	return found
}
