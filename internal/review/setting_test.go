package review

import (
	"strings"
	"testing"
)

// What a setting of an environment's file takes along is told by the setting's name, with what to put back.
func TestSettingsThatEndData(t *testing.T) {
	snapshot := planned("aws_db_cluster_snapshot", Delete,
		`{"db_cluster_identifier":"birthday-db-prod","db_cluster_snapshot_identifier":"birthday-db-prod-before-15"}`, "")
	kept := snapshot
	kept.Reason = ""
	single, group := `{"cluster_id":"birthday-cache-dev"}`, `{"replication_group_id":"birthday-cache-dev"}`
	for name, c := range map[string]struct {
		resources      []resource
		detail, remedy string // of the first finding
	}{
		"a name has left database.snapshots": {[]resource{snapshot}, "the list database.snapshots names it no more",
			"put before-15 back into the list, or copy the snapshot under another name first"},
		"and the copy's": {
			[]resource{planned("aws_rds_cluster_snapshot_copy", Delete,
				`{"target_db_cluster_snapshot_identifier":"birthday-db-prod-before-15"}`, "")},
			"the list database.snapshots of the environment that takes the snapshot names it no more",
			"put birthday-db-prod-before-15 back into the list, or copy the snapshot under another name first"},
		"a snapshot that the list still has": {[]resource{kept}, "", "keep it, or copy what it holds elsewhere first"},
		"cache.mode to replicated": {
			[]resource{planned("aws_elasticache_cluster", Delete, single, ""),
				planned("aws_elasticache_replication_group", Create, "", group)},
			"cache.mode changes from single to replicated: the new cache of that name is empty",
			"put cache.mode: single back, or acknowledge it when the application can fill an empty cache"},
		"cache.mode to single": {
			[]resource{planned("aws_elasticache_cluster", Create, "", single),
				planned("aws_elasticache_replication_group", Delete, group, "")},
			"cache.mode changes from replicated to single: the new cache of that name is empty",
			"put cache.mode: replicated back, or acknowledge it when the application can fill an empty cache"},
		"a cache that goes": {[]resource{planned("aws_elasticache_cluster", Delete, single, "")},
			"its block is gone from the configuration", "was it renamed? Then say so with a moved block; else bring it back"},
		"another cache": {
			[]resource{planned("aws_elasticache_cluster", Delete, single, ""),
				planned("aws_elasticache_replication_group", Create, "", `{"replication_group_id":"another"}`)},
			"its block is gone from the configuration", "was it renamed? Then say so with a moved block; else bring it back"},
	} {
		report := reviewed(t, c.resources...)
		if len(report.Failures()) == 0 || !strings.HasPrefix(line(report.Findings[0]), "data-loss destroyed: ") {
			t.Errorf("%s is not refused: %s", name, told(report))
			continue
		}
		if f := report.Findings[0]; f.Detail != c.detail || f.Remedy != c.remedy {
			t.Errorf("%s:\n%s\n%s\nwant\n%s\n%s", name, f.Detail, f.Remedy, c.detail, c.remedy)
		}
	}
}
