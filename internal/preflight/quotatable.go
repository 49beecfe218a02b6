package preflight

import (
	"context"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight/needs"
)

// countedQuota is a quota of the number of some resources.
type countedQuota struct {
	quota
	kinds  []string // Terraform's types
	global bool     // Service Quotas has it in us-east-1, for all regions
	// found are the names of all that the account has, an entry each.
	found func(context.Context, clients) ([]string, error)
	// most is how many the stacks may come to, where that is not how many they declare.
	most func(*needs.Needs, environments.Region) int
}

// countedQuotas are those that an environment could come near. The codes are those of AWS's own pages: Amazon VPC User
// Guide, 'Amazon VPC quotas'; AWS General Reference, 'endpoints and quotas' of each service; Amazon CloudFront
// Developer Guide, 'Quotas'.
var countedQuotas = []countedQuota{
	{quota: quota{"vpc", "L-F678F1CE", "VPCs"}, kinds: []string{"aws_vpc"}, found: vpcs},
	{quota: quota{"vpc", "L-A4707A72", "internet gateways"},
		kinds: []string{"aws_internet_gateway"}, found: internetGateways},
	{quota: quota{"ec2", "L-0263D0A3", "elastic addresses"}, kinds: []string{"aws_eip"}, found: addresses},
	{quota: quota{"eks", "L-1194D53C", "EKS clusters"}, kinds: []string{"aws_eks_cluster"}, found: clusters},
	{quota: quota{"elasticloadbalancing", "L-53DA6B97", "Application Load Balancers"},
		kinds: []string{"aws_lb"}, found: loadBalancers},
	{quota: quota{"rds", "L-952B80B8", "RDS clusters"}, kinds: []string{"aws_rds_cluster"}, found: databases},
	{quota: quota{"rds", "L-7B6409FD", "RDS instances"},
		kinds: []string{"aws_rds_cluster_instance"}, found: databaseInstances, most: mostInstances},
	{quota: quota{"elasticache", "L-DFE45DF3", "ElastiCache nodes"},
		kinds: []string{"aws_elasticache_replication_group", "aws_elasticache_cluster"},
		found: cacheNodes, most: mostCacheNodes},
	{quota: quota{"cloudfront", "L-24B04930", "CloudFront distributions"},
		kinds: []string{"aws_cloudfront_distribution"}, global: true, found: distributions},
	{quota: quota{"cloudfront", "L-7D134442", "custom cache policies"},
		kinds: []string{"aws_cloudfront_cache_policy"}, global: true, found: cachePolicies},
	{quota: quota{"iam", "L-FE177D64", "IAM roles"}, kinds: []string{"aws_iam_role"}, global: true, found: iamRoles},
	{quota: quota{"s3", "L-DC2B2D3D", "buckets"}, kinds: []string{"aws_s3_bucket"}, global: true, found: buckets},
}

// demand is what the stacks need of the quota in a region, false for nothing.
func (q countedQuota) demand(n *needs.Needs, region environments.Region, c clients) (demand, bool) {
	d := demand{quota: q.quota, region: region, where: string(region)}
	in := region
	if q.global {
		d.where, in = "the account", ""
		if region != environments.GlobalRegion {
			return d, false
		}
	}
	own := n.Names(in, q.kinds...)
	d.needs = len(own)
	if q.most != nil && d.needs > 0 {
		d.needs = q.most(n, region)
	}
	d.used = func(ctx context.Context) (int, error) {
		found, err := q.found(ctx, c)
		return counted(found, own), err
	}
	return d, d.needs > 0
}

func mostInstances(n *needs.Needs, region environments.Region) int {
	most := 0
	for _, database := range n.Databases {
		if database.Region == region {
			most += database.Most
		}
	}
	return most
}

func mostCacheNodes(n *needs.Needs, region environments.Region) int {
	most := 0
	for _, cache := range n.Caches {
		if cache.Region == region {
			most += cache.Nodes
		}
	}
	return most
}

// buildQuotas are the quotas of builds that run at once, by type and size of their environment (AWS General Reference,
// 'AWS CodeBuild endpoints and quotas'). A new account may have none of them.
var buildQuotas = map[[2]string]quota{
	{"LINUX_CONTAINER", "BUILD_GENERAL1_SMALL"}:  {"codebuild", "L-9D07B6EF", "builds at once on Linux/Small"},
	{"LINUX_CONTAINER", "BUILD_GENERAL1_MEDIUM"}: {"codebuild", "L-2DC20C30", "builds at once on Linux/Medium"},
	{"LINUX_CONTAINER", "BUILD_GENERAL1_LARGE"}:  {"codebuild", "L-4DDC4A99", "builds at once on Linux/Large"},
}

// buildDemands are what the stacks need of CodeBuild in a region. One build of a kind at a time is enough, because the
// others wait for it.
func buildDemands(n *needs.Needs, region environments.Region) (demands []demand, results []Result) {
	for _, build := range n.Builds {
		if build.Region != region {
			continue
		}
		q, found := buildQuotas[[2]string{build.Type, build.Compute}]
		if !found {
			results = append(results, unknown("builds at once on "+build.Type+" "+build.Compute+" in "+string(region),
				"look it up under CodeBuild in Service Quotas", "needs 1; titan knows no quota of it"))
			continue
		}
		demands = append(demands, demand{quota: q, region: region, where: string(region), needs: 1})
	}
	return demands, results
}
