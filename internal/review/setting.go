package review

import "strings"

// setting says which setting of an environment's file has ended a resource, and what to do about it. Terraform knows
// only that the resource's block is gone.
type setting struct{ detail, remedy string }

// setting is that of a change, if one is known to end what it ends.
func (r *reviewer) setting(c *change) (setting, bool) {
	if c.action != Delete || c.deposed {
		return setting{}, false
	}
	switch c.kind {
	case "aws_db_cluster_snapshot":
		id := c.before.field("db_cluster_snapshot_identifier").text()
		name := strings.TrimPrefix(id, c.before.field("db_cluster_identifier").text()+"-")
		return droppedSnapshot(c, name, "the list database.snapshots names it no more")
	case "aws_rds_cluster_snapshot_copy":
		return droppedSnapshot(c, c.before.field("target_db_cluster_snapshot_identifier").text(),
			"the list database.snapshots of the environment that takes the snapshot names it no more")
	case "aws_elasticache_cluster":
		return r.cacheMode(c, "cluster_id", "aws_elasticache_replication_group", "single", "replicated")
	case "aws_elasticache_replication_group":
		return r.cacheMode(c, "replication_group_id", "aws_elasticache_cluster", "replicated", "single")
	}
	return setting{}, false
}

func droppedSnapshot(c *change, name, detail string) (setting, bool) {
	return setting{detail, "put " + name + " back into the list, or copy the snapshot under another name first"},
		name != "" && strings.HasPrefix(c.reason, "delete_because_no_resource_config")
}

// cacheMode is found where a plan makes a cache of the other mode with the same name.
func (r *reviewer) cacheMode(c *change, name, other, from, to string) (setting, bool) {
	return setting{
		"cache.mode changes from " + from + " to " + to + ": the new cache of that name is empty",
		"put cache.mode: " + from + " back, or acknowledge it when the application can fill an empty cache",
	}, r.standing.created[other+" "+c.before.field(name).text()]
}
