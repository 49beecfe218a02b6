package encryption

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/kmsalias"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/kmskey"

	"github.com/titan-platform/titan/internal/stateful"
)

// Key is a KMS key that other modules encrypt with.
type Key struct {
	ARN       string
	ID        string
	AliasName string // alias/…
}

// KeyConfig is what one key needs.
type KeyConfig struct {
	Alias       string // alias/…, once an account and region
	Description string
	Protected   bool   // whether it refuses to be destroyed, and can be brought back for longest
	Policy      string // see Policy
}

// NewKey declares a symmetric key that KMS rotates every year, as `id`, and its alias, as `id_alias`.
func NewKey(scope constructs.Construct, id string, config KeyConfig) Key {
	key := kmskey.NewKmsKey(scope, jsii.String(id), &kmskey.KmsKeyConfig{
		Description:          jsii.String(config.Description),
		DeletionWindowInDays: jsii.Number(deletionDays(config.Protected)),
		EnableKeyRotation:    jsii.Bool(true),
		Policy:               jsii.String(config.Policy),
		Lifecycle:            stateful.Lifecycle(config.Protected),
	})
	kmsalias.NewKmsAlias(scope, jsii.String(id+"_alias"), &kmsalias.KmsAliasConfig{
		Name:        jsii.String(config.Alias),
		TargetKeyId: key.KeyId(),
	})
	return Key{ARN: *key.Arn(), ID: *key.KeyId(), AliasName: config.Alias}
}

// deletionDays is how long a deleted key can be brought back, in days: AWS's most where what it encrypts is protected,
// else its least. Nothing brings it back afterwards.
func deletionDays(protected bool) int {
	if protected {
		return 30
	}
	return 7
}
