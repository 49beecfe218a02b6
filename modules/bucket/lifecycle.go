package bucket

import (
	"github.com/aws/jsii-runtime-go"
	bucketlifecycle "github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketlifecycleconfiguration"
)

// Ages are how old an object is, in days, when its life changes; 0 is never. Each transition needs 90 more than the one
// before it, because Glacier bills that long (environments.Backup holds them to it).
type Ages struct {
	InstantDays  int // when it moves to Glacier Instant Retrieval: read at once, paid by the read
	FlexibleDays int // when it moves on to Glacier Flexible Retrieval: restored first, within hours
	ExpireDays   int // when it is deleted; it is then brought back like any deleted object, for NoncurrentDays
}

type (
	noncurrentExpiration = bucketlifecycle.S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration
	incompleteUpload     = bucketlifecycle.S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload
)

// lifecycle ends the life of replaced versions and of uploads that were never finished, and moves on what is old.
func lifecycle(config Config) []bucketlifecycle.S3BucketLifecycleConfigurationRule {
	noncurrent := allObjects("noncurrent")
	noncurrent.NoncurrentVersionExpiration = []noncurrentExpiration{{NoncurrentDays: jsii.Number(config.NoncurrentDays)}}
	noncurrent.AbortIncompleteMultipartUpload = []incompleteUpload{{DaysAfterInitiation: jsii.Number(7)}}
	rules := []bucketlifecycle.S3BucketLifecycleConfigurationRule{noncurrent}
	if config.Ages != (Ages{}) {
		rules = append(rules, aging(config.Ages))
	}
	return rules
}

// aging moves objects to ever cheaper storage and deletes them in the end. The delete markers that this leaves go by
// themselves: an expiration in days also removes markers with no version left below them (Amazon S3 User Guide,
// 'Lifecycle configuration elements').
func aging(ages Ages) bucketlifecycle.S3BucketLifecycleConfigurationRule {
	rule := allObjects("aging")
	var transitions []bucketlifecycle.S3BucketLifecycleConfigurationRuleTransition
	for _, step := range []struct {
		days  int
		class string
	}{{ages.InstantDays, "GLACIER_IR"}, {ages.FlexibleDays, "GLACIER"}} {
		if step.days > 0 {
			transitions = append(transitions, bucketlifecycle.S3BucketLifecycleConfigurationRuleTransition{
				Days: jsii.Number(step.days), StorageClass: jsii.String(step.class),
			})
		}
	}
	if len(transitions) > 0 {
		rule.Transition = transitions
	}
	if ages.ExpireDays > 0 {
		rule.Expiration = []bucketlifecycle.S3BucketLifecycleConfigurationRuleExpiration{{Days: jsii.Number(ages.ExpireDays)}}
	}
	return rule
}

// allObjects is an enabled rule for all objects of the bucket.
func allObjects(id string) bucketlifecycle.S3BucketLifecycleConfigurationRule {
	return bucketlifecycle.S3BucketLifecycleConfigurationRule{
		Id:     jsii.String(id),
		Status: jsii.String("Enabled"),
		Filter: []bucketlifecycle.S3BucketLifecycleConfigurationRuleFilter{{Prefix: jsii.String("")}},
	}
}
