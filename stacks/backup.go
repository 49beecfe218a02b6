package stacks

import (
	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/backup"
	"github.com/titan-platform/titan/modules/encryption"
)

// keptBucket is the bucket of logs or of backups.
func keptBucket(environment environments.Environment, purpose string, key encryption.Key) backup.Bucket {
	return backup.Bucket{
		Name:       environment.Bucket(purpose, environment.Region),
		KeyARN:     key.ARN,
		AccessLogs: environment.AccessLogBucket(environment.Region),
	}
}

// keptReplica is its replica; without a second region there is none.
func keptReplica(environment environments.Environment, purpose string, key encryption.Key) backup.Bucket {
	if environment.SecondRegion == "" {
		return backup.Bucket{}
	}
	return backup.Bucket{
		Name:       environment.Bucket(purpose+"-replica", environment.SecondRegion),
		KeyARN:     key.ARN,
		AccessLogs: environment.AccessLogBucket(environment.SecondRegion),
	}
}
