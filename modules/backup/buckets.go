package backup

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/modules/bucket"
)

// noncurrentDays is how long an object can be brought back after it was overwritten, deleted or expired, in days.
const noncurrentDays = 30

// logs declares the document's titan-logs.
func (b *backup) logs() bucket.Output {
	return b.replicated("logs",
		side{b.LogsBucket, b.LogKeyARN},
		side{b.LogsReplicaBucket, b.SecondDataKeyARN})
}

// backups declares the bucket of what the database exports.
func (b *backup) backups() bucket.Output {
	return b.replicated("backups",
		side{b.BackupsBucket, b.BackupKeyARN},
		side{b.BackupsReplicaBucket, b.SecondBackupKeyARN})
}

// side is one side of a replication.
type side struct{ name, keyARN string }

// replicated declares a bucket and, where there is a second region, its replica there. Objects age on both sides alike: S3 replicates
// objects and delete markers, not what a lifecycle rule does (Amazon S3 User Guide, 'What isn't replicated').
func (b *backup) replicated(id string, here, there side) bucket.Output {
	source := b.bucket(id, nil, here)
	if b.SecondRegion == "" {
		return source
	}
	bucket.Replicate(b.scope, id+"-replication", bucket.Replication{
		RoleName:      b.Name + "-" + id + "-replication",
		AccountID:     b.AccountID,
		Source:        source,
		SourceName:    here.name,
		SourceRegion:  b.Region,
		Replica:       b.bucket(id+"-replica", b.SecondRegionProvider, there),
		ReplicaName:   there.name,
		ReplicaRegion: b.SecondRegion,
	})
	return source
}

// bucket declares one bucket. Its events go to EventBridge, by which AWS Backup hears of changes: where that is off, continuous backups
// stop (AWS Backup Developer Guide, 'Amazon S3 backups'), and Backup switches it on by itself, behind Terraform's back. On a replica
// they cost nothing, and whoever makes it the first side finds it like the other.
func (b *backup) bucket(id string, provider cdktf.TerraformProvider, s side) bucket.Output {
	return bucket.New(b.scope, id, bucket.Config{
		Name:           s.name,
		KeyARN:         s.keyARN,
		ForceDestroy:   !b.Protected,
		NoncurrentDays: noncurrentDays,
		Provider:       provider,
		Events:         true,
		Archive: &bucket.Archive{
			InstantDays:  b.Settings.InstantDays,
			FlexibleDays: b.Settings.FlexibleDays,
			ExpireDays:   b.Settings.ExpireDays,
		},
	})
}
