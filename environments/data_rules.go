package environments

import (
	"fmt"
	"regexp"
)

const serverless = "db.serverless"

// snapshotName: RDS CreateDBClusterSnapshot, DBClusterSnapshotIdentifier; the environment's name goes in front.
var snapshotName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// snapshotNameMost is the longest name of a snapshot. Source: RDS CreateDBClusterSnapshot, DBClusterSnapshotIdentifier.
const snapshotNameMost = 63

// clusterSnapshot is the name or ARN of an Aurora snapshot: one of ours, RDS's own (rds:…) or AWS Backup's
// (awsbackup:…). Source: RDS RestoreDBClusterFromSnapshot, SnapshotIdentifier.
var clusterSnapshot = regexp.MustCompile(
	`^(?:arn:aws:rds:([a-z0-9-]+):([0-9]{12}):cluster-snapshot:)?(?:[a-z]+:)*[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$`)

// unencryptedNodes are the ElastiCache families that cannot encrypt.
// Source: ElastiCache user guide, 'At-Rest Encryption', supported node types.
var unencryptedNodes = regexp.MustCompile(`^cache\.(t1|t2|m1|m2|m3|c1|r3)\.`)

// auroraClasses are the instance classes that Aurora PostgreSQL takes: memory-optimized, burstable and its own
// serverless. Source: Aurora user guide, 'Aurora DB instance classes'.
var auroraClasses = regexp.MustCompile(`^db\.(serverless|[rtx][a-z0-9]+\.[a-z0-9]+)$`)

// tieredNodes keep a part of their data on disk, and ElastiCache takes them with data tiering alone.
// Source: ElastiCache user guide, 'Data tiering in ElastiCache'.
var tieredNodes = regexp.MustCompile(`^cache\.r6gd\.`)

func (d Database) validate(say report, known known, environment Environment) {
	if !auroraClasses.MatchString(d.InstanceClass) {
		say("database.instance_class",
			"is %q, which Aurora does not take; choose a class of db.r, db.x or db.t, for instance db.r8g.large, or %s",
			d.InstanceClass, serverless)
	}
	if known("tier") && environment.IsProduction() && d.Readers < 2 {
		say("database.readers",
			"is %d in production, which needs at least 2: with the writer, one instance in each of three zones", d.Readers)
	}
	if known("database.readers") && d.MaxReaders < d.Readers {
		say("database.max_readers", "is %d, below readers %d; raise it, or set it to %d to switch autoscaling off",
			d.MaxReaders, d.Readers, d.Readers)
	}
	if known("tier", "database.readers") && d.Readers == 0 && d.MaxReaders > 0 {
		say("database.max_readers",
			"is %d, and readers is 0: autoscaling goes by the readers' CPU and would never begin; "+
				"set readers to 1 or more, or max_readers to 0", d.MaxReaders)
	}
	if known("tier", "database.instance_class", "database.max_capacity") && d.InstanceClass == serverless &&
		d.MinCapacity > d.MaxCapacity {
		say("database.min_capacity", "is %g, above max_capacity %g; raise one or lower the other",
			d.MinCapacity, d.MaxCapacity)
	}
	for i, name := range d.Snapshots {
		if most := snapshotNameMost - len(environment.SnapshotName("")); !snapshotName.MatchString(name) || len(name) > most {
			say(fmt.Sprintf("database.snapshots.%d", i),
				"is %q; use lower case letters, digits and single hyphens, beginning with a letter, at most %d", name, most)
		}
	}
	if d.RestoredFrom != "" {
		d.validateSource(say, known, environment)
	}
	if known("tier", "database.instance_class") && d.ReservedInstances && d.InstanceClass == serverless {
		say("database.reserved_instances", "is true for %s, which cannot be reserved; remove it or name an instance class",
			serverless)
	}
	if known("acknowledge") && d.ReservedInstances && !environment.Acknowledges(AcknowledgeReservedInstances) {
		say("database.reserved_instances", "is true: buying cannot be undone; add `acknowledge: [%s]` if it is meant",
			AcknowledgeReservedInstances)
	}
}

// validateSource checks the snapshot that the cluster is made from.
func (d Database) validateSource(say report, known known, environment Environment) {
	source := clusterSnapshot.FindStringSubmatch(d.RestoredFrom)
	if !known("region", "account", "account.id") {
		return
	}
	if source == nil {
		say("database.restored_from",
			"is %q; write the name of a cluster snapshot of this region, or its ARN, "+
				"arn:aws:rds:%s:<account>:cluster-snapshot:<name>", d.RestoredFrom, environment.Region)
		return
	}
	if region := source[1]; region != "" && region != string(environment.Region) {
		say("database.restored_from",
			"is a snapshot in %q, and a database is restored where its snapshot is; name the copy in %s",
			region, environment.Region)
	}
	if account := source[2]; account != "" && account != environment.Account.ID {
		say("database.restored_from",
			"is a snapshot of account %s, under a key of theirs; copy it to account %s first, and name the copy",
			account, environment.Account.ID)
	}
}

func (c Cache) validate(say report, known known, environment Environment) {
	if known("tier") && c.Mode == CacheSingle && environment.IsProduction() {
		say("cache.mode", "is %q in production: one node has no failover, no TLS and no login; set it to %s",
			c.Mode, CacheReplicated)
	}
	if known("tier", "cache.mode") && c.Mode == CacheSingle && c.Replicas > 0 {
		say("cache.replicas", "is %d beside mode: %s, which is one node; remove it or set mode: %s",
			c.Replicas, CacheSingle, CacheReplicated)
	}
	if known("tier", "cache.mode") && c.Mode == CacheReplicated && c.Replicas < 2 {
		say("cache.replicas", "is %d; a replication group here has at least 2, so that with the primary it spans three zones",
			c.Replicas)
	}
	if unencryptedNodes.MatchString(c.NodeType) {
		say("cache.node_type", "is %q, a type without encryption at rest; choose a current one, for instance cache.t4g.small",
			c.NodeType)
	}
	if tieredNodes.MatchString(c.NodeType) {
		say("cache.node_type",
			"is %q, a type for data tiering, which a cache of this size has no use for; "+
				"choose another, for instance cache.r7g.large", c.NodeType)
	}
}

// shortestRecovery is the least of Secrets Manager's recovery window (DeleteSecret, RecoveryWindowInDays),
// beside deleting at once.
const shortestRecovery = 7

func (s Secrets) validate(say report) {
	if s.RecoveryDays > 0 && s.RecoveryDays < shortestRecovery {
		say("secrets.recovery_days",
			"is %d, and Secrets Manager takes 0 (deleted at once) or %d to 30 days; choose one of them",
			s.RecoveryDays, shortestRecovery)
	}
}

// Glacier bills at least 90 days of Instant and of Flexible Retrieval. Source: Amazon S3 user guide,
// 'Transitioning objects'.
const glacierDays = 90

func (b Backup) validate(say report, known known, environment Environment) {
	if known("backup.instant_days") && b.FlexibleDays < b.InstantDays+glacierDays {
		say("backup.flexible_days",
			"is %d, and instant_days is %d: Glacier Instant Retrieval is billed for %d days at least; set it to %d or more",
			b.FlexibleDays, b.InstantDays, glacierDays, b.InstantDays+glacierDays)
	}
	if known("backup.flexible_days") && b.ExpireDays < b.FlexibleDays+glacierDays {
		say("backup.expire_days",
			"is %d, and flexible_days is %d: Glacier Flexible Retrieval is billed for %d days at least; set it to %d or more",
			b.ExpireDays, b.FlexibleDays, glacierDays, b.FlexibleDays+glacierDays)
	}
	if known("second_region", "backup.retention_days") && environment.SecondRegion == "" && b.CopyDays != b.RetentionDays {
		say("backup.copy_days", "is %d, and second_region is missing: there would be no copy; remove it, or name a region",
			b.CopyDays)
	}
	if known("acknowledge") && b.VaultLock == VaultLockCompliance &&
		!environment.Acknowledges(AcknowledgeComplianceVaultLock) {
		say("backup.vault_lock",
			"is %q: after its grace time nobody can delete a recovery point, AWS included; "+
				"add `acknowledge: [%s]` if it is meant",
			b.VaultLock, AcknowledgeComplianceVaultLock)
	}
}
