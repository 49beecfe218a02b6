package emulator

import (
	"net/http"
	"strings"
	"time"
)

// backupJob is a backup or copy job of a cluster. It runs until somebody has described it.
type backupJob struct {
	fields object // its description, but for the state
	state  string
	point  *RecoveryPoint // what it makes, nil if it failed
}

// job answers for backup and copy jobs of clusters; those of other resources are the emulator's. The caller holds the
// mutex.
func (b *recoveryPoints) job(r *Request, steps []string) *Reply {
	switch {
	case len(steps) == 1 && r.Method == http.MethodPut && steps[0] == "backup-jobs":
		return b.startBackup(r)
	case len(steps) == 1 && r.Method == http.MethodPut:
		return b.startCopy(r)
	case len(steps) != 2 || r.Method != http.MethodGet || b.jobs[steps[1]] == nil:
		return nil
	}
	job := b.jobs[steps[1]]
	job.fields["State"] = job.state
	described := job.fields
	if steps[0] == "copy-jobs" {
		described = object{"CopyJob": job.fields}
	}
	reply := jsonReply(described)
	if job.state == "RUNNING" {
		job.state, job.point.Status = "COMPLETED", "COMPLETED"
	}
	return reply
}

// startBackup answers StartBackupJob for a cluster.
func (b *recoveryPoints) startBackup(r *Request) *Reply {
	var given struct{ BackupVaultName, ResourceArn, IamRoleArn string }
	if !r.decode(&given) || !strings.Contains(given.ResourceArn, ":cluster:") {
		return nil
	}
	if reply := b.missing(r, r.Region, given.BackupVaultName); reply != nil {
		return reply
	}
	account := accountOf(given.ResourceArn)
	point := &RecoveryPoint{
		ARN: b.newARN(r.Region, account, "job"), Vault: given.BackupVaultName, Cluster: given.ResourceArn,
		Created: time.Now(), Status: "CREATING",
	}
	if !b.snapshots.backUp(backupSnapshot{point.ARN, point.Cluster, point.Created}) {
		return r.badRequest("InvalidParameterValueException", "There is no cluster "+given.ResourceArn+".")
	}
	created := point.Created.Unix()
	id := b.start("BackupJobId", &backupJob{state: "RUNNING", point: point, fields: object{
		"BackupVaultName": point.Vault, "BackupVaultArn": vaultARN(r.Region, account, point.Vault),
		"RecoveryPointArn": point.ARN, "ResourceArn": point.Cluster, "ResourceType": "Aurora",
		"IamRoleArn": given.IamRoleArn, "CreationDate": created,
	}})
	return jsonReply(object{"BackupJobId": id, "RecoveryPointArn": point.ARN, "CreationDate": created})
}

// startCopy answers StartCopyJob.
func (b *recoveryPoints) startCopy(r *Request) *Reply {
	var given struct{ RecoveryPointArn, SourceBackupVaultName, DestinationBackupVaultArn, IamRoleArn string }
	if !r.decode(&given) {
		return r.badRequest("InvalidParameterValueException", "The call is no JSON.")
	}
	source := b.points[given.RecoveryPointArn]
	steps := strings.Split(given.DestinationBackupVaultArn, ":")
	switch {
	case source == nil || source.Vault != given.SourceBackupVaultName:
		return r.badRequest("ResourceNotFoundException", "There is no recovery point "+given.RecoveryPointArn+".")
	case source.Status != "COMPLETED":
		return r.badRequest("InvalidRequestException", "The recovery point is "+source.Status+".")
	case len(steps) != 7:
		return r.badRequest("InvalidParameterValueException", "DestinationBackupVaultArn is no ARN of a vault.")
	}
	region, account, vault := steps[3], steps[4], steps[6]
	created := time.Now().Unix()
	job := &backupJob{state: "FAILED", fields: object{
		"SourceBackupVaultArn": vaultARN(r.Region, account, source.Vault), "SourceRecoveryPointArn": source.ARN,
		"DestinationBackupVaultArn": given.DestinationBackupVaultArn,
		"ResourceArn":               source.Cluster, "ResourceType": "Aurora",
		"IamRoleArn": given.IamRoleArn, "CreationDate": created, "StatusMessage": unreachable(region),
	}}
	if !b.proxy.isLost(region) {
		if reply := b.missing(r, region, vault); reply != nil {
			return reply
		}
		point := *source
		point.ARN, point.Vault, point.Status = b.newARN(region, account, "copyjob"), vault, "CREATING"
		b.snapshots.copyBackup(source.ARN, backupSnapshot{point.ARN, point.Cluster, point.Created})
		job.state, job.point = "RUNNING", &point
		job.fields["DestinationRecoveryPointArn"] = point.ARN
		delete(job.fields, "StatusMessage")
	}
	return jsonReply(object{"CopyJobId": b.start("CopyJobId", job), "CreationDate": created})
}

// start keeps a job and what it makes, and returns the job's id.
func (b *recoveryPoints) start(idField string, job *backupJob) string {
	id := b.newID()
	job.fields[idField] = id
	b.jobs[id] = job
	if job.point != nil {
		b.points[job.point.ARN] = job.point
	}
	return id
}

// missing is AWS's answer if there is no such vault, nil if there is one.
func (b *recoveryPoints) missing(r *Request, region, vault string) *Reply {
	_, err := b.proxy.ask(r, region, http.MethodGet, "/backup-vaults/"+vault, "", nil)
	switch {
	case err == nil:
		return nil
	case isNotFound(err):
		return r.badRequest("ResourceNotFoundException", "There is no backup vault "+vault+" in "+region+".")
	}
	return r.Refused(http.StatusInternalServerError, "ServiceUnavailableException", err.Error())
}
