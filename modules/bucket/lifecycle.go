package bucket

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketlifecycleconfiguration"
)

// Archive is the life of an object that is rarely read again: ages in days, each at least 90 above the one before it, because Glacier
// bills that long (environments.Backup holds them to it).
type Archive struct {
	InstantDays  int // when it moves to Glacier Instant Retrieval: read at once, paid by the read
	FlexibleDays int // when it moves on to Glacier Flexible Retrieval: restored first, within hours
	ExpireDays   int // when it is deleted; in a versioned bucket it is then brought back like any deleted object, for NoncurrentDays
}

func rules(config Config) []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRule {
	list := []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRule{noncurrent(config.NoncurrentDays)}
	if config.Archive != nil {
		list = append(list, archive(*config.Archive))
	}
	return list
}

// noncurrent ends the life of replaced versions and of uploads that were never finished.
func noncurrent(days int) s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRule {
	rule := everything("noncurrent")
	rule.NoncurrentVersionExpiration = []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration{{NoncurrentDays: jsii.Number(days)}}
	rule.AbortIncompleteMultipartUpload = []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload{{DaysAfterInitiation: jsii.Number(7)}}
	return rule
}

// archive moves objects to ever cheaper storage and deletes them in the end. The delete markers that this leaves go by themselves: an
// expiration in days also removes markers with no version left below them (Amazon S3 User Guide, 'Lifecycle configuration elements').
func archive(ages Archive) s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRule {
	rule := everything("archive")
	rule.Transition = []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRuleTransition{
		{Days: jsii.Number(ages.InstantDays), StorageClass: jsii.String("GLACIER_IR")},
		{Days: jsii.Number(ages.FlexibleDays), StorageClass: jsii.String("GLACIER")},
	}
	rule.Expiration = []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRuleExpiration{{Days: jsii.Number(ages.ExpireDays)}}
	return rule
}

// everything is an enabled rule for all objects of the bucket.
func everything(id string) s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRule {
	return s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRule{
		Id:     jsii.String(id),
		Status: jsii.String("Enabled"),
		Filter: []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRuleFilter{{Prefix: jsii.String("")}},
	}
}
