package environments

// Database is Aurora PostgreSQL.
type Database struct {
	// Name is the database that the cluster is made with, and the application uses: that of the snapshot, where it is
	// restored. Another name later replaces the cluster. Default: the application's name without -app at its end, with
	// _ for -.
	Name string `yaml:"name" jsonschema:"maxLength=63,pattern=^[a-z][a-z0-9_]*$"`
	// EngineVersion is Aurora PostgreSQL's version; RDS does not move it by itself. A new major version is refused here:
	// upgrade by hand, then let the file follow. Default: 17.9.
	EngineVersion string `yaml:"engine_version" jsonschema:"pattern=^1[5-9]\\.[0-9]{1\\,2}$"`
	// InstanceClass is the class of the writer and its readers, or db.serverless. Default: db.r8g.large, in
	// development db.serverless.
	InstanceClass string `yaml:"instance_class" jsonschema:"pattern=^db\\.[a-z0-9.]+$"`
	// MinCapacity of db.serverless, in Aurora capacity units (2 GiB each, steps of a half). Default: 0.5.
	MinCapacity float64 `yaml:"min_capacity" jsonschema:"minimum=0,maximum=256,multipleOf=0.5"`
	// MaxCapacity of db.serverless, in Aurora capacity units. Default: 2.
	MaxCapacity float64 `yaml:"max_capacity" jsonschema:"minimum=1,maximum=256,multipleOf=0.5"`
	// Readers is how many readers stand beside the writer, each in another zone while there are zones. Production needs
	// two. Default: 2 in production, 1 in staging, 0 in development.
	Readers int `yaml:"readers" jsonschema:"minimum=0,maximum=15"`
	// MaxReaders is how many readers autoscaling may reach; equal to readers switches it off. Default: readers + 2,
	// in development readers.
	MaxReaders int `yaml:"max_readers" jsonschema:"minimum=0,maximum=15"`
	// RetentionDays is how far back point-in-time recovery reaches, in days. Default: 35 in production, else 7.
	RetentionDays int `yaml:"retention_days" jsonschema:"minimum=1,maximum=35"`
	// Login is how the application logs in. Default: password.
	Login DatabaseLogin `yaml:"login"`
	// Snapshots are names of one-off cluster snapshots to take, keep, and export to the backups bucket, but for those
	// called failback-…, which a way back from a failover waits for; the other environment of a pair copies them to its
	// region. A name that leaves the list takes snapshot and copy along. Default: none.
	Snapshots []string `yaml:"snapshots" jsonschema:"uniqueItems=true"`
	// RestoredFrom is the name or ARN of the snapshot, in the environment's region, that the cluster is made from;
	// once there is a cluster it changes nothing, but a standby's, whose database is a copy, is replaced by
	// another snapshot's. A secondary needs one. RDS restores without IAM authentication and Insights, which a
	// second apply sets. Default: none.
	RestoredFrom string `yaml:"restored_from"`
	// ReservedInstances buys the instances for a year. Needs `acknowledge: [reserved-instances]`. Default: false.
	ReservedInstances bool `yaml:"reserved_instances"`
}

// Cache is ElastiCache for Redis.
type Cache struct {
	// Mode is one node or a Multi-AZ replication group. Default: replicated, in development single.
	Mode CacheMode `yaml:"mode"`
	// NodeType is the class of the nodes. Default: cache.r7g.large in production, else cache.t4g.small.
	NodeType string `yaml:"node_type" jsonschema:"pattern=^cache\\.[a-z0-9]+\\.[a-z0-9]+$"`
	// Replicas stand beside the primary of a replication group. Default: 2; of a single node: 0.
	Replicas int `yaml:"replicas" jsonschema:"minimum=0,maximum=5"`
	// SnapshotDays is how long daily snapshots are kept, in days; 0 takes none. Default: 7, in development 1.
	SnapshotDays int `yaml:"snapshot_days" jsonschema:"minimum=0,maximum=35"`
}

// Secrets are the versions of what Secrets Manager holds: raise a number to renew that value at the next apply.
type Secrets struct {
	// RecoveryDays is how long a deleted secret can be brought back, in days, 7 to 30; 0 deletes at once.
	// Default: 30, in development 0.
	RecoveryDays int `yaml:"recovery_days" jsonschema:"minimum=0,maximum=30"`
	// Database is the version of the application's password in its secret. Default: 1.
	Database int `yaml:"database" jsonschema:"minimum=1,maximum=2147483647"`
	// Grafana is the version of Grafana's login. Default: 1.
	Grafana int `yaml:"grafana" jsonschema:"minimum=1,maximum=2147483647"`
	// OriginA is the version of the first origin header value. Default: 1.
	OriginA int `yaml:"origin_a" jsonschema:"minimum=1,maximum=2147483647"`
	// OriginB is the version of the second origin header value. Default: 1.
	OriginB int `yaml:"origin_b" jsonschema:"minimum=1,maximum=2147483647"`
}

// Backup is AWS Backup and the life of what the buckets hold.
type Backup struct {
	// RetentionDays is how long a daily backup is kept, in days. Default: 35 in production, else 7.
	RetentionDays int `yaml:"retention_days" jsonschema:"minimum=1,maximum=36500"`
	// CopyDays is how long its copy in the second region is kept, in days. Default: retention_days.
	CopyDays int `yaml:"copy_days" jsonschema:"minimum=1,maximum=36500"`
	// VaultLock is who may delete a recovery point early. Compliance needs `acknowledge: [compliance-vault-lock]`.
	// Default: governance, in development none.
	VaultLock VaultLock `yaml:"vault_lock"`
	// InstantDays is after how many days an object moves to Glacier Instant Retrieval. Default: 90.
	InstantDays int `yaml:"instant_days" jsonschema:"minimum=1,maximum=2147483647"`
	// FlexibleDays is after how many days it moves on to Glacier Flexible Retrieval. Default: 180.
	FlexibleDays int `yaml:"flexible_days" jsonschema:"minimum=1,maximum=2147483647"`
	// ExpireDays is after how many days it is deleted. Default: 730.
	ExpireDays int `yaml:"expire_days" jsonschema:"minimum=1,maximum=2147483647"`
}

// DR is the environment's part in disaster recovery.
type DR struct {
	// Role is primary, secondary or none. Default: secondary where `primary` is given, else none.
	Role DRRole `yaml:"role"`
	// Primary is the environment that a secondary stands in for. Default: none.
	Primary string `yaml:"primary"`
	// Active lets a secondary take traffic: its failover record is healthy only then. Default: false.
	Active bool `yaml:"active"`
	// Fenced keeps a primary from traffic while its secondary serves, even when it is healthy again: its data
	// is old. Default: false.
	Fenced bool `yaml:"fenced"`
	// Outdated is what the data of a fenced primary is made from: database.restored_from as it was at the fence, or
	// `none`. The fence stays until restored_from names something else. Required with `fenced`. Default: none.
	Outdated string `yaml:"outdated"`
	// Failover is manual or automatic; automatic is legal only where the database replicates continuously, because stale
	// data must not take writes. Default: manual.
	Failover Failover `yaml:"failover"`
}
