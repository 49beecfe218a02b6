package environments

// databaseMistakes are settings that Aurora refuses, or that lose data.
var databaseMistakes = []mistake{
	{"retention of no day", edit{"region: eu-west-1\n", "region: eu-west-1\ndatabase: {retention_days: 0}\n"},
		"prod.yaml:6:12: database.retention_days is 0, below the least allowed, 1: " +
			"RetentionDays is how far back point-in-time recovery reaches, in days. Default: 35 in production, else 7"},
	{"retention of 36 days", edit{"region: eu-west-1\n", "region: eu-west-1\ndatabase: {retention_days: 36}\n"},
		"prod.yaml:6:12: database.retention_days is 36, above the most allowed, 35: " +
			"RetentionDays is how far back point-in-time recovery reaches, in days. Default: 35 in production, else 7"},
	{"16 readers", edit{"region: eu-west-1\n", "region: eu-west-1\ndatabase: {readers: 16}\n"},
		"prod.yaml:6:12: database.readers is 16, above the most allowed, 15: " +
			"Readers is how many readers stand beside the writer, each in another zone while there are zones. " +
			"Production needs two. Default: 2 in production, 1 in staging, 0 in development"},
	{"one reader in production", edit{"region: eu-west-1\n", "region: eu-west-1\ndatabase: {readers: 1}\n"},
		"prod.yaml:6:12: database.readers is 1 in production, which needs at least 2: " +
			"with the writer, one instance in each of three zones"},
	{"capacity in thirds", edit{"region: eu-west-1\n", "region: eu-west-1\ndatabase: {max_capacity: 1.3}\n"},
		"prod.yaml:6:12: database.max_capacity is 1.3, not a multiple of 0.5: " +
			"MaxCapacity of db.serverless, in Aurora capacity units. Default: 2"},
	{"reserved without acknowledgement",
		edit{"region: eu-west-1\n", "region: eu-west-1\ndatabase: {reserved_instances: true}\n"},
		"prod.yaml:6:12: database.reserved_instances is true: buying cannot be undone; " +
			"add `acknowledge: [reserved-instances]` if it is meant"},
	{"reserved serverless",
		edit{"region: eu-west-1\n",
			"region: eu-west-1\nacknowledge: [reserved-instances]\ndatabase: {instance_class: db.serverless, " +
				"reserved_instances: true}\n"},
		"prod.yaml:7:43: database.reserved_instances is true for db.serverless, which cannot be reserved; " +
			"remove it or name an instance class"},
	{"more readers than autoscaling may reach",
		edit{"region: eu-west-1\n", "region: eu-west-1\ndatabase: {readers: 4, max_readers: 3}\n"},
		"prod.yaml:6:24: database.max_readers is 3, below readers 4; raise it, or set it to 4 to switch autoscaling off"},
	{"autoscaling without a reader to measure",
		edit{"tier: production", "tier: staging\ndatabase: {readers: 0, max_readers: 2}"},
		"prod.yaml:2:24: database.max_readers is 2, and readers is 0: autoscaling goes by the readers' CPU and would never " +
			"begin; set readers to 1 or more, or max_readers to 0"},
	{"more capacity at least than at most",
		edit{"region: eu-west-1\n",
			"region: eu-west-1\ndatabase: {instance_class: db.serverless, min_capacity: 8, max_capacity: 4}\n"},
		"prod.yaml:6:43: database.min_capacity is 8, above max_capacity 4; raise one or lower the other"},
	{"instance class that Aurora does not have",
		edit{"region: eu-west-1\n", "region: eu-west-1\ndatabase: {instance_class: db.m7g.large}\n"},
		`prod.yaml:6:12: database.instance_class is "db.m7g.large", which Aurora does not take; ` +
			`choose a class of db.r, db.x or db.t, for instance db.r8g.large, or db.serverless`},
	{"snapshot names that RDS refuses",
		edit{"region: eu-west-1\n", "region: eu-west-1\ndatabase: {snapshots: [before--upgrade, Release]}\n"},
		`prod.yaml:6:24: database.snapshots[0] is "before--upgrade"; use lower case letters, digits and single hyphens, ` +
			`beginning with a letter, at most 46` + "\n" +
			`prod.yaml:6:41: database.snapshots[1] is "Release"; use lower case letters, digits and single hyphens, ` +
			`beginning with a letter, at most 46`},
	{"snapshot with a name that is too long",
		edit{"region: eu-west-1\n",
			"region: eu-west-1\ndatabase: {snapshots: [before-the-migration-of-the-customers-table-again]}\n"},
		`prod.yaml:6:24: database.snapshots[0] is "before-the-migration-of-the-customers-table-again"; ` +
			`use lower case letters, digits and single hyphens, beginning with a letter, at most 46`},
	{"database restored from what is no snapshot",
		edit{"region: eu-west-1\n",
			"region: eu-west-1\ndatabase: {restored_from: arn:aws:backup:eu-west-1:333333333333:recovery-point:x}\n"},
		`prod.yaml:6:12: database.restored_from is "arn:aws:backup:eu-west-1:333333333333:recovery-point:x"; ` +
			`write the name of a cluster snapshot of this region, or its ARN, ` +
			`arn:aws:rds:eu-west-1:<account>:cluster-snapshot:<name>`},
	{"database restored from another region's snapshot",
		edit{"region: eu-west-1\n",
			"region: eu-west-1\n" +
				"database: {restored_from: arn:aws:rds:eu-central-1:333333333333:cluster-snapshot:awsbackup:copyjob-1}\n"},
		`prod.yaml:6:12: database.restored_from is a snapshot in "eu-central-1", ` +
			`and a database is restored where its snapshot is; name the copy in eu-west-1`},
	{"snapshot of another account",
		add("database: {restored_from: arn:aws:rds:eu-west-1:444444444444:cluster-snapshot:theirs}"),
		"prod.yaml:8:12: database.restored_from is a snapshot of account 444444444444, under a key of theirs; " +
			"copy it to account 333333333333 first, and name the copy"},
	{"snapshot of another partition",
		add("database: {restored_from: arn:aws-cn:rds:eu-west-1:333333333333:cluster-snapshot:x}"),
		`prod.yaml:8:12: database.restored_from is "arn:aws-cn:rds:eu-west-1:333333333333:cluster-snapshot:x"; ` +
			`write the name of a cluster snapshot of this region, or its ARN, ` +
			`arn:aws:rds:eu-west-1:<account>:cluster-snapshot:<name>`},
	{"snapshot with two hyphens", add("database: {restored_from: a--b}"),
		`prod.yaml:8:12: database.restored_from is "a--b"; write the name of a cluster snapshot of this region, ` +
			`or its ARN, arn:aws:rds:eu-west-1:<account>:cluster-snapshot:<name>`},
	{"snapshot of an instance", add("database: {restored_from: arn:aws:rds:eu-west-1:333333333333:snapshot:x}"),
		`prod.yaml:8:12: database.restored_from is "arn:aws:rds:eu-west-1:333333333333:snapshot:x"; ` +
			`write the name of a cluster snapshot of this region, or its ARN, ` +
			`arn:aws:rds:eu-west-1:<account>:cluster-snapshot:<name>`},
	{"engine of another major version", add(`database: {engine_version: "14.1"}`),
		`prod.yaml:8:12: database.engine_version is "14.1", which does not match ^1[5-9]\.[0-9]{1,2}$: ` +
			`EngineVersion is Aurora PostgreSQL's version; RDS does not move it by itself. ` +
			`A new major version is refused here: upgrade by hand, then let the file follow. Default: 17.9`},
	{"recovery window of three days", add("secrets: {recovery_days: 3}"),
		"prod.yaml:8:11: secrets.recovery_days is 3, and Secrets Manager takes 0 (deleted at once) or 7 to 30 days; " +
			"choose one of them"},
}

// cacheMistakes are settings that ElastiCache refuses, or that production does not bear.
var cacheMistakes = []mistake{
	{"one node with replicas", edit{"tier: production", "tier: staging\ncache: {mode: single, replicas: 2}"},
		"prod.yaml:2:23: cache.replicas is 2 beside mode: single, which is one node; remove it or set mode: replicated"},
	{"replication group in two zones", edit{"region: eu-west-1\n", "region: eu-west-1\ncache: {replicas: 1}\n"},
		"prod.yaml:6:9: cache.replicas is 1; a replication group here has at least 2, " +
			"so that with the primary it spans three zones"},
	{"cache for data tiering", edit{"region: eu-west-1\n", "region: eu-west-1\ncache: {node_type: cache.r6gd.xlarge}\n"},
		`prod.yaml:6:9: cache.node_type is "cache.r6gd.xlarge", a type for data tiering, ` +
			`which a cache of this size has no use for; choose another, for instance cache.r7g.large`},
	{"single-node cache in production", edit{"region: eu-west-1\n", "region: eu-west-1\ncache: {mode: single}\n"},
		`prod.yaml:6:9: cache.mode is "single" in production: one node has no failover, no TLS and no login; ` +
			`set it to replicated`},
	{"cache without encryption", edit{"region: eu-west-1\n", "region: eu-west-1\ncache: {node_type: cache.t2.micro}\n"},
		`prod.yaml:6:9: cache.node_type is "cache.t2.micro", a type without encryption at rest; ` +
			`choose a current one, for instance cache.t4g.small`},
}

// secretsMistakes are settings that Secrets Manager refuses.
var secretsMistakes = []mistake{
	{"recovery window too short", edit{"region: eu-west-1\n", "region: eu-west-1\nsecrets: {recovery_days: 3}\n"},
		"prod.yaml:6:11: secrets.recovery_days is 3, and Secrets Manager takes 0 (deleted at once) or 7 to 30 days; " +
			"choose one of them"},
}

// backupMistakes are settings that S3 or AWS Backup refuses.
var backupMistakes = []mistake{
	{"Glacier days out of order",
		edit{"region: eu-west-1\n", "region: eu-west-1\nbackup: {instant_days: 200, expire_days: 250}\n"},
		"prod.yaml:6:1: backup.flexible_days is 180, and instant_days is 200: " +
			"Glacier Instant Retrieval is billed for 90 days at least; set it to 290 or more" + "\n" +
			"prod.yaml:6:29: backup.expire_days is 250, and flexible_days is 180: " +
			"Glacier Flexible Retrieval is billed for 90 days at least; set it to 270 or more"},
	{"backups kept for no day",
		edit{"region: eu-west-1\n", "region: eu-west-1\nbackup: {retention_days: 0, copy_days: 36501}\n"},
		"prod.yaml:6:10: backup.retention_days is 0, below the least allowed, 1: " +
			"RetentionDays is how long a daily backup is kept, in days. Default: 35 in production, else 7" + "\n" +
			"prod.yaml:6:29: backup.copy_days is 36501, above the most allowed, 36500: " +
			"CopyDays is how long its copy in the second region is kept, in days. Default: retention_days"},
	{"compliance lock without acknowledgement",
		edit{"region: eu-west-1\n", "region: eu-west-1\nbackup: {vault_lock: compliance}\n"},
		"prod.yaml:6:10: backup.vault_lock is \"compliance\": after its grace time nobody can delete a recovery point, " +
			"AWS included; add `acknowledge: [compliance-vault-lock]` if it is meant"},
}

// recoveryMistakes are parts in disaster recovery that contradict themselves.
var recoveryMistakes = []mistake{
	{"outdated by what is no snapshot", add("dr: {role: primary, fenced: true, outdated: yesterday's}"),
		`prod.yaml:8:35: dr.outdated is "yesterday's", not what database.restored_from can be; ` +
			`write it as it was at the fence, or none`},
	{"automatic failover onto a snapshot",
		edit{"region: eu-west-1\n", "region: eu-west-1\ndr: {role: primary, failover: automatic}\n"},
		"prod.yaml:6:21: dr.failover is automatic, and the second region's database is a restored snapshot: " +
			"stale data would take writes; set it to manual"},
	{"secondary of nobody",
		edit{"region: eu-west-1\n", "region: eu-west-1\ndr: {primary: prd}\ndatabase: {restored_from: a}\n"},
		`prod.yaml:6:6: dr.primary is "prd", and there is no such environment; did you mean "prod"? allowed: prod`},
	{"active primary", edit{"region: eu-west-1\n", "region: eu-west-1\ndr: {role: primary, active: true}\n"},
		"prod.yaml:6:21: dr.active is true, and dr.role is primary; it is the secondary that is activated: " +
			"set it in that file"},
	{"fenced without a secondary", edit{"region: eu-west-1\n", "region: eu-west-1\ndr: {fenced: true}\n"},
		"prod.yaml:6:6: dr.fenced is true, and dr.role is none; only a primary is fenced, while its secondary serves: " +
			"remove the line"},
	{"fenced without saying what is outdated",
		edit{"region: eu-west-1\n", "region: eu-west-1\ndr: {role: primary, fenced: true}\n"},
		"prod.yaml:6:1: dr.outdated is missing beside dr.fenced: it says what the data is made from that must not be " +
			"served again; write outdated: none"},
	{"fence taken from data that is old",
		edit{"region: eu-west-1\n",
			"region: eu-west-1\ndr: {role: primary, outdated: birthday-db-prod-dr-failback}\n" +
				"database: {restored_from: birthday-db-prod-dr-failback}\n"},
		`prod.yaml:6:21: dr.outdated is "birthday-db-prod-dr-failback", and the database is still made from that: ` +
			`what was written in the second region since the fence is not in it. ` +
			`Keep dr.fenced: true until database.restored_from names a snapshot of the secondary (docs/runbooks/failover.md)`},
	{"fence taken from data that was never restored",
		edit{"region: eu-west-1\n", "region: eu-west-1\ndr: {role: primary, outdated: none}\n"},
		`prod.yaml:6:21: dr.outdated is "none", and the database is still made from that: ` +
			`what was written in the second region since the fence is not in it. ` +
			`Keep dr.fenced: true until database.restored_from names a snapshot of the secondary (docs/runbooks/failover.md)`},
}
