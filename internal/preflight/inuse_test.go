package preflight

import (
	"context"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	cloudfronttypes "github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	elasticachetypes "github.com/aws/aws-sdk-go-v2/service/elasticache/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	rdstypes "github.com/aws/aws-sdk-go-v2/service/rds/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/titan-platform/titan/environments"
)

// fullAccount has prod's own of everything, by the name that its stacks give it, and one of somebody else's.
type fullAccount struct{ err error }

func named(name string) []types.Tag { return []types.Tag{{Key: aws.String("Name"), Value: &name}} }

func (f fullAccount) DescribeVpcs(
	context.Context, *ec2.DescribeVpcsInput, ...func(*ec2.Options),
) (*ec2.DescribeVpcsOutput, error) {
	return &ec2.DescribeVpcsOutput{Vpcs: []types.Vpc{{Tags: named("titan-prod-vpc")}, {}}}, f.err
}

func (f fullAccount) DescribeInternetGateways(
	context.Context, *ec2.DescribeInternetGatewaysInput, ...func(*ec2.Options),
) (*ec2.DescribeInternetGatewaysOutput, error) {
	return &ec2.DescribeInternetGatewaysOutput{
		InternetGateways: []types.InternetGateway{{Tags: named("titan-prod-internet")}, {Tags: named("other")}},
	}, f.err
}

func (f fullAccount) DescribeAddresses(
	context.Context, *ec2.DescribeAddressesInput, ...func(*ec2.Options),
) (*ec2.DescribeAddressesOutput, error) {
	return &ec2.DescribeAddressesOutput{Addresses: []types.Address{{Tags: named("titan-prod-nat-eu-west-1a")}, {}}}, f.err
}

// DescribeSubnets answers as the filter asks: subnet-a is in eu-west-1a.
func (f fullAccount) DescribeSubnets(
	_ context.Context, in *ec2.DescribeSubnetsInput, _ ...func(*ec2.Options),
) (*ec2.DescribeSubnetsOutput, error) {
	zone := in.Filters[0].Values[0]
	here := types.Subnet{SubnetId: aws.String("subnet-" + zone[len(zone)-1:])}
	return &ec2.DescribeSubnetsOutput{Subnets: []types.Subnet{here}}, f.err
}

func (f fullAccount) DescribeNatGateways(
	context.Context, *ec2.DescribeNatGatewaysInput, ...func(*ec2.Options),
) (*ec2.DescribeNatGatewaysOutput, error) {
	at := func(subnet, name string, state types.NatGatewayState) types.NatGateway {
		return types.NatGateway{SubnetId: &subnet, Tags: named(name), State: state}
	}
	return &ec2.DescribeNatGatewaysOutput{NatGateways: []types.NatGateway{
		at("subnet-a", "titan-prod-nat-eu-west-1a", types.NatGatewayStateAvailable),
		at("subnet-a", "other", types.NatGatewayStatePending),
		at("subnet-a", "failed", types.NatGatewayStateFailed), // does not count
		at("subnet-b", "other", types.NatGatewayStateAvailable),
		at("subnet-b", "another", types.NatGatewayStateDeleting),
	}}, f.err
}

func (f fullAccount) DescribeInstances(
	context.Context, *ec2.DescribeInstancesInput, ...func(*ec2.Options),
) (*ec2.DescribeInstancesOutput, error) {
	return &ec2.DescribeInstancesOutput{Reservations: []types.Reservation{{Instances: []types.Instance{
		{InstanceType: "m7i.xlarge"},
		{InstanceType: "c7g.large", InstanceLifecycle: types.InstanceLifecycleTypeSpot},
		{InstanceType: "g5.xlarge"}, // another quota's
		{InstanceType: "m7i.xlarge", Tags: []types.Tag{{Key: aws.String("eks:cluster-name"),
			Value: aws.String("titan-prod-cluster")}}},
	}}}}, f.err
}

func (f fullAccount) DescribeInstanceTypes(
	_ context.Context, in *ec2.DescribeInstanceTypesInput, _ ...func(*ec2.Options),
) (*ec2.DescribeInstanceTypesOutput, error) {
	sizes := map[types.InstanceType]int32{"m7i.xlarge": 4, "m6i.xlarge": 4, "m5.xlarge": 4, "m6a.xlarge": 4,
		"c7g.large": 2}
	answer := &ec2.DescribeInstanceTypesOutput{}
	for _, one := range in.InstanceTypes {
		if size, found := sizes[one]; found {
			answer.InstanceTypes = append(answer.InstanceTypes,
				types.InstanceTypeInfo{InstanceType: one, VCpuInfo: &types.VCpuInfo{DefaultVCpus: &size}})
		}
	}
	return answer, f.err
}

func (f fullAccount) ListClusters(
	context.Context, *eks.ListClustersInput, ...func(*eks.Options),
) (*eks.ListClustersOutput, error) {
	return &eks.ListClustersOutput{Clusters: []string{"titan-prod-cluster", "other"}}, f.err
}

func (f fullAccount) DescribeLoadBalancers(
	context.Context, *elb.DescribeLoadBalancersInput, ...func(*elb.Options),
) (*elb.DescribeLoadBalancersOutput, error) {
	at := func(name string, kind elbtypes.LoadBalancerTypeEnum) elbtypes.LoadBalancer {
		return elbtypes.LoadBalancer{LoadBalancerName: &name, Type: kind}
	}
	return &elb.DescribeLoadBalancersOutput{LoadBalancers: []elbtypes.LoadBalancer{
		at("titan-prod-alb", elbtypes.LoadBalancerTypeEnumApplication),
		at("other", elbtypes.LoadBalancerTypeEnumApplication),
		at("network", elbtypes.LoadBalancerTypeEnumNetwork), // another quota's
	}}, f.err
}

func (f fullAccount) DescribeDBClusters(
	context.Context, *rds.DescribeDBClustersInput, ...func(*rds.Options),
) (*rds.DescribeDBClustersOutput, error) {
	at := func(name string) rdstypes.DBCluster { return rdstypes.DBCluster{DBClusterIdentifier: &name} }
	return &rds.DescribeDBClustersOutput{DBClusters: []rdstypes.DBCluster{at("birthday-db-prod"), at("other")}}, f.err
}

func (f fullAccount) DescribeDBInstances(
	context.Context, *rds.DescribeDBInstancesInput, ...func(*rds.Options),
) (*rds.DescribeDBInstancesOutput, error) {
	at := func(name string) rdstypes.DBInstance { return rdstypes.DBInstance{DBInstanceIdentifier: &name} }
	return &rds.DescribeDBInstancesOutput{DBInstances: []rdstypes.DBInstance{at("birthday-db-prod-0"), at("other")}}, f.err
}

func (f fullAccount) DescribeCacheClusters(
	context.Context, *elasticache.DescribeCacheClustersInput, ...func(*elasticache.Options),
) (*elasticache.DescribeCacheClustersOutput, error) {
	return &elasticache.DescribeCacheClustersOutput{CacheClusters: []elasticachetypes.CacheCluster{
		{CacheClusterId: aws.String("titan-cache-prod-001"), ReplicationGroupId: aws.String("titan-cache-prod"),
			NumCacheNodes: aws.Int32(1)},
		{CacheClusterId: aws.String("memcached"), NumCacheNodes: aws.Int32(4)},
	}}, f.err
}

func (f fullAccount) ListDistributions(
	context.Context, *cloudfront.ListDistributionsInput, ...func(*cloudfront.Options),
) (*cloudfront.ListDistributionsOutput, error) {
	own := cloudfronttypes.DistributionSummary{Aliases: &cloudfronttypes.Aliases{Items: []string{"api.titan.example.com"}}}
	return &cloudfront.ListDistributionsOutput{DistributionList: &cloudfronttypes.DistributionList{
		Items: []cloudfronttypes.DistributionSummary{own, {}},
	}}, f.err
}

// ListCachePolicies answers in two pages.
func (f fullAccount) ListCachePolicies(
	_ context.Context, in *cloudfront.ListCachePoliciesInput, _ ...func(*cloudfront.Options),
) (*cloudfront.ListCachePoliciesOutput, error) {
	name, next := "titan-prod-global-api", aws.String("more")
	if in.Marker != nil {
		name, next = "other", nil
	}
	policy := cloudfronttypes.CachePolicy{CachePolicyConfig: &cloudfronttypes.CachePolicyConfig{Name: &name}}
	return &cloudfront.ListCachePoliciesOutput{CachePolicyList: &cloudfronttypes.CachePolicyList{
		Items: []cloudfronttypes.CachePolicySummary{{CachePolicy: &policy}}, NextMarker: next,
	}}, f.err
}

func (f fullAccount) ListRoles(
	context.Context, *iam.ListRolesInput, ...func(*iam.Options),
) (*iam.ListRolesOutput, error) {
	return &iam.ListRolesOutput{Roles: []iamtypes.Role{{RoleName: aws.String("titan-prod-alertmanager")},
		{RoleName: aws.String("other")}}}, f.err
}

func (f fullAccount) ListBuckets(
	context.Context, *s3.ListBucketsInput, ...func(*s3.Options),
) (*s3.ListBucketsOutput, error) {
	return &s3.ListBucketsOutput{Buckets: []s3types.Bucket{
		{Name: aws.String("titan-prod-logs-333333333333-eu-west-1")}, {Name: aws.String("other")},
	}}, f.err
}

func (f fullAccount) clients() clients {
	return clients{ec2: f, eks: f, elb: f, rds: f, elasticache: f, cloudfront: f, iam: f, s3: f}
}

// demandsOf are all that production needs of quotas in a region.
func demandsOf(t *testing.T, f fullAccount, region environments.Region) []demand {
	t.Helper()
	n := production(t)
	var all []demand
	for _, counted := range countedQuotas {
		if d, needed := counted.demand(n, region, f.clients()); needed {
			all = append(all, d)
		}
	}
	builds, _ := buildDemands(n, region)
	vcpus, err := vcpuDemands(t.Context(), f, n, region)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(all, gatewayDemands(n, region, f), builds, vcpus)
}

// enough is room for all that production needs beside what the account has.
var enough = fakeQuotas{applied: map[string]float64{
	"L-F678F1CE": 2, "L-A4707A72": 2, "L-0263D0A3": 4, "L-1194D53C": 2, "L-53DA6B97": 2, "L-952B80B8": 2, "L-7B6409FD": 6,
	"L-DFE45DF3": 7, "L-24B04930": 2, "L-7D134442": 3, "L-FE177D64": 34, "L-DC2B2D3D": 18, "L-FE5A380F": 3,
	"L-9D07B6EF": 1, "L-2DC20C30": 1, "L-1216C47A": 52, "L-34B43A08": 86,
}}

// TestProductionsQuotas counts by hand: twelve on-demand nodes (four a zone) and twenty on Spot, of four vCPUs each.
// The account has one of somebody else's of each, which is counted, and prod's own, which is not.
func TestProductionsQuotas(t *testing.T) {
	want := map[environments.Region][]string{
		home: {
			"good VPCs in eu-west-1: needs 1, others use 1 of 2",
			"good internet gateways in eu-west-1: needs 1, others use 1 of 2",
			"good elastic addresses in eu-west-1: needs 3, others use 1 of 4",
			"good EKS clusters in eu-west-1: needs 1, others use 1 of 2",
			"good Application Load Balancers in eu-west-1: needs 1, others use 1 of 2",
			"good RDS clusters in eu-west-1: needs 1, others use 1 of 2",
			"good RDS instances in eu-west-1: needs 5, others use 1 of 6",
			"good ElastiCache nodes in eu-west-1: needs 3, others use 4 of 7",
			"good NAT gateways in eu-west-1a: needs 1, others use 1 of 3",
			"good NAT gateways in eu-west-1b: needs 1, others use 2 of 3",
			"good NAT gateways in eu-west-1c: needs 1, others use 0 of 3",
			"good builds at once on Linux/Medium in eu-west-1: needs 1 of 1",
			"good builds at once on Linux/Small in eu-west-1: needs 1 of 1",
			"good on-demand vCPUs of Standard (A, C, D, H, I, M, R, T, Z) in eu-west-1: needs 48, others use 4 of 52",
			"good Spot vCPUs of Standard (A, C, D, H, I, M, R, T, Z) in eu-west-1: needs 84, others use 2 of 86",
		},
		environments.GlobalRegion: {
			"good CloudFront distributions in the account: needs 1, others use 1 of 2",
			"good custom cache policies in the account: needs 2, others use 1 of 3",
			"good IAM roles in the account: needs 33, others use 1 of 34",
			"good buckets in the account: needs 17, others use 1 of 18",
		},
	}
	for region, lines := range want {
		var got []Result
		for _, d := range demandsOf(t, fullAccount{}, region) {
			got = append(got, d.ask(t.Context(), enough))
		}
		expect(t, got, lines...)
	}
}

// TestOneLessIsTooFew takes one from each quota, which makes its line bad.
func TestOneLessIsTooFew(t *testing.T) {
	for _, region := range []environments.Region{home, environments.GlobalRegion} {
		for _, d := range demandsOf(t, fullAccount{}, region) {
			tight := fakeQuotas{applied: map[string]float64{d.code: enough.applied[d.code] - 1}}
			got := d.ask(t.Context(), tight)
			if d.where == "eu-west-1a" || d.where == "eu-west-1c" { // the other zone is the one that is full
				continue
			}
			if got.Severity != Bad {
				t.Errorf("with one less: %s", line(got))
			}
		}
	}
}

// TestUseThatNobodyMaySeeIsUnknown denies every count.
func TestUseThatNobodyMaySeeIsUnknown(t *testing.T) {
	f := fullAccount{err: deniedCall("X", "List")}
	n := production(t)
	asked := 0
	for _, region := range []environments.Region{home, environments.GlobalRegion} {
		demands := gatewayDemands(n, region, f)
		for _, counted := range countedQuotas {
			if d, needed := counted.demand(n, region, f.clients()); needed {
				demands = append(demands, d)
			}
		}
		for _, d := range demands {
			asked++
			if got := d.ask(t.Context(), enough); got.Severity != Unknown {
				t.Errorf("got %s", line(got))
			}
		}
	}
	if want := len(countedQuotas) + 3; asked != want {
		t.Errorf("%d were asked, want %d: every quota of the table, and NAT gateways in three zones", asked, want)
	}
	expect(t, askVCPUs(t.Context(), enough, f, n, home),
		"unknown vCPUs in eu-west-1: "+mayNot("X List"))
}
