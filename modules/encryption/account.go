package encryption

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// NewAccount declares, under scope, the key of what an account has once in a region: its topic, and what AWS Config
// records.
func NewAccount(scope constructs.Construct, id string, here target.Target) Key {
	one := maker{constructs.NewConstruct(scope, jsii.String(id)), here}
	return one.named("operations", "Encrypts notifications and recorded configuration of "+here.Name,
		alarms(here), publisher(here, "Events", "events.amazonaws.com", ""), configHistory(here))
}

// NewTrail declares, under scope, the key of a trail's files and of its log group. trailARN is the trail's, which
// comes later.
func NewTrail(scope constructs.Construct, id string, here target.Target, trailARN string) Key {
	one := maker{constructs.NewConstruct(scope, jsii.String(id)), here}
	return one.named(trailPurpose, "Encrypts the trail of "+here.Name, logGroups(here), trailLogs(trailARN))
}

// trailPurpose ends the alias of the trail's key.
const trailPurpose = "trail"

// TrailAlias is the alias of the trail's key.
func TrailAlias(here target.Target) string { return environments.KeyAlias(here.Name, trailPurpose) }

// NewVolumes declares, under scope, the account's own key for EBS volumes whose maker names none. Who starts
// instances is allowed by IAM; Auto Scaling can't be.
func NewVolumes(scope constructs.Construct, id string, here target.Target) Key {
	one := maker{constructs.NewConstruct(scope, jsii.String(id)), here}
	return one.named("volumes", "Encrypts volumes of "+here.Name+" by default", autoScaling(here)...)
}

// trailLogs lets one trail encrypt its files. CloudTrail checks when the trail is made, and asks for kms:Decrypt
// where the bucket has a bucket key (CloudTrail User Guide, 'Configure AWS KMS key policies for CloudTrail'). The
// guide's condition on the encryption context is left out: with a bucket key S3 gives the bucket's ARN instead.
func trailLogs(trailARN string) iampolicy.Statement {
	return iampolicy.Statement{
		Sid: "Trail", Effect: iampolicy.Allow, Principal: iampolicy.Service("cloudtrail.amazonaws.com"),
		Action: []string{"kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"}, Resource: []string{"*"},
		Condition: iampolicy.Conditions{"StringEquals": {"aws:SourceArn": {trailARN}}},
	}
}

// configHistory lets AWS Config encrypt what it delivers (AWS Config Developer Guide, 'Permissions for the KMS Key
// for the AWS Config Delivery Channel', service-linked role).
func configHistory(t target.Target) iampolicy.Statement {
	return iampolicy.Statement{
		Sid: "RecordedConfiguration", Effect: iampolicy.Allow, Principal: iampolicy.Service("config.amazonaws.com"),
		Action: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resource: []string{"*"},
		Condition: iampolicy.Conditions{"StringEquals": {"aws:SourceAccount": {t.AccountID}}},
	}
}
