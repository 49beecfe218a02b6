package tracing

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawskmskey"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/xrayencryptionconfig"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// encrypt has X-Ray encrypt traces with a KMS key, in both regions of the account's owner. An account has this once a region.
//
// The key is AWS's own for X-Ray, not one of the environment's: the setting outlives the environment (destroying
// aws_xray_encryption_config changes nothing in X-Ray), and with its key deleted X-Ray would take no trace of the account any more. Nor
// could insights be told of: EventBridge takes no customer key for them (X-Ray Developer Guide, 'Data protection').
func encrypt(scope constructs.Construct, config Config) {
	encryptIn(scope, "", nil)
	if config.SecondRegionProvider != nil {
		encryptIn(scope, "second_", config.SecondRegionProvider)
	}
}

func encryptIn(scope constructs.Construct, prefix string, provider cdktf.TerraformProvider) {
	// Looking an AWS managed key up makes it, where the account does not have it yet (KMS API Reference, DescribeKey). X-Ray itself tells
	// the key's ARN, whatever it was given, so an alias would never plan clean.
	key := dataawskmskey.NewDataAwsKmsKey(scope, jsii.String(prefix+"xray_key"), &dataawskmskey.DataAwsKmsKeyConfig{
		Provider: provider,
		KeyId:    jsii.String("alias/aws/xray"),
	})
	xrayencryptionconfig.NewXrayEncryptionConfig(scope, jsii.String(prefix+"encryption"), &xrayencryptionconfig.XrayEncryptionConfigConfig{
		Provider: provider,
		Type:     jsii.String("KMS"),
		KeyId:    key.Arn(),
	})
}
