// Package shield provides the account's subscription to AWS Shield Advanced, a contract of a year. What it protects is said where that is made.
package shield

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/shieldsubscription"
)

// New declares the subscription under scope: once an account, in its first region. Terraform never ends it.
func New(scope constructs.Construct, id string) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	shieldsubscription.NewShieldSubscription(this, jsii.String("subscription"), &shieldsubscription.ShieldSubscriptionConfig{
		AutoRenew: jsii.String("DISABLED"), // a second year is a decision of its own
		// AWS refuses to end it before its year is over: LockedSubscriptionException (terraform-provider-aws#37637).
		SkipDestroy: jsii.Bool(true),
	})
}
