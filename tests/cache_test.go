package tests

import (
	"fmt"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
)

// theCache is a stack's cache: a replication group, or a single node.
func theCache(t *testing.T, stack Stack) Block {
	t.Helper()
	if len(stack.Resources("aws_elasticache_cluster")) > 0 {
		return stack.Resource(t, "aws_elasticache_cluster", "cache/cache")
	}
	return stack.Resource(t, "aws_elasticache_replication_group", "cache/cache")
}

// aws_elasticache_cluster is one node for Redis, without encryption, login or failover.
func TestCacheIsOneNodeOrAReplicationGroup(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		nodes, groups := stack.Resources("aws_elasticache_cluster"), stack.Resources("aws_elasticache_replication_group")
		if environment.Cache.Mode == environments.CacheSingle {
			if len(nodes) != 1 || len(groups) != 0 {
				t.Fatalf("%d nodes and %d groups, want one node", len(nodes), len(groups))
			}
			nodes[0].WantValue(t, "cluster_id", environment.CacheName())
			nodes[0].WantValue(t, "num_cache_nodes", 1)
			if environment.IsProduction() {
				t.Error("a single node in production")
			}
			return
		}
		if len(nodes) != 0 || len(groups) != 1 {
			t.Fatalf("%d nodes and %d groups, want one group", len(nodes), len(groups))
		}
		groups[0].WantValue(t, "replication_group_id", environment.CacheName())
	})
}

func TestCacheSpansThreeZonesAndFailsOver(t *testing.T) {
	eachReplicationGroup(t, func(t *testing.T, environment environments.Environment, _ Stack, group Block) {
		group.WantValue(t, "multi_az_enabled", true)
		group.WantValue(t, "automatic_failover_enabled", true) // which Multi-AZ demands
		group.WantValue(t, "num_cache_clusters", 1+environment.Cache.Replicas)
		zones := map[any]bool{}
		for _, zone := range synth.List(group.At("preferred_cache_cluster_azs")) {
			zones[zone] = true
		}
		if len(zones) != 3 {
			t.Errorf("nodes in %d zones, want 3: %v", len(zones), zones)
		}
	})
}

// The provider wants as many zones as nodes.
func TestMoreReplicasThanZonesStartOver(t *testing.T) {
	group := theCache(t, variant(t, "prod", func(e *environments.Environment) { e.Cache.Replicas = 4 }))
	group.WantValue(t, "preferred_cache_cluster_azs", []string{
		"eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1a", "eu-west-1b",
	})
}

func TestReplicationGroupIsEncryptedBothWays(t *testing.T) {
	eachReplicationGroup(t, func(t *testing.T, _ environments.Environment, stack Stack, group Block) {
		group.WantValue(t, "at_rest_encryption_enabled", "true")
		group.WantReference(t, "kms_key_id", stack.Resource(t, "aws_kms_key", "encryption/app_kms"))
		group.WantValue(t, "transit_encryption_enabled", true)
		group.WantValue(t, "transit_encryption_mode", "required")
	})
}

// An auth_token would be in state; a group without a user called default is refused, and
// ElastiCache's own may do everything.
func TestCacheIsEnteredByIAMAlone(t *testing.T) {
	eachReplicationGroup(t, func(t *testing.T, environment environments.Environment, stack Stack, group Block) {
		group.WantAbsent(t, "auth_token")
		users := stack.Resource(t, "aws_elasticache_user_group", "cache/users")
		group.WantValue(t, "user_group_ids", []string{"${" + users.Address + ".user_group_id}"})
		application := stack.Resource(t, "aws_elasticache_user", "cache/application")
		nobody := stack.Resource(t, "aws_elasticache_user", "cache/default")
		users.WantValue(t, "user_ids", []string{
			"${" + application.Address + ".user_id}", "${" + nobody.Address + ".user_id}",
		})

		application.WantValue(t, "authentication_mode", map[string]string{"type": "iam"})
		application.WantValue(t, "user_id", environment.CacheUserName())
		application.WantValue(t, "user_name", environment.CacheUserName()) // else: 'User Id and User name must be same for authentication type: iam'
		nobody.WantValue(t, "user_name", "default")
		nobody.WantValue(t, "access_string", "off -@all")
		nobody.WantValue(t, "no_password_required", true)
		for _, user := range stack.Resources("aws_elasticache_user") {
			user.WantAbsent(t, "passwords")
			user.WantAbsent(t, "authentication_mode.passwords")
		}
	})
}

// eachReplicationGroup runs a test for every environment whose cache is a replication group.
func eachReplicationGroup(
	t *testing.T, test func(t *testing.T, environment environments.Environment, stack Stack, group Block),
) {
	t.Helper()
	found := false
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if environment.Cache.Mode == environments.CacheReplicated {
			found = true
			test(t, environment, stack, theCache(t, stack))
		}
	})
	if !found {
		t.Error("no environment has a replication group")
	}
}

// CloudWatch Logs' one resource policy for deliveries is its own, once an account and region; groups below
// /aws/vendedlogs/ share a line of it.
func TestCacheLogsGoToGroupsMadeBefore(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		cache := theCache(t, stack)
		deliveries := synth.List(cache.At("log_delivery_configuration"))
		if len(deliveries) != 2 {
			t.Fatalf("%d logs, want slow log and engine log", len(deliveries))
		}
		for i, log := range []string{"slow-log", "engine-log"} {
			name := fmt.Sprintf("/aws/vendedlogs/elasticache/%s/%s", environment.CacheName(), log)
			cache.WantValue(t, fmt.Sprintf("log_delivery_configuration.%d", i), map[string]string{
				"log_type": log, "log_format": "json", "destination_type": "cloudwatch-logs", "destination": name,
			})
			group := stack.Resource(t, "aws_cloudwatch_log_group", "cache/"+log)
			group.WantValue(t, "name", name)
			group.WantValue(t, "retention_in_days", environment.Observability.LogDays)
			group.WantReference(t, "kms_key_id", stack.Resource(t, "aws_kms_key", "encryption/logs_kms"))
			if depends := synth.List(cache.At("depends_on")); !contains(depends, group.Address) {
				t.Errorf("the cache does not wait for %s", group.Address)
			}
		}
		cache.WantValue(t, "apply_immediately", true) // ElastiCache takes a change of deliveries at once or not at all
		if policies := stack.Resources("aws_cloudwatch_log_resource_policy"); len(policies) > 0 {
			t.Errorf("%s: another environment of the account would undo it", policies[0].Address)
		}
	})
}

func TestCacheIsKeptAsTheFileSays(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		cache := theCache(t, stack)
		cache.WantValue(t, "snapshot_retention_limit", environment.Cache.SnapshotDays)
		cache.WantValue(t, "node_type", environment.Cache.NodeType)
		cache.WantValue(t, "engine", "redis")
		cache.WantValue(t, "engine_version", "7.1") // a login by IAM needs 7.0
		inDataSubnets(t, stack.Resource(t, "aws_elasticache_subnet_group", "cache/subnets"))
		if !environment.Protected() {
			cache.WantAbsent(t, "lifecycle.prevent_destroy")
			cache.WantAbsent(t, "final_snapshot_identifier")
			return
		}
		cache.WantValue(t, "lifecycle.prevent_destroy", true)
		namesItsFinalSnapshotOnce(t, stack, cache, "cache/final-snapshot", environment.CacheName())
	})
}

// With ElastiCache's own volatile-lru, a cache full of keys without an expiry refuses writes.
func TestAFullCacheEvicts(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		group := stack.Resource(t, "aws_elasticache_parameter_group", "cache/parameters")
		theCache(t, stack).WantReference(t, "parameter_group_name", group)
		group.WantValue(t, "family", "redis7")
		group.WantValue(t, "name", environment.CacheName()+"-redis7") // with the family in it, so that another family's can stand beside it
		group.WantValue(t, "lifecycle.create_before_destroy", true)
		if got := parametersOf(group)["maxmemory-policy"].value; got != "allkeys-lru" {
			t.Errorf("maxmemory-policy is %q", got)
		}
	})
}
