package bucket

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketlifecycleconfiguration"
)

// Ages are how old an object is, in days, when its life changes; 0 is never. Each transition needs 90 more than the one before it, because
// Glacier bills that long (environments.Backup holds them to it).
type Ages struct {
	InstantDays  int // when it moves to Glacier Instant Retrieval: read at once, paid by the read
	FlexibleDays int // when it moves on to Glacier Flexible Retrieval: restored first, within hours
	ExpireDays   int // when it is deleted; it is then brought back like any deleted object, for NoncurrentDays
}

// lifecycle ends the life of replaced versions and of uploads that were never finished, and moves on what is old.
func lifecycle(config Config) []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRule {
	noncurrent := allObjects("noncurrent")
	noncurrent.NoncurrentVersionExpiration = []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration{{NoncurrentDays: jsii.Number(config.NoncurrentDays)}}
	noncurrent.AbortIncompleteMultipartUpload = []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload{{DaysAfterInitiation: jsii.Number(7)}}
	rules := []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRule{noncurrent}
	if config.Ages != (Ages{}) {
		rules = append(rules, aging(config.Ages))
	}
	return rules
}

// aging moves objects to ever cheaper storage and deletes them in the end. The delete markers that this leaves go by themselves: an
// expiration in days also removes markers with no version left below them (Amazon S3 User Guide, 'Lifecycle configuration elements').
func aging(ages Ages) s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRule {
	rule := allObjects("aging")
	var transitions []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRuleTransition
	for _, step := range []struct {
		days  int
		class string
	}{{ages.InstantDays, "GLACIER_IR"}, {ages.FlexibleDays, "GLACIER"}} {
		if step.days > 0 {
			transitions = append(transitions, s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRuleTransition{
				Days: jsii.Number(step.days), StorageClass: jsii.String(step.class),
			})
		}
	}
	if len(transitions) > 0 {
		rule.Transition = transitions
	}
	if ages.ExpireDays > 0 {
		rule.Expiration = []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRuleExpiration{{Days: jsii.Number(ages.ExpireDays)}}
	}
	return rule
}

// allObjects is an enabled rule for all objects of the bucket.
func allObjects(id string) s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRule {
	return s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRule{
		Id:     jsii.String(id),
		Status: jsii.String("Enabled"),
		Filter: []s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationRuleFilter{{Prefix: jsii.String("")}},
	}
}
