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

// clusterSnapshot is the name or ARN of an Aurora snapshot: one of ours, RDS's own (rds:…) or AWS Backup's (awsbackup:…). Source: RDS
// RestoreDBClusterFromSnapshot, SnapshotIdentifier.
var clusterSnapshot = regexp.MustCompile(`^(?:arn:aws:rds:([a-z0-9-]+):([0-9]{12}):cluster-snapshot:)?(?:[a-z]+:)*[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$`)

// unencryptedNodes are the ElastiCache families that cannot encrypt.
// Source: ElastiCache user guide, 'At-Rest Encryption', supported node types.
var unencryptedNodes = regexp.MustCompile(`^cache\.(t1|t2|m1|m2|m3|c1|r3)\.`)

// auroraClasses are the instance classes that Aurora PostgreSQL takes: memory-optimized, burstable and its own serverless.
// Source: Aurora user guide, 'Aurora DB instance classes'.
var auroraClasses = regexp.MustCompile(`^db\.(serverless|[rtx][a-z0-9]+\.[a-z0-9]+)$`)

// tieredNodes keep a part of their data on disk, and ElastiCache takes them with data tiering alone.
// Source: ElastiCache user guide, 'Data tiering in ElastiCache'.
var tieredNodes = regexp.MustCompile(`^cache\.r6gd\.`)

func (d Database) validate(say report, known known, environment Environment) {
	if !auroraClasses.MatchString(d.InstanceClass) {
		say("database.instance_class", "is %q, which Aurora does not take; choose a class of db.r, db.x or db.t, for instance db.r8g.large, or %s", d.InstanceClass, serverless)
	}
	if known("tier") && environment.IsProduction() && d.Readers < 2 {
		say("database.readers", "is %d in production, which needs at least 2: with the writer, one instance in each of three zones", d.Readers)
	}
	if known("database.readers") && d.MaxReaders < d.Readers {
		say("database.max_readers", "is %d, below readers %d; raise it, or set it to %d to switch autoscaling off", d.MaxReaders, d.Readers, d.Readers)
	}
	if known("tier", "database.readers") && d.Readers == 0 && d.MaxReaders > 0 {
		say("database.max_readers", "is %d, and readers is 0: autoscaling goes by the readers' CPU and would never begin; set readers to 1 or more, or max_readers to 0", d.MaxReaders)
	}
	if known("tier", "database.instance_class", "database.max_capacity") && d.InstanceClass == serverless && d.MinCapacity > d.MaxCapacity {
		say("database.min_capacity", "is %g, above max_capacity %g; raise one or lower the other", d.MinCapacity, d.MaxCapacity)
	}
	for i, name := range d.Snapshots {
		if most := snapshotNameMost - len(environment.SnapshotName("")); !snapshotName.MatchString(name) || len(name) > most {
			say(fmt.Sprintf("database.snapshots.%d", i), "is %q; use lower case letters, digits and single hyphens, beginning with a letter, at most %d", name, most)
		}
	}
	if d.RestoredFrom != "" {
		d.validateSource(say, known, environment)
	}
	if known("tier", "database.instance_class") && d.ReservedInstances && d.InstanceClass == serverless {
		say("database.reserved_instances", "is true for %s, which cannot be reserved; remove it or name an instance class", serverless)
	}
	if known("acknowledge") && d.ReservedInstances && !environment.Acknowledges(AcknowledgeReservedInstances) {
		say("database.reserved_instances", "is true: buying cannot be undone; add `acknowledge: [%s]` if it is meant", AcknowledgeReservedInstances)
	}
}

// validateSource checks the snapshot that the cluster is made from.
func (d Database) validateSource(say report, known known, environment Environment) {
	source := clusterSnapshot.FindStringSubmatch(d.RestoredFrom)
	if !known("region", "account", "account.id") {
		return
	}
	if source == nil {
		say("database.restored_from", "is %q; write the name of a cluster snapshot of this region, or its ARN, arn:aws:rds:%s:<account>:cluster-snapshot:<name>", d.RestoredFrom, environment.Region)
		return
	}
	if region := source[1]; region != "" && region != string(environment.Region) {
		say("database.restored_from", "is a snapshot in %q, and a database is restored where its snapshot is; name the copy in %s", region, environment.Region)
	}
	if account := source[2]; account != "" && account != environment.Account.ID {
		say("database.restored_from", "is a snapshot of account %s, under a key of theirs; copy it to account %s first, and name the copy", account, environment.Account.ID)
	}
}

func (c Cache) validate(say report, known known, environment Environment) {
	if known("tier") && c.Mode == CacheSingle && environment.IsProduction() {
		say("cache.mode", "is %q in production: one node has no failover, no TLS and no login; set it to %s", c.Mode, CacheReplicated)
	}
	if known("tier", "cache.mode") && c.Mode == CacheSingle && c.Replicas > 0 {
		say("cache.replicas", "is %d beside mode: %s, which is one node; remove it or set mode: %s", c.Replicas, CacheSingle, CacheReplicated)
	}
	if known("tier", "cache.mode") && c.Mode == CacheReplicated && c.Replicas < 2 {
		say("cache.replicas", "is %d; a replication group here has at least 2, so that with the primary it spans three zones", c.Replicas)
	}
	if unencryptedNodes.MatchString(c.NodeType) {
		say("cache.node_type", "is %q, a type without encryption at rest; choose a current one, for instance cache.t4g.small", c.NodeType)
	}
	if tieredNodes.MatchString(c.NodeType) {
		say("cache.node_type", "is %q, a type for data tiering, which a cache of this size has no use for; choose another, for instance cache.r7g.large", c.NodeType)
	}
}

// shortestRecovery is the least of Secrets Manager's recovery window (DeleteSecret, RecoveryWindowInDays), beside deleting at once.
const shortestRecovery = 7

func (s Secrets) validate(say report) {
	if s.RecoveryDays > 0 && s.RecoveryDays < shortestRecovery {
		say("secrets.recovery_days", "is %d, and Secrets Manager takes 0 (deleted at once) or %d to 30 days; choose one of them", s.RecoveryDays, shortestRecovery)
	}
}

// Glacier bills at least 90 days of Instant and of Flexible Retrieval. Source: Amazon S3 user guide, 'Transitioning objects'.
const glacierDays = 90

func (b Backup) validate(say report, known known, environment Environment) {
	if known("backup.instant_days") && b.FlexibleDays < b.InstantDays+glacierDays {
		say("backup.flexible_days", "is %d, and instant_days is %d: Glacier Instant Retrieval is billed for %d days at least; set it to %d or more",
			b.FlexibleDays, b.InstantDays, glacierDays, b.InstantDays+glacierDays)
	}
	if known("backup.flexible_days") && b.ExpireDays < b.FlexibleDays+glacierDays {
		say("backup.expire_days", "is %d, and flexible_days is %d: Glacier Flexible Retrieval is billed for %d days at least; set it to %d or more",
			b.ExpireDays, b.FlexibleDays, glacierDays, b.FlexibleDays+glacierDays)
	}
	if known("second_region", "backup.retention_days") && environment.SecondRegion == "" && b.CopyDays != b.RetentionDays {
		say("backup.copy_days", "is %d, and second_region is missing: there would be no copy; remove it, or name a region", b.CopyDays)
	}
	if known("acknowledge") && b.VaultLock == VaultLockCompliance && !environment.Acknowledges(AcknowledgeComplianceVaultLock) {
		say("backup.vault_lock", "is %q: after its grace time nobody can delete a recovery point, AWS included; add `acknowledge: [%s]` if it is meant",
			b.VaultLock, AcknowledgeComplianceVaultLock)
	}
}

func (r DR) validate(say report, known known, environment Environment) {
	if !known("dr.role", "dr.primary") {
		return // nobody knows what its part is
	}
	if r.Role == DRSecondary && r.Primary == "" {
		say("dr.primary", "is missing, and dr.role is secondary: name the environment that this one stands in for")
	}
	if r.Role != DRSecondary && r.Primary != "" {
		say("dr.primary", "is %q, and dr.role is %s; only a secondary has a primary: remove one of the lines", r.Primary, r.Role)
	}
	if r.Role == DRSecondary && environment.Database.RestoredFrom == "" {
		say("database.restored_from", "is missing in a secondary: an empty database knows none of its primary's roles or data; name the copy of a snapshot that the primary's database.snapshots keeps in this region")
	}
	if r.Active && r.Role != DRSecondary {
		say("dr.active", "is true, and dr.role is %s; it is the secondary that is activated: set it in that file", r.Role)
	}
	if known("dr", "database.restored_from") {
		r.validateFence(say, environment)
	}
	if r.Failover == FailoverAutomatic {
		say("dr.failover", "is automatic, and the second region's database is a restored snapshot: stale data would take writes; set it to manual")
	}
	if r.Role == DRPrimary && !environment.Edge.Enabled {
		say("edge.enabled", "is false in a primary: there would be no distribution in front of the two regions; set it to true")
	}
}

// NoSource is what dr.outdated says of a database that was made empty.
const NoSource = "none"

// validateFence holds a primary to its fence: data that is older than its secondary's must not be served again.
func (r DR) validateFence(say report, environment Environment) {
	source := environment.Database.RestoredFrom
	if source == "" {
		source = NoSource
	}
	switch {
	case r.Fenced && r.Role != DRPrimary:
		say("dr.fenced", "is true, and dr.role is %s; only a primary is fenced, while its secondary serves: remove the line", r.Role)
	case r.Outdated != "" && r.Outdated != NoSource && !clusterSnapshot.MatchString(r.Outdated):
		say("dr.outdated", "is %q, not what database.restored_from can be; write it as it was at the fence, or %s", r.Outdated, NoSource)
	case r.Fenced && r.Outdated == "":
		say("dr.outdated", "is missing beside dr.fenced: it says what the data is made from that must not be served again; write outdated: %s", source)
	case !r.Fenced && r.Outdated == source:
		say("dr.outdated", "is %q, and the database is still made from that: what was written in the second region since the fence is not in it. "+
			"Keep dr.fenced: true until database.restored_from names a snapshot of the secondary (docs/runbooks/failover.md)", r.Outdated)
	}
}

// validatePair holds a secondary against its primary. known is whether settings are right in both files.
func (r DR) validatePair(say report, known known, secondary, primary Environment) {
	if !known("dr") {
		return
	}
	if primary.DR.Role != DRPrimary {
		say("dr.primary", "is %q, whose dr.role is %s; set it to primary there", r.Primary, primary.DR.Role)
	}
	if r.Active && !primary.DR.Fenced {
		say("dr.active", "is true, and %s is not fenced: it would take the traffic back as soon as it is healthy, without what was written here; set dr.fenced: true there", primary.Name)
	}
	if known("account", "account.id") && primary.Account.ID != secondary.Account.ID {
		say("account", "is %q, and %s lives in %q; a secondary reads its primary's replicas, in the same account", secondary.AccountName, primary.Name, primary.AccountName)
	}
	if known("dns") {
		r.validateNames(say, secondary.DNS, primary)
	}
	if known("region", "second_region", "acknowledge") {
		validateRegions(say, secondary, primary)
	}
}

// validateNames holds a secondary to the names of its primary.
func (r DR) validateNames(say report, names DNS, primary Environment) {
	if primary.DNS.Zone != names.Zone || primary.DNS.Name != names.Name || primary.DNS.Domain != names.Domain {
		say("dns", "is %s behind %s in %s, and %s has %s behind %s in %s; a secondary answers to the same names",
			names.Name, names.Origin(), names.Zone, primary.Name, primary.DNS.Name, primary.DNS.Origin(), primary.DNS.Zone)
	}
	if names.CreateZone && !primary.DNS.CreateZone {
		say("dns.create_zone", "is true in a secondary; destroying it would take the zone from its primary: make the zone in %s", primary.Name)
	}
}

// validateRegions holds a secondary to where its primary's replicas are.
func validateRegions(say report, secondary, primary Environment) {
	if primary.SecondRegion != secondary.Region {
		say("region", "is %q, and %s keeps its replicas in %q; a secondary lives where they are", secondary.Region, primary.Name, primary.SecondRegion)
	}
	if primary.Region == GlobalRegion && !primary.Acknowledges(AcknowledgeGlobalPrimary) {
		say("dr.primary", "is %q, at home in %s: who serves, DNS and IAM are controlled from there, so nobody can fail over while that region is lost; "+
			"choose another region for it, or add `acknowledge: [%s]` to its file", primary.Name, GlobalRegion, AcknowledgeGlobalPrimary)
	}
	if secondary.SecondRegion != "" && secondary.SecondRegion != primary.Region {
		say("second_region", "is %q, and %s lives in %q: once this one serves, its replicas are what the way back is made from; set it to %s",
			secondary.SecondRegion, primary.Name, primary.Region, primary.Region)
	}
}
