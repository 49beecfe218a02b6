package encryption

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/kmsalias"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/kmskey"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/internal/target"
)

// NewZoneSigning declares, under scope, the key that Route 53 signs a zone's keys with, and returns its ARN. Route 53
// takes one of us-east-1, of this kind alone (Route 53 Developer Guide, 'Working with customer managed keys for
// DNSSEC'); KMS rotates no asymmetric key.
func NewZoneSigning(scope constructs.Construct, id string, there target.Target) string {
	this := constructs.NewConstruct(scope, jsii.String(id))
	key := kmskey.NewKmsKey(this, jsii.String("dnssec_kms"), &kmskey.KmsKeyConfig{
		Description:           jsii.String("Signs the hosted zone of " + there.Name),
		CustomerMasterKeySpec: jsii.String("ECC_NIST_P256"),
		KeyUsage:              jsii.String("SIGN_VERIFY"),
		DeletionWindowInDays:  jsii.Number(deletionDays(there.Protected)),
		Policy:                jsii.String(Policy(there, zoneSigning(there)...)),
		Lifecycle:             stateful.Lifecycle(there.Protected),
	})
	kmsalias.NewKmsAlias(this, jsii.String("dnssec_kms_alias"), &kmsalias.KmsAliasConfig{
		Name:        jsii.String(environments.KeyAlias(there.Name, "dnssec")),
		TargetKeyId: key.KeyId(),
	})
	return *key.Arn()
}

// zoneSigning lets Route 53 sign zones of this account with a key, and give itself the grant by which it goes on doing
// so (Route 53 Developer Guide, 'Route 53 customer managed key permissions required for DNSSEC signing'). Without all
// of these actions a key-signing key is refused as InvalidKMSArn (hashicorp/terraform-provider-aws#29778).
func zoneSigning(t target.Target) []iampolicy.Statement {
	use := func(sid string, conditions iampolicy.Conditions, actions ...string) iampolicy.Statement {
		conditions["StringEquals"] = map[string]iampolicy.Values{"aws:SourceAccount": {t.AccountID}}
		return iampolicy.Statement{
			Sid: sid, Effect: iampolicy.Allow, Principal: iampolicy.Service("dnssec-route53.amazonaws.com"),
			Action: actions, Resource: []string{"*"}, Condition: conditions,
		}
	}
	zones := "arn:" + t.Partition + ":route53:::hostedzone/*" // a zone's ARN has no account
	return []iampolicy.Statement{
		use("Route53Signs", iampolicy.Conditions{"ArnLike": {"aws:SourceArn": {zones}}}, "kms:DescribeKey",
			"kms:GetPublicKey", "kms:Sign"),
		use("Route53Grants", iampolicy.Conditions{"Bool": {"kms:GrantIsForAWSResource": {"true"}}}, "kms:CreateGrant"),
	}
}
