// Package traces provides how X-Ray encrypts the traces of a region of an account.
package traces

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	kmskey "github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawskmskey"
	xray "github.com/cdktf/cdktf-provider-aws-go/aws/v19/xrayencryptionconfig"
)

// New has X-Ray encrypt the traces of the stack's region with AWS's own key for X-Ray. The setting outlives the stack,
// and with a key of ours deleted X-Ray would take no trace any more. Nor could insights be told of: EventBridge takes
// no customer key for them (X-Ray Developer Guide, 'Data protection').
func New(scope constructs.Construct, id string) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	// Looking an AWS managed key up makes it, where the account does not have it yet (KMS API Reference,
	// DescribeKey). X-Ray itself tells the key's ARN, whatever it was given, so an alias would never plan clean.
	key := kmskey.NewDataAwsKmsKey(
		this,
		jsii.String("key"),
		&kmskey.DataAwsKmsKeyConfig{KeyId: jsii.String("alias/aws/xray")},
	)
	xray.NewXrayEncryptionConfig(this, jsii.String("encryption"), &xray.XrayEncryptionConfigConfig{
		Type:  jsii.String("KMS"),
		KeyId: key.Arn(),
	})
}
