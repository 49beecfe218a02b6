package preflight

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	cloudfronttypes "github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
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
)

func clusters(ctx context.Context, c clients) ([]string, error) {
	return collect(ctx, eks.NewListClustersPaginator(c.eks, &eks.ListClustersInput{}),
		func(page *eks.ListClustersOutput) []string { return page.Clusters })
}

func loadBalancers(ctx context.Context, c clients) ([]string, error) {
	return collect(ctx, elb.NewDescribeLoadBalancersPaginator(c.elb, &elb.DescribeLoadBalancersInput{}),
		func(page *elb.DescribeLoadBalancersOutput) []string {
			application := slices.DeleteFunc(page.LoadBalancers, func(one elbtypes.LoadBalancer) bool {
				return one.Type != elbtypes.LoadBalancerTypeEnumApplication
			})
			return each(application, func(one elbtypes.LoadBalancer) *string { return one.LoadBalancerName })
		})
}

func databases(ctx context.Context, c clients) ([]string, error) {
	return collect(ctx, rds.NewDescribeDBClustersPaginator(c.rds, &rds.DescribeDBClustersInput{}),
		func(page *rds.DescribeDBClustersOutput) []string {
			return each(page.DBClusters, func(one rdstypes.DBCluster) *string { return one.DBClusterIdentifier })
		})
}

func databaseInstances(ctx context.Context, c clients) ([]string, error) {
	return collect(ctx, rds.NewDescribeDBInstancesPaginator(c.rds, &rds.DescribeDBInstancesInput{}),
		func(page *rds.DescribeDBInstancesOutput) []string {
			return each(page.DBInstances, func(one rdstypes.DBInstance) *string { return one.DBInstanceIdentifier })
		})
}

// cacheNodes names each node by its replication group, or by its cluster where it is in none.
func cacheNodes(ctx context.Context, c clients) ([]string, error) {
	input := &elasticache.DescribeCacheClustersInput{}
	return collect(ctx, elasticache.NewDescribeCacheClustersPaginator(c.elasticache, input),
		func(page *elasticache.DescribeCacheClustersOutput) []string {
			var nodes []string
			for _, cluster := range page.CacheClusters {
				nodes = append(nodes, slices.Repeat([]string{cacheName(cluster)}, int(aws.ToInt32(cluster.NumCacheNodes)))...)
			}
			return nodes
		})
}

func cacheName(cluster elasticachetypes.CacheCluster) string {
	if group := aws.ToString(cluster.ReplicationGroupId); group != "" {
		return group
	}
	return aws.ToString(cluster.CacheClusterId)
}

// distributions names each by its first alias, as needs.Names does.
func distributions(ctx context.Context, c clients) ([]string, error) {
	return collect(ctx, cloudfront.NewListDistributionsPaginator(c.cloudfront, &cloudfront.ListDistributionsInput{}),
		func(page *cloudfront.ListDistributionsOutput) []string {
			if page.DistributionList == nil {
				return nil
			}
			return each(page.DistributionList.Items, func(one cloudfronttypes.DistributionSummary) *string {
				if one.Aliases == nil || len(one.Aliases.Items) == 0 {
					return nil
				}
				return &one.Aliases.Items[0]
			})
		})
}

// cachePolicies are the account's own; those that CloudFront manages do not count.
func cachePolicies(ctx context.Context, c clients) ([]string, error) {
	var names []string
	input := &cloudfront.ListCachePoliciesInput{Type: cloudfronttypes.CachePolicyTypeCustom}
	for {
		page, err := c.cloudfront.ListCachePolicies(ctx, input)
		if err != nil || page.CachePolicyList == nil {
			return names, err
		}
		for _, policy := range page.CachePolicyList.Items {
			if policy.CachePolicy != nil && policy.CachePolicy.CachePolicyConfig != nil {
				names = append(names, aws.ToString(policy.CachePolicy.CachePolicyConfig.Name))
			}
		}
		if input.Marker = page.CachePolicyList.NextMarker; aws.ToString(input.Marker) == "" {
			return names, nil
		}
	}
}

func iamRoles(ctx context.Context, c clients) ([]string, error) {
	return collect(ctx, iam.NewListRolesPaginator(c.iam, &iam.ListRolesInput{}),
		func(page *iam.ListRolesOutput) []string {
			return each(page.Roles, func(one iamtypes.Role) *string { return one.RoleName })
		})
}

func buckets(ctx context.Context, c clients) ([]string, error) {
	return collect(ctx, s3.NewListBucketsPaginator(c.s3, &s3.ListBucketsInput{}),
		func(page *s3.ListBucketsOutput) []string {
			return each(page.Buckets, func(one s3types.Bucket) *string { return one.Name })
		})
}
