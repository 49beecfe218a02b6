package observability

import "fmt"

// cacheAlarms declares what tells of the cache, node by node: after a failover another one is the primary.
func (o *observability) cacheAlarms() {
	t := o.Settings.Thresholds
	for i, node := range o.Cache.ClusterIDs {
		one := func(a alarm, name, statistic string) {
			a.instance, a.metric = fmt.Sprintf("%03d", i+1), cacheMetric(node, name, statistic)
			o.here(a)
		}
		one(alarm{
			id: "cache-engine-cpu", says: fmt.Sprintf("A cache node's Redis, which has one thread for commands, has used more than %d %% of it for ten minutes", t.CPUPercent),
			comparison: above, threshold: t.CPUPercent, points: 10,
			missing: isBad, // a node that runs tells of itself every minute
		}, "EngineCPUUtilization", "Average")
		one(alarm{
			id: "cache-memory", says: fmt.Sprintf("A cache node has used more than %d %% of its memory for five minutes", t.MemoryPercent),
			comparison: above, threshold: t.MemoryPercent, points: 5, missing: isFine,
		}, "DatabaseMemoryUsagePercentage", "Average")
		// On nodes of two CPUs, which Redis shares with backups and replication, the host's CPU is what runs out first (ElastiCache User Guide, 'Which
		// metrics should I monitor?').
		one(alarm{
			id: "cache-cpu", says: fmt.Sprintf("A cache node has used more than %d %% of its CPU for ten minutes", t.CPUPercent),
			comparison: above, threshold: t.CPUPercent, points: 10, missing: isFine,
		}, "CPUUtilization", "Average")
		one(alarm{
			id: "cache-evictions", says: fmt.Sprintf("A cache node has thrown away more than %d keys in five minutes to make room", t.CacheEvictions),
			comparison: above, threshold: t.CacheEvictions, period: 300, points: 1, missing: isFine,
		}, "Evictions", "Sum")
		if o.Cache.Replicated {
			one(alarm{
				id: "cache-lag", says: fmt.Sprintf("A cache replica has been more than %d s behind for five minutes", t.CacheLagSeconds),
				comparison: above, threshold: t.CacheLagSeconds, points: 5,
				missing: isFine, // the primary has none
			}, "ReplicationLag", "Maximum")
		}
	}
}

func cacheMetric(node, name, statistic string) metric {
	return metric{namespace: "AWS/ElastiCache", name: name, dimensions: map[string]string{"CacheClusterId": node}, statistic: statistic}
}
