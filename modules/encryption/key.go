package encryption

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/kmsalias"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/kmskey"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/kmsreplicakey"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// Key is a KMS key that other modules encrypt with.
type Key struct {
	ARN       string
	ID        string
	AliasName string // alias/…
}

// KeyConfig is what one key needs.
type KeyConfig struct {
	Provider     cdktf.TerraformProvider // nil is the stack's own
	Alias        string                  // alias/…, once an account and region
	Description  string
	DeletionDays int    // 7 to 30
	MultiRegion  bool   // whether it can have replicas; fixed for its life
	Policy       string // see Policy
}

// NewKey declares a symmetric key that KMS rotates every year, as `id`, and its alias, as `id_alias`.
func NewKey(scope constructs.Construct, id string, config KeyConfig) Key {
	key := kmskey.NewKmsKey(scope, jsii.String(id), &kmskey.KmsKeyConfig{
		Provider:             config.Provider,
		Description:          jsii.String(config.Description),
		DeletionWindowInDays: jsii.Number(config.DeletionDays),
		EnableKeyRotation:    jsii.Bool(true),
		MultiRegion:          jsii.Bool(config.MultiRegion),
		Policy:               jsii.String(config.Policy),
	})
	newAlias(scope, id, config, key.KeyId())
	return Key{ARN: *key.Arn(), ID: *key.KeyId(), AliasName: config.Alias}
}

// newReplica declares the replica of a multi-Region key in the region of the config's provider. It has the primary's material, id and
// rotation, but a policy and an alias of its own.
func newReplica(scope constructs.Construct, id string, primary Key, config KeyConfig) Key {
	key := kmsreplicakey.NewKmsReplicaKey(scope, jsii.String(id), &kmsreplicakey.KmsReplicaKeyConfig{
		Provider:             config.Provider,
		PrimaryKeyArn:        jsii.String(primary.ARN),
		Description:          jsii.String(config.Description),
		DeletionWindowInDays: jsii.Number(config.DeletionDays),
		Policy:               jsii.String(config.Policy),
	})
	newAlias(scope, id, config, key.KeyId())
	return Key{ARN: *key.Arn(), ID: *key.KeyId(), AliasName: config.Alias}
}

func newAlias(scope constructs.Construct, id string, config KeyConfig, keyID *string) {
	kmsalias.NewKmsAlias(scope, jsii.String(id+"_alias"), &kmsalias.KmsAliasConfig{
		Provider:    config.Provider,
		Name:        jsii.String(config.Alias),
		TargetKeyId: keyID,
	})
}
