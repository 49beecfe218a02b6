package secrets

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	secretvalue "github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawssecretsmanagersecretversion"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// originHeaderName is the header by which the load balancer knows its own distribution.
const originHeaderName = "X-Origin-Verify"

// OriginHeader is the header that CloudFront adds to every request to the load balancer. The load balancer takes both
// values and CloudFront sends one, so that either can be renewed. They filter what goes around the web ACL and are no
// credential: the API of neither hides them, and Terraform's state has them, too.
type OriginHeader struct {
	Name   string
	Values map[environments.OriginSecret]string
}

// All are both values, in a fixed order.
func (h OriginHeader) All() []string {
	return []string{h.Values[environments.OriginSecretA], h.Values[environments.OriginSecretB]}
}

// OriginHeaderConfig is what the origin header needs from the rest of the system.
type OriginHeaderConfig struct {
	Name     string // begins the secrets' names: titan-prod
	Vault    Vault
	Versions map[environments.OriginSecret]int // raising one renews that value
}

// NewOriginHeader declares the two secrets under scope and reads them back for the load balancer and the distribution.
func NewOriginHeader(scope constructs.Construct, id string, config OriginHeaderConfig) OriginHeader {
	this := constructs.NewConstruct(scope, jsii.String(id))
	header := OriginHeader{Name: originHeaderName, Values: map[environments.OriginSecret]string{}}
	for _, which := range []environments.OriginSecret{environments.OriginSecretA, environments.OriginSecretB} {
		secret, value := config.Vault.generate(this, generated{
			id:   string(which),
			name: environments.OriginSecretName(config.Name, which),
			description: fmt.Sprintf("Origin header value %s that CloudFront sends to the load balancer of %s",
				which, config.Name),
			version: config.Versions[which],
			value:   func(password string) string { return password },
		})
		// A read that depends on the value by `depends_on` would wait for any change of the secret, a tag's too, and
		// leave the listener's conditions unknown until then. It has to wait for another value alone.
		renewed := cdktf.NewDataResource(this, jsii.String(string(which)+"-renewed"), &cdktf.DataConfig{
			Input:     &map[string]any{"secret": secret.Id(), "version": config.Versions[which]},
			DependsOn: &[]cdktf.ITerraformDependable{value},
		})
		header.Values[which] = read(this, which,
			*cdktf.Token_AsString(renewed.InterpolationForAttribute(jsii.String("output.secret")), nil))
	}
	return header
}

// ReadOriginHeader reads an origin header that another stack makes, or its replicas in this region: a secondary's load
// balancer stands behind its primary's distribution, and that is in us-east-1. name begins the secrets' names.
func ReadOriginHeader(scope constructs.Construct, id, name string) OriginHeader {
	this := constructs.NewConstruct(scope, jsii.String(id))
	header := OriginHeader{Name: originHeaderName, Values: map[environments.OriginSecret]string{}}
	for _, which := range []environments.OriginSecret{environments.OriginSecretA, environments.OriginSecretB} {
		header.Values[which] = read(this, which, environments.OriginSecretName(name, which))
	}
	return header
}

func read(scope constructs.Construct, which environments.OriginSecret, secretID string) string {
	return *secretvalue.NewDataAwsSecretsmanagerSecretVersion(scope, jsii.String(string(which)+"-read"),
		&secretvalue.DataAwsSecretsmanagerSecretVersionConfig{
			SecretId: jsii.String(secretID),
		}).SecretString()
}
