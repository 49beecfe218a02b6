package secrets

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	secretpolicy "github.com/cdktf/cdktf-provider-aws-go/aws/v19/secretsmanagersecretpolicy"
)

// GivenConfig is a secret whose value somebody else has made, and a person puts into it.
type GivenConfig struct {
	Name        string // the secret's
	Description string
	Vault       Vault
	Readers     []string // ARNs of the IAM roles that may read it, and of nobody else: they need not exist yet
}

// NewGiven declares the secret in scope as `id`, and beside it its readers. It has no version here: what a person puts
// there is nothing that an apply could put back, or a plan would have to read.
func NewGiven(scope constructs.Construct, id string, config GivenConfig) {
	secret := config.Vault.secret(scope, id, config.Name, config.Description)
	secretpolicy.NewSecretsmanagerSecretPolicy(scope, jsii.String(id+"-readers"),
		&secretpolicy.SecretsmanagerSecretPolicyConfig{
			SecretArn:         secret.Arn(),
			Policy:            jsii.String(onlyReaders(config.Readers)),
			BlockPublicPolicy: jsii.Bool(true),
		})
}
