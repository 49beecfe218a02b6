// Package accountsettings provides what an account has once a region: encryption by default, and what AWS Backup looks after. Two
// environments that set it would undo each other's, so it is in the stacks of the account's owner alone.
package accountsettings

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawskmskey"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ebsdefaultkmskey"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ebsencryptionbydefault"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/xrayencryptionconfig"
)

// Config is what the settings need from the rest of the system.
type Config struct {
	VolumeKeyARN string // encrypts new EBS volumes by default; empty is AWS's own key
}

// New declares the settings of the stack's region under scope.
func New(scope constructs.Construct, id string, config Config) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	encryptVolumes(this, config)
	encryptTraces(this)
	optIn(this)
}

func encryptVolumes(scope constructs.Construct, config Config) {
	ebsencryptionbydefault.NewEbsEncryptionByDefault(scope, jsii.String("ebs_encryption"), &ebsencryptionbydefault.EbsEncryptionByDefaultConfig{
		Enabled: jsii.Bool(true),
	})
	if config.VolumeKeyARN != "" {
		ebsdefaultkmskey.NewEbsDefaultKmsKey(scope, jsii.String("ebs_key"), &ebsdefaultkmskey.EbsDefaultKmsKeyConfig{
			KeyArn: jsii.String(config.VolumeKeyARN),
		})
	}
}

// encryptTraces has X-Ray encrypt traces with a KMS key: AWS's own for X-Ray, not one of the environment's. The setting outlives the
// environment (destroying aws_xray_encryption_config changes nothing in X-Ray), and with its key deleted X-Ray would take no trace of the
// account any more. Nor could insights be told of: EventBridge takes no customer key for them (X-Ray Developer Guide, 'Data protection').
func encryptTraces(scope constructs.Construct) {
	// Looking an AWS managed key up makes it, where the account does not have it yet (KMS API Reference, DescribeKey). X-Ray itself tells
	// the key's ARN, whatever it was given, so an alias would never plan clean.
	key := dataawskmskey.NewDataAwsKmsKey(scope, jsii.String("xray_key"), &dataawskmskey.DataAwsKmsKeyConfig{KeyId: jsii.String("alias/aws/xray")})
	xrayencryptionconfig.NewXrayEncryptionConfig(scope, jsii.String("xray_encryption"), &xrayencryptionconfig.XrayEncryptionConfigConfig{
		Type:  jsii.String("KMS"),
		KeyId: key.Arn(),
	})
}
