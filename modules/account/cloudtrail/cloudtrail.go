// Package cloudtrail provides the account's trail: who called what of AWS, in every region, in files that can be
// proved unchanged and in a log group that package observability counts events of.
package cloudtrail

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	trail "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudtrail"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/bucket"
)

// Config is what the trail needs from the rest of the system.
type Config struct {
	target.Target        // LogDays is the log group's
	BucketName    string // globally unique, 3 to 63 characters
	KeyARN        string // encrypts files and log group: encryption.NewTrail
	AccessLogs    string // name of the region's bucket that S3 logs requests in
	Days          int    // how long the files are kept, and where the account is protected, locked
}

// Output is what other modules may use.
type Output struct {
	ARN, Name  string
	BucketName string
	LogGroup   string // its name
}

// noncurrentDays is how long a deleted file can be brought back where nothing is locked, in days.
const noncurrentDays = 30

// Name is the trail's. ARN is its ARN, which the key's policy names before the trail is there.
func Name(t target.Target) string { return t.Name }

// ARN is the trail's, in the region that declares it.
func ARN(t target.Target) string { return t.ARN("cloudtrail", "trail/"+Name(t)) }

// LogGroup is the name of the trail's log group.
func LogGroup(t target.Target) string { return "/aws/cloudtrail/" + Name(t) }

// New declares the trail under scope: once an account, in its first region. Management events of all regions are in
// it, and the first copy of them costs nothing (CloudTrail pricing).
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	lock := &bucket.Lock{}
	if config.Protected {
		lock.Days = config.Days
	}
	files := bucket.New(this, "files", bucket.Config{
		Name:             config.BucketName,
		KeyARN:           config.KeyARN,
		Protected:        config.Protected,
		NoncurrentDays:   noncurrentDays,
		Ages:             bucket.Ages{ExpireDays: config.Days},
		AccessLogs:       config.AccessLogs,
		Lock:             lock,
		PolicyStatements: config.delivery(),
	})
	group := cloudwatchloggroup.NewCloudwatchLogGroup(
		this,
		jsii.String("log"),
		&cloudwatchloggroup.CloudwatchLogGroupConfig{
			Name:            jsii.String(LogGroup(config.Target)),
			KmsKeyId:        jsii.String(config.KeyARN),
			RetentionInDays: jsii.Number(config.LogDays),
		},
	)
	writer := config.newWriter(this)
	made := trail.NewCloudtrail(this, jsii.String("trail"), &trail.CloudtrailConfig{
		Name:                       jsii.String(Name(config.Target)),
		S3BucketName:               jsii.String(files.Name),
		KmsKeyId:                   jsii.String(config.KeyARN),
		IsMultiRegionTrail:         jsii.Bool(true),
		IncludeGlobalServiceEvents: jsii.Bool(true), // IAM, STS, CloudFront, Route 53
		EnableLogFileValidation:    jsii.Bool(true),
		CloudWatchLogsGroupArn:     jsii.String(*group.Arn() + ":*"), // CloudTrail wants it so
		CloudWatchLogsRoleArn:      jsii.String(writer.arn),
		// CloudTrail checks at once whether it may write. The provider tries again where the role is not known yet,
		// and not where the bucket's policy is missing: InsufficientS3BucketPolicyException
		// (terraform-provider-aws#26392).
		DependsOn: &[]cdktf.ITerraformDependable{files.Policy, writer.policy},
	})
	return Output{ARN: *made.Arn(), Name: *made.Name(), BucketName: files.Name, LogGroup: *group.Name()}
}

// delivery lets this trail and no other write to the bucket (CloudTrail User Guide, 'Amazon S3 bucket policy for
// CloudTrail').
func (c Config) delivery() []iampolicy.Statement {
	bucketARN, service := c.BucketARN(c.BucketName), iampolicy.Service("cloudtrail.amazonaws.com")
	return []iampolicy.Statement{
		{
			Sid: "TrailChecks", Effect: iampolicy.Allow, Principal: service,
			Action: []string{"s3:GetBucketAcl"}, Resource: []string{bucketARN},
			Condition: iampolicy.Conditions{"StringEquals": {"aws:SourceArn": {ARN(c.Target)}}},
		},
		{
			Sid: "TrailWrites", Effect: iampolicy.Allow, Principal: service,
			Action: []string{"s3:PutObject"}, Resource: []string{bucketARN + "/AWSLogs/" + c.AccountID + "/*"},
			Condition: iampolicy.Conditions{"StringEquals": {
				"aws:SourceArn": {ARN(c.Target)},
				"s3:x-amz-acl":  {"bucket-owner-full-control"},
			}},
		},
	}
}
