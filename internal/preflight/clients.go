package preflight

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// clients are what is counted with, in a region.
type clients struct {
	ec2         networkAPI
	eks         eks.ListClustersAPIClient
	elb         elb.DescribeLoadBalancersAPIClient
	rds         databaseAPI
	elasticache elasticache.DescribeCacheClustersAPIClient
	cloudfront  distributionAPI
	iam         iam.ListRolesAPIClient
	s3          s3.ListBucketsAPIClient
}

// networkAPI is what of EC2 is counted with.
type networkAPI interface {
	ec2.DescribeVpcsAPIClient
	ec2.DescribeInternetGatewaysAPIClient
	ec2.DescribeNatGatewaysAPIClient
	ec2.DescribeSubnetsAPIClient
	instancesAPI
	DescribeAddresses(
		context.Context, *ec2.DescribeAddressesInput, ...func(*ec2.Options),
	) (*ec2.DescribeAddressesOutput, error)
}

type databaseAPI interface {
	rds.DescribeDBClustersAPIClient
	rds.DescribeDBInstancesAPIClient
}

type distributionAPI interface {
	cloudfront.ListDistributionsAPIClient
	ListCachePolicies(
		context.Context, *cloudfront.ListCachePoliciesInput, ...func(*cloudfront.Options),
	) (*cloudfront.ListCachePoliciesOutput, error)
}

func clientsOf(config aws.Config) clients {
	return clients{
		ec2: ec2.NewFromConfig(config), eks: eks.NewFromConfig(config), elb: elb.NewFromConfig(config),
		rds: rds.NewFromConfig(config), elasticache: elasticache.NewFromConfig(config),
		cloudfront: cloudfront.NewFromConfig(config), iam: iam.NewFromConfig(config), s3: s3.NewFromConfig(config),
	}
}
