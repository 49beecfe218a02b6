package encryption

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/kmsalias"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/kmskey"
)

// Key is a KMS key that other modules encrypt with.
type Key struct {
	ARN       string
	ID        string
	AliasName string // alias/…
}

// KeyConfig is what one key needs.
type KeyConfig struct {
	Alias        string // alias/…, once an account and region
	Description  string
	DeletionDays int    // from a key's deletion to its end, 7 to 30 days; nothing brings it back afterwards
	Policy       string // see Policy
}

// NewKey declares a symmetric key that KMS rotates every year, as `id`, and its alias, as `id_alias`.
func NewKey(scope constructs.Construct, id string, config KeyConfig) Key {
	key := kmskey.NewKmsKey(scope, jsii.String(id), &kmskey.KmsKeyConfig{
		Description:          jsii.String(config.Description),
		DeletionWindowInDays: jsii.Number(config.DeletionDays),
		EnableKeyRotation:    jsii.Bool(true),
		Policy:               jsii.String(config.Policy),
	})
	kmsalias.NewKmsAlias(scope, jsii.String(id+"_alias"), &kmsalias.KmsAliasConfig{
		Name:        jsii.String(config.Alias),
		TargetKeyId: key.KeyId(),
	})
	return Key{ARN: *key.Arn(), ID: *key.KeyId(), AliasName: config.Alias}
}
