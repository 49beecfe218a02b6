package secrets

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	secretpolicy "github.com/cdktf/cdktf-provider-aws-go/aws/v19/secretsmanagersecretpolicy"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
)

// LoginConfig is a user with a generated password.
type LoginConfig struct {
	Name        string // the secret's
	Description string
	Vault       Vault
	Version     int    // raising it renews the password
	User        string // whose password it is
	// Readers are ARNs of the IAM roles that may read it, and of nobody else: they need not exist yet. A replica has the
	// same policy, so those who read it in the second region are among them.
	Readers []string
	// Deployers are ARNs of the IAM principals that Terraform runs as. The provider reads what it wrote at every plan, to
	// see whether it is still there, and keeps nothing of it (5.100 does so with write-only values too); without that no
	// plan would come to an end.
	Deployers []string
	Planners  []string // ARNs of those that plan without a refresh, and so without reading it
	Caller    string   // whom Terraform runs as now: a plan fails before it would lock itself out

	// Server is what the login is for; nil leaves it out. A secret keeps what stood here when its password was
	// made: raise Version with it.
	Server *Server
}

// Server is a database as the secret describes it, in Secrets Manager's own form ('JSON structure of AWS Secrets
// Manager database credential secrets'), which has no reader's host.
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
	secretpolicy.NewSecretsmanagerSecretPolicy(scope, jsii.String(id+"-readers"),
		&secretpolicy.SecretsmanagerSecretPolicyConfig{
			SecretArn:         secret.Arn(),
			Policy:            jsii.String(onlyReaders(slices.Concat(config.Readers, config.Deployers))),
			BlockPublicPolicy: jsii.Bool(true),
			Lifecycle: &cdktf.TerraformResourceLifecycle{Precondition: &[]*cdktf.Precondition{{
				Condition: cdktf.Fn_Contains(jsii.Strings(slices.Concat(config.Deployers, config.Planners)...),
					jsii.String(config.Caller)),
				ErrorMessage: jsii.String(fmt.Sprintf(
					"%s could be read by its readers and by those who deploy, and you, %s, are none of them: "+
						"no later plan of yours would come to an end. "+
						"Deploy as account.role or as one of cluster.admins, or name yourself there.", config.Name, config.Caller)),
			}}},
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

// onlyReaders denies the value to whoever is not a reader, an administrator included; who may change this policy still
// can, and CloudTrail says so. "*" is the secret that the policy is on.
func onlyReaders(roles []string) string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: "OnlyReaders", Effect: iampolicy.Deny,
		Principal: iampolicy.Everyone(),
		Action:    []string{"secretsmanager:GetSecretValue"},
		Resource:  []string{"*"},
		Condition: iampolicy.Conditions{"ArnNotEquals": {"aws:PrincipalArn": roles}},
	})
}
