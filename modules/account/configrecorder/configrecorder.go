// Package configrecorder provides AWS Config in a region of an account: it records what every resource was like and
// when that changed.
package configrecorder

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	recorder "github.com/cdktf/cdktf-provider-aws-go/aws/v19/configconfigurationrecorder"
	status "github.com/cdktf/cdktf-provider-aws-go/aws/v19/configconfigurationrecorderstatus"
	channel "github.com/cdktf/cdktf-provider-aws-go/aws/v19/configdeliverychannel"
	linkedrole "github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamservicelinkedrole"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/bucket"
)

// Config is what the recorder needs from the rest of the system.
type Config struct {
	target.Target
	BucketName string                     // globally unique, 3 to 63 characters; one a region
	KeyARN     string                     // encrypts what is delivered: encryption.NewAccount
	AccessLogs string                     // name of the region's bucket that S3 logs requests in
	Days       int                        // how long what was delivered is kept
	Global     bool                       // whether IAM's resources are recorded: in one region alone
	Role       cdktf.ITerraformDependable // NewRole's, where this stack makes it
}

// Output is what other modules may use.
type Output struct {
	Recording cdktf.ITerraformDependable // from when on it records
}

// service is AWS Config, as IAM knows it.
const service = "config.amazonaws.com"

// NewRole declares the service-linked role of AWS Config, which Security Hub's control Config.1 asks for: once an
// account, in its first region. IAM gives it no boundary. An account that has it refuses another ('has been taken in
// this account'): import it by its ARN.
func NewRole(scope constructs.Construct, id string) cdktf.ITerraformDependable {
	return linkedrole.NewIamServiceLinkedRole(scope, jsii.String(id), &linkedrole.IamServiceLinkedRoleConfig{
		AwsServiceName: jsii.String(service),
		// AWS describes it by itself; without this the next plan would take that away.
		Lifecycle: &cdktf.TerraformResourceLifecycle{IgnoreChanges: jsii.Strings("description")},
	})
}

// New declares recorder, delivery and bucket of the stack's region under scope. A region has one recorder and one
// channel, of any name. The order is AWS's: a channel needs a recorder, recording needs a channel, and the last
// channel can't go while something is recorded (terraform-provider-aws#2910, #35120).
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	history := bucket.New(this, "history", bucket.Config{
		Name:           config.BucketName,
		KeyARN:         config.KeyARN,
		Protected:      config.Protected,
		NoncurrentDays: 30,
		Ages:           bucket.Ages{ExpireDays: config.Days},
		AccessLogs:     config.AccessLogs,
		// No lock: Config delivers to no bucket with a default retention (AWS Config Developer Guide, 'Managing the
		// Delivery Channel').
		PolicyStatements: config.delivery(),
	})
	var roles []cdktf.ITerraformDependable
	if config.Role != nil {
		roles = append(roles, config.Role)
	}
	made := recorder.NewConfigConfigurationRecorder(
		this,
		jsii.String("recorder"),
		&recorder.ConfigConfigurationRecorderConfig{
			Name:    jsii.String(config.Name),
			RoleArn: jsii.String(config.RoleARN("aws-service-role/" + service + "/AWSServiceRoleForConfig")),
			RecordingGroup: &recorder.ConfigConfigurationRecorderRecordingGroup{
				AllSupported:               jsii.Bool(true),
				IncludeGlobalResourceTypes: jsii.Bool(config.Global),
			},
			DependsOn: &roles,
		},
	)
	delivers := channel.NewConfigDeliveryChannel(this, jsii.String("channel"), &channel.ConfigDeliveryChannelConfig{
		Name:         jsii.String(config.Name),
		S3BucketName: jsii.String(history.Name),
		S3KmsKeyArn:  jsii.String(config.KeyARN),
		DependsOn:    &[]cdktf.ITerraformDependable{made, history.Policy},
	})
	return Output{
		Recording: status.NewConfigConfigurationRecorderStatus(
			this,
			jsii.String("recording"),
			&status.ConfigConfigurationRecorderStatusConfig{
				Name:      made.Name(),
				IsEnabled: jsii.Bool(true),
				DependsOn: &[]cdktf.ITerraformDependable{delivers},
			},
		),
	}
}

// delivery lets AWS Config of this account write to the bucket (AWS Config Developer Guide, 'Permissions for the
// Amazon S3 Bucket for the AWS Config Delivery Channel', service-linked role).
func (c Config) delivery() []iampolicy.Statement {
	bucketARN, own := c.BucketARN(c.BucketName), map[string]iampolicy.Values{"aws:SourceAccount": {c.AccountID}}
	written := map[string]iampolicy.Values{
		"aws:SourceAccount": {c.AccountID},
		"s3:x-amz-acl":      {"bucket-owner-full-control"},
	}
	return []iampolicy.Statement{
		{
			Sid: "ConfigChecks", Effect: iampolicy.Allow, Principal: iampolicy.Service(service),
			Action: []string{"s3:GetBucketAcl", "s3:ListBucket"}, Resource: []string{bucketARN},
			Condition: iampolicy.Conditions{"StringEquals": own},
		},
		{
			Sid: "ConfigWrites", Effect: iampolicy.Allow, Principal: iampolicy.Service(service),
			Action: []string{"s3:PutObject"}, Resource: []string{bucketARN + "/AWSLogs/" + c.AccountID + "/Config/*"},
			Condition: iampolicy.Conditions{"StringEquals": written},
		},
	}
}
