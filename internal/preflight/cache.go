package preflight

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"

	"github.com/titan-platform/titan/internal/preflight/needs"
)

// cacheAPI is what of ElastiCache is asked for what it offers.
type cacheAPI interface {
	elasticache.DescribeCacheEngineVersionsAPIClient
	elasticache.DescribeReservedCacheNodesOfferingsAPIClient
}

// askCache asks whether the engine's version is offered, and the node type as far as an API tells: ElastiCache lists
// the types of a region only among what can be reserved there. A type that is not among them may be offered all the
// same.
func askCache(ctx context.Context, client cacheAPI, cache needs.Cache) Result {
	subject := cache.Engine + " " + cache.Version + " on " + cache.NodeType + " in " + string(cache.Region)
	versions, err := client.DescribeCacheEngineVersions(ctx,
		&elasticache.DescribeCacheEngineVersionsInput{Engine: &cache.Engine, EngineVersion: &cache.Version})
	if err != nil {
		return unanswered(subject, err)
	}
	if len(versions.CacheEngineVersions) == 0 {
		return bad(subject, "look the versions up: aws elasticache describe-cache-engine-versions --engine "+cache.Engine,
			"ElastiCache does not offer version %s", cache.Version)
	}
	offers, err := client.DescribeReservedCacheNodesOfferings(ctx, &elasticache.DescribeReservedCacheNodesOfferingsInput{
		CacheNodeType: &cache.NodeType, MaxRecords: aws.Int32(20),
	})
	if err != nil {
		return unanswered(subject, err)
	}
	if len(offers.ReservedCacheNodesOfferings) == 0 {
		return unknown(subject,
			"look the type up in Amazon ElastiCache User Guide, 'Supported node types', or set cache.node_type",
			"the version is offered; the node type can't be reserved in the region, and no API says whether it is offered")
	}
	return good(subject, "version and node type are offered")
}
