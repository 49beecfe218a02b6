package observability

// Backups is what watches over backups, copies, restore tests and replicas. All of it is named by what makes it, never
// by a prefix of names: a pattern that matches nothing says nothing.
type Backups struct {
	VaultName string
	Made      bool   // whether backups are made: a standby makes none of its stale data
	Copies    *Vault // the vault of copies in the second region; nil without one

	RestorePlanARNs []string // of the restore tests

	// PrimaryCopies is the vault, in this region, that the environment's primary copies to; empty where there is none,
	// or it makes no copies. What arrives there is watched from here too: the primary's region, where the copies are
	// asked for, may be gone.
	PrimaryCopies string

	Replications []Replication // of buckets of this region
}

// Vault is a vault of AWS Backup.
type Vault struct{ Name, ARN string }

// Replication is a rule that copies a bucket to another region.
type Replication struct {
	ID                          string // tells it apart: logs
	Source, Destination, RuleID string // as S3's metrics name them
}

// deadManHours is how long nothing may have come before it is missed: a day, and what a job's start window takes.
const deadManHours = 26

// backups declares what tells of backups that failed, and of those that never came.
func (o *observability) backups() {
	b := o.Backups
	o.backupFailures(b)
	if b.Made {
		o.missing("backup-missing", "No backup of the database has been completed", "NumberOfBackupJobsCompleted",
			b.VaultName)
	}
	if b.Made && b.Copies != nil {
		o.copyFailures(*b.Copies)
		// Of a copy, BackupVaultName is the destination's (AWS Backup Developer Guide, 'AWS Backup metrics with CloudWatch').
		o.missing("copy-missing", "No copy of a backup to the second region has been completed", "NumberOfCopyJobsCompleted",
			b.Copies.Name)
	}
	if b.PrimaryCopies != "" {
		o.missing("primary-copy-missing", "No copy of a backup of the primary has arrived in this region",
			"NumberOfRecoveryPointsCompleted", b.PrimaryCopies)
	}
	if len(b.RestorePlanARNs) > 0 {
		o.restoreFailures(b.RestorePlanARNs)
	}
	o.replicationAlarms(b.Replications)
}

// backupFailures tells of jobs of this environment's vault that did not come to be. By EventBridge and not by the
// metric NumberOfBackupJobsFailed, because the event says of what, and why. The states are those of the API (Backup
// API Reference, BackupJob).
func (o *observability) backupFailures(b Backups) {
	o.tell(event{
		id: "backup-failed", description: "A backup was not made",
		pattern: object{
			"source":      []string{"aws.backup"},
			"detail-type": []string{"Backup Job State Change"},
			"detail": object{
				"state":           []string{"FAILED", "ABORTED", "EXPIRED", "PARTIAL"},
				"backupVaultName": []string{b.VaultName},
			},
		},
		paths: map[string]string{
			"resource": "$.detail.resourceArn", "state": "$.detail.state", "vault": "$.detail.backupVaultName",
			"why": "$.detail.statusMessage", "job": "$.detail.backupJobId",
		},
		message: "a backup of <resource> to the vault <vault> is <state>: <why>. Job <job>.",
	})
}

// copyFailures tells of copies that did not come to be. A copy's event has its vaults' ARNs and not their names, and is
// sent in the source's region (AWS Backup Developer Guide, 'Monitoring AWS Backup events using Amazon EventBridge').
func (o *observability) copyFailures(copies Vault) {
	o.tell(event{
		id: "copy-failed", description: "A backup was not copied to the second region",
		pattern: object{
			"source":      []string{"aws.backup"},
			"detail-type": []string{"Copy Job State Change"},
			"detail":      object{"state": []string{"FAILED", "PARTIAL"}, "destinationBackupVaultArn": []string{copies.ARN}},
		},
		paths: map[string]string{
			"resource": "$.detail.resourceArn", "state": "$.detail.state", "vault": "$.detail.destinationBackupVaultArn",
			"why": "$.detail.statusMessage", "job": "$.detail.copyJobId",
		},
		message: "a copy of <resource> to <vault> is <state>: <why>. Job <job>.",
	})
}

// restoreFailures tells of restore tests that failed. A failed restore's event names no vault, but the plan of a test;
// and it has a status where others have a state (same page).
func (o *observability) restoreFailures(planARNs []string) {
	o.tell(event{
		id: "restore-test-failed", description: "A backup could not be restored",
		pattern: object{
			"source":      []string{"aws.backup"},
			"detail-type": []string{"Restore Job State Change"},
			"detail":      object{"status": []string{"FAILED", "ABORTED"}, "restoreTestingPlanArn": planARNs},
		},
		paths: map[string]string{
			"status": "$.detail.status",
			"plan":   "$.detail.restoreTestingPlanArn",
			"why":    "$.detail.statusMessage",
			"job":    "$.detail.restoreJobId",
		},
		message: "a restore test of <plan> is <status>: <why>. Job <job>.",
	})
}

// missing declares a dead man's alarm: it rings where nothing was completed for longer than a day. An hour without a
// point counts as none, so that the alarm does not look back for the last good one; more than a day is watched in
// periods of an hour at least, and seven days at most (CloudWatch API Reference, PutMetricAlarm).
func (o *observability) missing(id, description, name, vault string) {
	o.alarm(alarm{
		id:          id,
		description: description + " for 26 hours",
		expression:  "FILL(completed, 0)",
		metrics: []metric{{
			id: "completed", namespace: "AWS/Backup", name: name, statistic: "Sum",
			// The type, since the buckets' recovery points are in the same vault.
			dimensions: map[string]string{"BackupVaultName": vault, "ResourceType": "Aurora"},
		}},
		comparison: below,
		threshold:  1,
		period:     60 * 60,
		points:     deadManHours,
		missing:    breaching,
	})
}
