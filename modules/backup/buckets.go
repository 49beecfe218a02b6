package backup

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/bucket"
)

// noncurrentDays is how long an object can be brought back after it was overwritten, deleted or expired, in days.
const noncurrentDays = 30

// Bucket is a bucket of logs or of backups.
type Bucket struct {
	Name       string // globally unique
	KeyARN     string // encrypts it
	AccessLogs string // name of its region's bucket that S3 logs requests in
}

// replicated declares a bucket and, where there is a second region, has S3 replicate it there.
func (b *backup) replicated(id string, made Bucket) bucket.Output {
	source := newBucket(b.scope, id, made, b.Settings, b.Protected)
	if b.Second == nil {
		return source
	}
	replica := map[string]bucket.Replica{
		"logs":    {Region: b.Second.Region, BucketName: b.Second.Logs, KeyAlias: b.Second.DataKeyAlias},
		"backups": {Region: b.Second.Region, BucketName: b.Second.Backups, KeyAlias: b.Second.BackupsKeyAlias},
	}[id]
	bucket.Replicate(b.scope, id+"-replication", bucket.Replication{
		Target:     b.Target,
		RoleName:   b.Name + "-" + id + "-replication",
		Source:     source.Name,
		SourceName: made.Name,
		KeyARN:     made.KeyARN,
		After:      []cdktf.ITerraformDependable{source.Versioning},
		Replicas:   []bucket.Replica{replica},
	})
	return source
}

func newBucket(
	scope constructs.Construct, id string, made Bucket, settings environments.Backup, protected bool,
) bucket.Output {
	return bucket.New(scope, id, bucket.Config{
		Name:           made.Name,
		KeyARN:         made.KeyARN,
		AccessLogs:     made.AccessLogs,
		Protected:      protected,
		NoncurrentDays: noncurrentDays,
		Ages: bucket.Ages{
			InstantDays:  settings.InstantDays,
			FlexibleDays: settings.FlexibleDays,
			ExpireDays:   settings.ExpireDays,
		},
	})
}
