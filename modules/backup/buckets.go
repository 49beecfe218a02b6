package backup

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/modules/bucket"
)

// noncurrentDays is how long an object can be brought back after it was overwritten, deleted or expired, in days.
const noncurrentDays = 30

// Bucket is one side of a replication.
type Bucket struct {
	Name       string // globally unique
	KeyARN     string // encrypts it, in its region
	AccessLogs string // name of its region's bucket that S3 logs requests in
}

// replicated declares a bucket and, where there is a second region, its replica there. Objects age on both sides alike: S3 replicates
// objects and delete markers, not what a lifecycle rule does (Amazon S3 User Guide, 'What isn't replicated').
func (b *backup) replicated(id string, here, there Bucket) bucket.Output {
	source := b.bucket(id, nil, here)
	if b.SecondRegion == "" {
		return source
	}
	bucket.Replicate(b.scope, id+"-replication", bucket.Replication{
		RoleName:      b.Name + "-" + id + "-replication",
		Source:        source,
		SourceName:    here.Name,
		SourceRegion:  b.Region,
		Replica:       b.bucket(id+"-replica", b.SecondRegionProvider, there),
		ReplicaName:   there.Name,
		ReplicaRegion: b.SecondRegion,
	})
	return source
}

func (b *backup) bucket(id string, provider cdktf.TerraformProvider, made Bucket) bucket.Output {
	return bucket.New(b.scope, id, bucket.Config{
		Name:           made.Name,
		KeyARN:         made.KeyARN,
		AccessLogs:     made.AccessLogs,
		ForceDestroy:   !b.Protected,
		NoncurrentDays: noncurrentDays,
		Provider:       provider,
		Ages: bucket.Ages{
			InstantDays:  b.Settings.InstantDays,
			FlexibleDays: b.Settings.FlexibleDays,
			ExpireDays:   b.Settings.ExpireDays,
		},
	})
}
