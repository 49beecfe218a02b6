// Package passwordpolicy provides what IAM demands of the passwords of an account's users. There should be none, but
// an account that is given one must not take `password1`.
package passwordpolicy

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	iam "github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamaccountpasswordpolicy"
)

// New declares the policy under scope: once an account, in its first region. Length and reuse are the CIS AWS
// Foundations Benchmark's (3.0, 1.8 and 1.9). Passwords do not expire (NIST SP 800-63B, 5.1.1.2: no periodic change
// without a reason).
func New(scope constructs.Construct, id string) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	iam.NewIamAccountPasswordPolicy(this, jsii.String("policy"), &iam.IamAccountPasswordPolicyConfig{
		MinimumPasswordLength:      jsii.Number(14),
		PasswordReusePrevention:    jsii.Number(24),
		RequireLowercaseCharacters: jsii.Bool(true),
		RequireUppercaseCharacters: jsii.Bool(true),
		RequireNumbers:             jsii.Bool(true),
		RequireSymbols:             jsii.Bool(true),
		AllowUsersToChangePassword: jsii.Bool(true),
	})
}
