// Package secrets provides what Secrets Manager holds for an environment. Values are made up by AWS, and go
// from an ephemeral resource to a write-only argument: configuration, plan and state never hold them. A
// version number renews them.
package secrets

import (
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/secretsmanagersecret"
	secretversion "github.com/cdktf/cdktf-provider-aws-go/aws/v19/secretsmanagersecretversion"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/stateful"
)

// Vault is where and how an environment keeps its secrets.
type Vault struct {
	KeyARN string // encrypts them
	// RecoveryDays is how long a deleted secret can be brought back, in days; 0 deletes at once, 7 to 30 keep its name
	// taken.
	RecoveryDays int

	Protected bool // whether they refuse to be destroyed

	Replicas []Replica // where they are replicated
}

// Replica is a region that a secret is replicated to.
type Replica struct {
	Region string
	// KeyID is the key that encrypts it there, and which another stack makes: an alias' ARN, which Secrets Manager keeps
	// as it is given, or the name of AWS's own key (API Reference, ReplicaRegionType, KmsKeyId).
	KeyID string
}

// generatedLength of letters and digits is 238 bits; where case is ignored, as load balancers do in conditions, 206.
const generatedLength = 40

// generated is a secret with a part that AWS makes up: letters and digits, so that no quoting, URL
// or pattern can spoil it.
type generated struct {
	id, name, description string
	version               int                          // raising it renews the value
	value                 func(password string) string // what is kept, around what is made up
}

// generate declares a secret and its value.
func (v Vault) generate(
	scope constructs.Construct, g generated,
) (secretsmanagersecret.SecretsmanagerSecret, cdktf.ITerraformDependable) {
	secret := v.secret(scope, g.id, g.name, g.description)
	value := secretversion.NewSecretsmanagerSecretVersion(scope, jsii.String(g.id+"-value"),
		&secretversion.SecretsmanagerSecretVersionConfig{
			SecretId:              secret.Id(),
			SecretStringWo:        jsii.String(g.value(randomPassword(scope, g.id))),
			SecretStringWoVersion: jsii.Number(g.version),
		})
	return secret, value
}

func (v Vault) secret(
	scope constructs.Construct, id, name, description string,
) secretsmanagersecret.SecretsmanagerSecret {
	config := &secretsmanagersecret.SecretsmanagerSecretConfig{
		Name:                 jsii.String(name), // a fixed one: who reads a replica in another region knows nothing else
		Description:          jsii.String(description),
		KmsKeyId:             jsii.String(v.KeyARN),
		RecoveryWindowInDays: jsii.Number(v.RecoveryDays),
		Lifecycle:            stateful.Lifecycle(v.Protected),
	}
	if len(v.Replicas) > 0 {
		var replicas []secretsmanagersecret.SecretsmanagerSecretReplica
		for _, replica := range v.Replicas {
			replicas = append(replicas, secretsmanagersecret.SecretsmanagerSecretReplica{
				Region: jsii.String(replica.Region), KmsKeyId: jsii.String(replica.KeyID),
			})
		}
		config.Replica = replicas
	}
	return secretsmanagersecret.NewSecretsmanagerSecret(scope, jsii.String(id), config)
}

// randomPassword declares an ephemeral random password and returns the reference to it, good for write-only arguments
// alone. CDKTF has no constructs for ephemeral resources, so the block is written into the stack's JSON.
func randomPassword(scope constructs.Construct, id string) string {
	stack := cdktf.TerraformStack_Of(scope)
	path := strings.TrimPrefix(*scope.Node().Path()+"/"+id, *stack.Node().Id()+"/")
	address := "aws_secretsmanager_random_password." + strings.NewReplacer("/", "_", ".", "").Replace(path)
	stack.AddOverride(jsii.String("ephemeral."+address), map[string]any{
		"password_length":     generatedLength,
		"exclude_punctuation": true,
	})
	return "${ephemeral." + address + ".random_password}"
}
