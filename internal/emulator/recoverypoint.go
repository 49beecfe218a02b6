package emulator

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// RecoveryPoint is a backup of an Aurora cluster in a vault.
type RecoveryPoint struct {
	ARN     string    // of the cluster snapshot: arn:aws:rds:REGION:ACCOUNT:cluster-snapshot:awsbackup:job-…
	Vault   string    // its name
	Cluster string    // ARN of the cluster, which a copy keeps
	Created time.Time // of the backup, which a copy keeps
	Status  string    // COMPLETED, CREATING, PARTIAL, EXPIRED, DELETING or STOPPED
}

// AddRecoveryPoint backs a cluster up as it is into a vault of a region, as a nightly plan with a copy does. An empty
// Status is COMPLETED, a zero Created is now. It returns the ARN, and an error if the cluster was not made through
// the proxy.
func (p *Proxy) AddRecoveryPoint(region string, point RecoveryPoint) (string, error) {
	steps := strings.Split(point.Cluster, ":")
	if len(steps) != 7 || steps[2] != "rds" || steps[5] != "cluster" {
		const form = "arn:aws:rds:REGION:ACCOUNT:cluster:NAME"
		return "", fmt.Errorf("adding a recovery point: %q is no ARN of a cluster, want %s", point.Cluster, form)
	}
	kind := "job"
	if steps[3] != region {
		kind = "copyjob"
	}
	point.Status = cmp.Or(point.Status, "COMPLETED")
	if point.Created.IsZero() {
		point.Created = time.Now()
	}
	b := p.recoveryPoints
	b.mutex.Lock()
	defer b.mutex.Unlock()
	point.ARN = b.newARN(region, steps[4], kind)
	if !b.snapshots.backUp(backupSnapshot{point.ARN, point.Cluster, point.Created}) {
		return "", fmt.Errorf("adding a recovery point: there is no cluster %q", point.Cluster)
	}
	b.points[point.ARN] = &point
	return point.ARN, nil
}

// newID is a new job's id. The caller holds the mutex.
func (b *recoveryPoints) newID() string {
	b.number++
	return fmt.Sprintf("%08x-0000-4000-8000-000000000000", b.number)
}

// newARN is the ARN of what a new job makes. The caller holds the mutex.
func (b *recoveryPoints) newARN(region, account, kind string) string {
	return fmt.Sprintf("arn:aws:rds:%s:%s:cluster-snapshot:awsbackup:%s-%s", region, account, kind, b.newID())
}

// described is a recovery point as AWS Backup describes it. One that is being made is complete the next time.
func (p *RecoveryPoint) described() object {
	steps := strings.Split(p.ARN, ":")
	described := object{
		"RecoveryPointArn": p.ARN, "BackupVaultName": p.Vault, "BackupVaultArn": vaultARN(steps[3], steps[4], p.Vault),
		"ResourceArn": p.Cluster, "ResourceType": "Aurora", "Status": p.Status, "CreationDate": p.Created.Unix(),
		"BackupSizeInBytes": 1 << 30, "IsEncrypted": true,
	}
	switch p.Status {
	case "CREATING":
		p.Status = "COMPLETED"
	case "COMPLETED":
		described["CompletionDate"] = p.Created.Unix()
	}
	return described
}

func vaultARN(region, account, vault string) string {
	return "arn:aws:backup:" + region + ":" + account + ":backup-vault:" + vault
}
