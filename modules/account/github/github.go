// Package github provides GitHub as an identity provider of an account, so that its workflows assume roles without a
// key. Which workflow may assume which role, the roles' trust policies say.
package github

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	oidc "github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamopenidconnectprovider"

	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// Output is what other modules may use.
type Output struct{ ProviderARN string }

// ProviderARN is the identity provider's, also where somebody else has made it.
func ProviderARN(t target.Target) string {
	return t.GlobalARN("iam", "oidc-provider/"+role.GitHubIssuer)
}

// New declares the identity provider under scope: once an account, in its first region. IAM takes one provider a URL
// and refuses another (EntityAlreadyExists), so an account that has one is to be left out here.
func New(scope constructs.Construct, id string) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	provider := oidc.NewIamOpenidConnectProvider(this, jsii.String("provider"), &oidc.IamOpenidConnectProviderConfig{
		Url:          jsii.String("https://" + role.GitHubIssuer),
		ClientIdList: jsii.Strings(role.GitHubAudience),
		// No thumbprint: since July 2023 AWS trusts GitHub's certificate by its authority (IAM User Guide, 'Obtain
		// the thumbprint'), and a list that is not given is IAM's own (terraform-provider-aws#37255).
	})
	return Output{ProviderARN: *provider.Arn()}
}
