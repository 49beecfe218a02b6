package bucket

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	objectlock "github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketobjectlockconfiguration"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// Lock turns Object Lock on. A bucket can be made with it and never lose it, so whether it has one must not follow a
// setting that changes: how long objects are locked may.
type Lock struct {
	// Days are how long nobody can delete or replace a version, but who may bypass governance:
	// s3:BypassGovernanceRetention. 0 locks nothing. The mode is not compliance, whose mistakes nobody can mend,
	// AWS's support included (terraform-aws-s3-bucket#67).
	Days int
}

// lock locks what comes from now on.
func lock(scope constructs.Construct, bucket *string, days int, versioning cdktf.ITerraformDependable) {
	objectlock.NewS3BucketObjectLockConfigurationA(
		scope,
		jsii.String("lock"),
		&objectlock.S3BucketObjectLockConfigurationAConfig{
			Bucket: bucket,
			Rule: &objectlock.S3BucketObjectLockConfigurationRuleA{
				DefaultRetention: &objectlock.S3BucketObjectLockConfigurationRuleDefaultRetentionA{
					Mode: jsii.String("GOVERNANCE"), Days: jsii.Number(days),
				},
			},
			DependsOn: &[]cdktf.ITerraformDependable{versioning},
		},
	)
}
