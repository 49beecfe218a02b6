// Package bucket provides a private S3 bucket: encrypted, versioned, TLS only, owned by the account,
// and closed to the public.
package bucket

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucket"
	bucketlifecycle "github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketlifecycleconfiguration"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketlogging"
	bucketnotification "github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketnotification"
	ownership "github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketownershipcontrols"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketpolicy"
	publicaccess "github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketpublicaccessblock"
	bucketencryption "github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketserversideencryptionconfiguration"
	bucketversioning "github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketversioning"
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
	closed := publicaccess.NewS3BucketPublicAccessBlock(this, jsii.String("public-access"),
		&publicaccess.S3BucketPublicAccessBlockConfig{
			Bucket:                name,
			BlockPublicAcls:       jsii.Bool(true),
			BlockPublicPolicy:     jsii.Bool(true),
			IgnorePublicAcls:      jsii.Bool(true),
			RestrictPublicBuckets: jsii.Bool(true),
		})
	bucketencryption.NewS3BucketServerSideEncryptionConfigurationA(this, jsii.String("encryption"),
		&bucketencryption.S3BucketServerSideEncryptionConfigurationAConfig{
			Bucket: name,
			Rule:   []bucketencryption.S3BucketServerSideEncryptionConfigurationRuleA{encryption(config.KeyARN)},
		})
	versioning := keepVersions(this, name, config)
	policy := s3bucketpolicy.NewS3BucketPolicy(this, jsii.String("policy"), &s3bucketpolicy.S3BucketPolicyConfig{
		Bucket:    name,
		Policy:    jsii.String(policyOf(*bucket.Arn(), config.PolicyStatements)),
		DependsOn: &[]cdktf.ITerraformDependable{closed}, // S3 takes one change of a bucket's access at a time
	})
	ownership.NewS3BucketOwnershipControls(this, jsii.String("ownership"), &ownership.S3BucketOwnershipControlsConfig{
		Bucket: name,
		Rule:   &ownership.S3BucketOwnershipControlsRule{ObjectOwnership: jsii.String("BucketOwnerEnforced")},
		// The provider repeats the policy's call until S3 finds the new bucket, and not this one (5.100.0).
		DependsOn: &[]cdktf.ITerraformDependable{policy},
	})
	bucketnotification.NewS3BucketNotification(this, jsii.String("events"), &bucketnotification.S3BucketNotificationConfig{
		Bucket: name,
		// Observability has rules there, and AWS Backup's continuous backups go by these events.
		Eventbridge: jsii.Bool(true),
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

// keepVersions has the bucket keep replaced and deleted objects, and says for how long.
func keepVersions(scope constructs.Construct, name *string, config Config) cdktf.ITerraformDependable {
	versioning := bucketversioning.NewS3BucketVersioningA(scope, jsii.String("versioning"),
		&bucketversioning.S3BucketVersioningAConfig{
			Bucket:                  name,
			VersioningConfiguration: &bucketversioning.S3BucketVersioningVersioningConfiguration{Status: jsii.String("Enabled")},
		})
	if config.Lock != nil && config.Lock.Days > 0 {
		lock(scope, name, config.Lock.Days, versioning)
	}
	bucketlifecycle.NewS3BucketLifecycleConfiguration(scope, jsii.String("lifecycle"),
		&bucketlifecycle.S3BucketLifecycleConfigurationConfig{
			Bucket:    name,
			Rule:      lifecycle(config),
			DependsOn: &[]cdktf.ITerraformDependable{versioning}, // rules about versions need them
		})
	return versioning
}

type defaultSSE = bucketencryption.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA

func encryption(keyARN string) bucketencryption.S3BucketServerSideEncryptionConfigurationRuleA {
	if keyARN == "" {
		return bucketencryption.S3BucketServerSideEncryptionConfigurationRuleA{
			ApplyServerSideEncryptionByDefault: &defaultSSE{
				SseAlgorithm: jsii.String("AES256"),
			},
		}
	}
	return bucketencryption.S3BucketServerSideEncryptionConfigurationRuleA{
		BucketKeyEnabled: jsii.Bool(true), // one KMS call per bucket and day instead of one per object
		ApplyServerSideEncryptionByDefault: &defaultSSE{
			SseAlgorithm:   jsii.String("aws:kms"),
			KmsMasterKeyId: jsii.String(keyARN),
		},
	}
}
