// Package bucket provides a private S3 bucket: encrypted, versioned, TLS only, owned by the account, and closed to the public.
package bucket

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucket"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketlifecycleconfiguration"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketlogging"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketnotification"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketownershipcontrols"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketpolicy"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketpublicaccessblock"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketserversideencryptionconfiguration"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketversioning"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/stateful"
)

// Config is what a bucket needs from the rest of the system.
type Config struct {
	Name             string                // globally unique, 3 to 63 characters
	KeyARN           string                // KMS key that encrypts it; empty is SSE-S3, which a few AWS services demand
	Protected        bool                  // whether it refuses to be destroyed; else that takes its objects along
	Disposable       bool                  // whether its objects go with it even so: nothing in it is worth keeping
	NoncurrentDays   int                   // how long a replaced or deleted object can be brought back, in days
	Ages             Ages                  // when objects move to cheaper storage and end; zero keeps them for ever
	AccessLogs       string                // name of the region's bucket that S3 logs requests in; empty logs none
	Lock             *Lock                 // nil is a bucket without Object Lock
	PolicyStatements []iampolicy.Statement // who may use it, beside those that IAM lets in
}

// Output is what other modules may use.
type Output struct {
	Name, ARN  string
	KeyARN     string                     // empty with SSE-S3
	Versioning cdktf.ITerraformDependable // must stand before replication is set up
	Policy     cdktf.ITerraformDependable // must stand before a service checks that it may write
}

// AccessLogPrefix begins the keys of what S3 logs of its buckets; the bucket's name follows.
const AccessLogPrefix = "s3/"

// New declares the bucket under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))

	made := &s3bucket.S3BucketConfig{
		Bucket:       jsii.String(config.Name),
		ForceDestroy: jsii.Bool(!config.Protected || config.Disposable),
		Lifecycle:    stateful.Lifecycle(config.Protected),
	}
	if config.Lock != nil {
		made.ObjectLockEnabled = jsii.Bool(true)
	}
	bucket := s3bucket.NewS3Bucket(this, jsii.String("bucket"), made)
	name := bucket.Id() // asked for once: each question goes to the jsii kernel
	closed := s3bucketpublicaccessblock.NewS3BucketPublicAccessBlock(this, jsii.String("public-access"), &s3bucketpublicaccessblock.S3BucketPublicAccessBlockConfig{
		Bucket:                name,
		BlockPublicAcls:       jsii.Bool(true),
		BlockPublicPolicy:     jsii.Bool(true),
		IgnorePublicAcls:      jsii.Bool(true),
		RestrictPublicBuckets: jsii.Bool(true),
	})
	s3bucketserversideencryptionconfiguration.NewS3BucketServerSideEncryptionConfigurationA(this, jsii.String("encryption"), &s3bucketserversideencryptionconfiguration.S3BucketServerSideEncryptionConfigurationAConfig{
		Bucket: name,
		Rule:   []s3bucketserversideencryptionconfiguration.S3BucketServerSideEncryptionConfigurationRuleA{encryption(config.KeyARN)},
	})
	versioning := s3bucketversioning.NewS3BucketVersioningA(this, jsii.String("versioning"), &s3bucketversioning.S3BucketVersioningAConfig{
		Bucket:                  name,
		VersioningConfiguration: &s3bucketversioning.S3BucketVersioningVersioningConfiguration{Status: jsii.String("Enabled")},
	})
	if config.Lock != nil && config.Lock.Days > 0 {
		lock(this, name, config.Lock.Days, versioning)
	}
	s3bucketlifecycleconfiguration.NewS3BucketLifecycleConfiguration(this, jsii.String("lifecycle"), &s3bucketlifecycleconfiguration.S3BucketLifecycleConfigurationConfig{
		Bucket:    name,
		Rule:      lifecycle(config),
		DependsOn: &[]cdktf.ITerraformDependable{versioning}, // rules about versions need them
	})
	policy := s3bucketpolicy.NewS3BucketPolicy(this, jsii.String("policy"), &s3bucketpolicy.S3BucketPolicyConfig{
		Bucket:    name,
		Policy:    jsii.String(policyOf(*bucket.Arn(), config.PolicyStatements)),
		DependsOn: &[]cdktf.ITerraformDependable{closed}, // S3 takes one change of a bucket's access at a time
	})
	s3bucketownershipcontrols.NewS3BucketOwnershipControls(this, jsii.String("ownership"), &s3bucketownershipcontrols.S3BucketOwnershipControlsConfig{
		Bucket: name,
		Rule:   &s3bucketownershipcontrols.S3BucketOwnershipControlsRule{ObjectOwnership: jsii.String("BucketOwnerEnforced")},
		// The provider repeats the policy's call until S3 finds the new bucket, and not this one (5.100.0).
		DependsOn: &[]cdktf.ITerraformDependable{policy},
	})
	s3bucketnotification.NewS3BucketNotification(this, jsii.String("events"), &s3bucketnotification.S3BucketNotificationConfig{
		Bucket:      name,
		Eventbridge: jsii.Bool(true), // whoever watches has a rule there (observability does), and AWS Backup's continuous backups go by them
	})
	if config.AccessLogs != "" {
		s3bucketlogging.NewS3BucketLoggingA(this, jsii.String("access-logs"), &s3bucketlogging.S3BucketLoggingAConfig{
			Bucket:       name,
			TargetBucket: jsii.String(config.AccessLogs),
			TargetPrefix: jsii.String(AccessLogPrefix + config.Name + "/"),
		})
	}
	return Output{Name: *name, ARN: *bucket.Arn(), KeyARN: config.KeyARN, Versioning: versioning, Policy: policy}
}

func encryption(keyARN string) s3bucketserversideencryptionconfiguration.S3BucketServerSideEncryptionConfigurationRuleA {
	if keyARN == "" {
		return s3bucketserversideencryptionconfiguration.S3BucketServerSideEncryptionConfigurationRuleA{
			ApplyServerSideEncryptionByDefault: &s3bucketserversideencryptionconfiguration.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA{
				SseAlgorithm: jsii.String("AES256"),
			},
		}
	}
	return s3bucketserversideencryptionconfiguration.S3BucketServerSideEncryptionConfigurationRuleA{
		BucketKeyEnabled: jsii.Bool(true), // one KMS call per bucket and day instead of one per object
		ApplyServerSideEncryptionByDefault: &s3bucketserversideencryptionconfiguration.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA{
			SseAlgorithm:   jsii.String("aws:kms"),
			KmsMasterKeyId: jsii.String(keyARN),
		},
	}
}
