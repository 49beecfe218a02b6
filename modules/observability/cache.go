package observability

import "fmt"

// cacheAlarms declares what tells of the cache, node by node: after a failover another one is the primary.
func (o *observability) cacheAlarms() {
	t := o.Settings.Thresholds
	for i, node := range o.Cache.ClusterIDs {
		one := func(a alarm, name, statistic string) {
			a.instance, a.metric = fmt.Sprintf("%03d", i+1), cacheMetric(node, name, statistic)
			o.alarm(a)
		}
		one(alarm{
			id: "cache-engine-cpu",
			description: fmt.Sprintf(
				"A cache node's Redis, which has one thread for commands, has used more than %d %% of it for ten minutes",
				t.CPUPercent),
			comparison: above,
			threshold:  t.CPUPercent,
			points:     10,
			missing:    breaching, // a node that runs tells of itself every minute
		}, "EngineCPUUtilization", "Average")
		one(alarm{
			id:          "cache-memory",
			description: fmt.Sprintf("A cache node has used more than %d %% of its memory for five minutes", t.MemoryPercent),
			comparison:  above,
			threshold:   t.MemoryPercent,
			points:      5,
			missing:     notBreaching,
		}, "DatabaseMemoryUsagePercentage", "Average")
		// On nodes of two CPUs, which Redis shares with backups and replication, the host's CPU is what runs out first
		// (ElastiCache User Guide, 'Which metrics should I monitor?').
		one(alarm{
			id:          "cache-cpu",
			description: fmt.Sprintf("A cache node has used more than %d %% of its CPU for ten minutes", t.CPUPercent),
			comparison:  above,
			threshold:   t.CPUPercent,
			points:      10,
			missing:     notBreaching,
		}, "CPUUtilization", "Average")
		one(alarm{
			id: "cache-evictions",
			description: fmt.Sprintf("A cache node has thrown away more than %d keys in five minutes to make room",
				t.CacheEvictions),
			comparison: above,
			threshold:  t.CacheEvictions,
			period:     300,
			points:     1,
			missing:    notBreaching,
		}, "Evictions", "Sum")
		if o.Cache.Replicated {
			one(alarm{
				id:          "cache-lag",
				description: fmt.Sprintf("A cache replica has been more than %d s behind for five minutes", t.CacheLagSeconds),
				comparison:  above,
				threshold:   t.CacheLagSeconds,
				points:      5,
				missing:     notBreaching, // the primary has none
			}, "ReplicationLag", "Maximum")
		}
	}
}

func cacheMetric(node, name, statistic string) metric {
	return metric{
		namespace:  "AWS/ElastiCache",
		name:       name,
		dimensions: map[string]string{"CacheClusterId": node},
		statistic:  statistic,
	}
}
