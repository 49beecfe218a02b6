package secrets

import (
	"encoding/json"
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/secretsmanagersecretpolicy"

	"github.com/titan-platform/titan/internal/iampolicy"
)

// LoginConfig is a user with a generated password.
type LoginConfig struct {
	Name        string // the secret's
	Description string
	Vault       Vault
	Version     int    // raising it renews the password
	User        string // whose password it is
	// Readers are ARNs of the IAM roles that may read it, and of nobody else: they need not exist yet. A replica has the same policy, so those
	// who read it in the second region are among them.
	Readers []string

	// Server is what the login is for; nil leaves it out. A secret keeps what stood here when its password was made: raise Version with it.
	Server *Server
}

// Server is a database as the secret describes it, in Secrets Manager's own form ('JSON structure of AWS Secrets Manager database credential
// secrets'), which has no reader's host.
type Server struct {
	Engine     string `json:"engine"`
	Host       string `json:"host"`
	ReaderHost string `json:"reader_host"`
	Port       int    `json:"port"`
	Database   string `json:"dbname"`
}

// Login is what other modules may use.
type Login struct{ ARN, Name string }

// NewLogin declares the login in scope: the secret as `id`, beside it its value and its readers.
func NewLogin(scope constructs.Construct, id string, config LoginConfig) Login {
	secret, _ := config.Vault.generate(scope, generated{
		id: id, name: config.Name, description: config.Description, version: config.Version, value: config.value,
	})
	secretsmanagersecretpolicy.NewSecretsmanagerSecretPolicy(scope, jsii.String(id+"-readers"), &secretsmanagersecretpolicy.SecretsmanagerSecretPolicyConfig{
		SecretArn:         secret.Arn(),
		Policy:            jsii.String(onlyReaders(config.Readers)),
		BlockPublicPolicy: jsii.Bool(true),
	})
	return Login{ARN: *secret.Arn(), Name: config.Name}
}

// value is the secret's JSON. Nothing in it needs escaping: a generated password is letters and digits.
func (c LoginConfig) value(password string) string {
	text, err := json.Marshal(struct {
		*Server
		User     string `json:"username"`
		Password string `json:"password"`
	}{c.Server, c.User, password})
	if err != nil {
		panic(fmt.Sprintf("a login that is no JSON: %v", err)) // it is made of strings
	}
	return string(text)
}

// onlyReaders denies the value to whoever is not a reader, an administrator included; who may change this policy still can, and CloudTrail
// says so. Terraform itself writes the value and never reads it. "*" is the secret that the policy is on.
func onlyReaders(roles []string) string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: "OnlyReaders", Effect: iampolicy.Deny,
		Principal: iampolicy.Everyone(),
		Action:    []string{"secretsmanager:GetSecretValue"},
		Resource:  []string{"*"},
		Condition: iampolicy.Conditions{"ArnNotEquals": {"aws:PrincipalArn": roles}},
	})
}
