package backup

import (
	"github.com/aws/jsii-runtime-go"
	loggroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	logstream "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchlogstream"
	subscriptionfilter "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchlogsubscriptionfilter"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	firehose "github.com/cdktf/cdktf-provider-aws-go/aws/v19/kinesisfirehosedeliverystream"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/bucket"
)

// failureDays is how long what Firehose says of failed deliveries is kept, in days: the group is empty
// unless something is wrong.
const failureDays = 365

// deliverApplicationLogs keeps what the application writes in the logs bucket, beyond its log group's retention:
// subscription filter, Firehose, S3.
func (b *backup) deliverApplicationLogs(logs bucket.Output) {
	role := iamrole.NewIamRole(b.scope, jsii.String("subscription-role"), &iamrole.IamRoleConfig{
		Name:                jsii.String(b.Name + "-log-subscription"),
		Description:         jsii.String("CloudWatch Logs hands " + b.Name + "'s application logs to Firehose"),
		PermissionsBoundary: b.PermissionsBoundary(),
		AssumeRolePolicy:    jsii.String(b.subscriptionTrust()),
	})
	policy := iamrolepolicy.NewIamRolePolicy(b.scope, jsii.String("subscription-policy"),
		&iamrolepolicy.IamRolePolicyConfig{
			Name:   jsii.String("put-records"),
			Role:   role.Name(),
			Policy: jsii.String(iampolicy.Document(b.subscriptionStatements()...)),
		})
	stream, ready := b.stream(logs, policy)
	subscriptionfilter.NewCloudwatchLogSubscriptionFilter(b.scope, jsii.String("subscription"),
		&subscriptionfilter.CloudwatchLogSubscriptionFilterConfig{
			Name:           jsii.String(b.Name + "-logs-bucket"),
			LogGroupName:   jsii.String(b.ApplicationLogGroup),
			FilterPattern:  jsii.String(""), // everything
			DestinationArn: stream.Arn(),
			RoleArn:        role.Arn(),
			// CloudWatch Logs sends a test record, through a stream that can already write.
			DependsOn: &[]cdktf.ITerraformDependable{policy, ready},
		})
}

// streamName is Firehose's.
func (c Config) streamName() string { return c.Name + "-application-logs" }

func (c Config) failureGroup() string { return "/aws/kinesisfirehose/" + c.streamName() }

// stream declares the delivery stream, and returns the policy that it needs beside it. It comes after the
// subscription's policy: a role that CloudWatch Logs does not know yet is refused, and the provider does not repeat
// that call (docs/firstapply.md), but a stream takes its time.
func (b *backup) stream(
	logs bucket.Output, subscription cdktf.ITerraformDependable,
) (firehose.KinesisFirehoseDeliveryStream, cdktf.ITerraformDependable) {
	failures := loggroup.NewCloudwatchLogGroup(b.scope, jsii.String("delivery-failures"),
		&loggroup.CloudwatchLogGroupConfig{
			Name:            jsii.String(b.failureGroup()),
			KmsKeyId:        jsii.String(b.Logs.KeyARN),
			RetentionInDays: jsii.Number(failureDays),
		})
	failureStream := logstream.NewCloudwatchLogStream(b.scope, jsii.String("delivery-failures-stream"),
		&logstream.CloudwatchLogStreamConfig{
			Name:         jsii.String("S3Delivery"),
			LogGroupName: failures.Name(),
		})
	role := iamrole.NewIamRole(b.scope, jsii.String("delivery-role"), &iamrole.IamRoleConfig{
		Name:                jsii.String(b.Name + "-log-delivery"),
		Description:         jsii.String("Firehose writes " + b.Name + "'s application logs to " + b.Logs.Name),
		PermissionsBoundary: b.PermissionsBoundary(),
		AssumeRolePolicy:    jsii.String(b.deliveryTrust()),
	})
	policy := iamrolepolicy.NewIamRolePolicy(b.scope, jsii.String("delivery-policy"), &iamrolepolicy.IamRolePolicyConfig{
		Name:   jsii.String("write-logs"),
		Role:   role.Name(),
		Policy: jsii.String(iampolicy.Document(b.deliveryStatements()...)),
	})
	stream := firehose.NewKinesisFirehoseDeliveryStream(b.scope, jsii.String("delivery"),
		&firehose.KinesisFirehoseDeliveryStreamConfig{
			Name:        jsii.String(b.streamName()),
			Destination: jsii.String("extended_s3"),
			ServerSideEncryption: &firehose.KinesisFirehoseDeliveryStreamServerSideEncryption{
				Enabled: jsii.Bool(true),
				KeyType: jsii.String("CUSTOMER_MANAGED_CMK"),
				KeyArn:  jsii.String(b.Logs.KeyARN),
			},
			ExtendedS3Configuration: &firehose.KinesisFirehoseDeliveryStreamExtendedS3Configuration{
				BucketArn: jsii.String(logs.ARN),
				RoleArn:   role.Arn(),
				KmsKeyArn: jsii.String(b.Logs.KeyARN),
				// CloudWatch Logs sends gzip (level 6) already: Firehose compressing again would make a file that has to be
				// unpacked twice (Firehose Developer Guide, 'Send CloudWatch Logs to Firehose'). Gzip files one after the
				// other are one gzip file.
				CompressionFormat: jsii.String("UNCOMPRESSED"),
				FileExtension:     jsii.String(".gz"),
				Prefix:            jsii.String("application/!{timestamp:yyyy/MM/dd/HH}/"),
				ErrorOutputPrefix: jsii.String("errors/application/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/"),
				// Few, large objects: Glacier bills each one's overhead, and S3 leaves what is below 128 KiB where it
				// is. In MiB and seconds.
				BufferingSize:     jsii.Number(64),
				BufferingInterval: jsii.Number(300),
				CloudwatchLoggingOptions: &firehose.KinesisFirehoseDeliveryStreamExtendedS3ConfigurationCloudwatchLoggingOptions{
					Enabled:       jsii.Bool(true),
					LogGroupName:  failures.Name(),
					LogStreamName: failureStream.Name(),
				},
			},
			DependsOn: &[]cdktf.ITerraformDependable{policy, subscription},
		})
	return stream, policy
}

// subscriptionTrust lets CloudWatch Logs of this region assume the role, for log groups of this account (CloudWatch
// Logs User Guide, 'Subscription filters with Amazon Data Firehose', which sets aws:SourceArn and no other key).
func (c Config) subscriptionTrust() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid:       "CloudWatchLogs",
		Effect:    iampolicy.Allow,
		Principal: iampolicy.Service("logs." + c.Region + ".amazonaws.com"),
		Action:    []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{"ArnLike": {"aws:SourceArn": {c.ARN("logs", "*")}}},
	})
}

// subscriptionStatements let CloudWatch Logs put records into the one stream. Its key needs no mention: Firehose
// encrypts by a grant that it got when the stream was made.
func (c Config) subscriptionStatements() []iampolicy.Statement {
	return []iampolicy.Statement{{
		Sid: "PutRecords", Effect: iampolicy.Allow,
		Action:   []string{"firehose:PutRecord", "firehose:PutRecordBatch"},
		Resource: []string{c.ARN("firehose", "deliverystream/"+c.streamName())},
	}}
}

// deliveryTrust lets Firehose assume the role for this account's streams. Firehose says whose they are by an external
// id, and documents no aws:SourceArn (Firehose Developer Guide, 'Allow Firehose to assume an IAM role').
func (c Config) deliveryTrust() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid:       "Firehose",
		Effect:    iampolicy.Allow,
		Principal: iampolicy.Service("firehose.amazonaws.com"),
		Action:    []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{"StringEquals": {"sts:ExternalId": {c.AccountID}}},
	})
}

// deliveryStatements let Firehose write objects under the two prefixes, with the bucket's key, and say what failed
// (Firehose Developer Guide, 'Grant Firehose access to an Amazon S3 destination').
func (c Config) deliveryStatements() []iampolicy.Statement {
	bucketARN := c.BucketARN(c.Logs.Name)
	return []iampolicy.Statement{
		{
			Sid: "FindBucket", Effect: iampolicy.Allow,
			Action:   []string{"s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"},
			Resource: []string{bucketARN},
		},
		{
			Sid: "WriteObjects", Effect: iampolicy.Allow,
			Action:   []string{"s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"},
			Resource: []string{bucketARN + "/application/*", bucketARN + "/errors/application/*"},
		},
		{
			Sid:       "Encrypt",
			Effect:    iampolicy.Allow,
			Action:    []string{"kms:Decrypt", "kms:GenerateDataKey"},
			Resource:  []string{c.Logs.KeyARN},
			Condition: bucket.ThroughS3(c.Region, bucketARN),
		},
		{
			Sid: "SayWhatFailed", Effect: iampolicy.Allow, Action: []string{"logs:PutLogEvents"},
			Resource: []string{c.ARN("logs", "log-group:"+c.failureGroup()+":log-stream:*")},
		},
	}
}
