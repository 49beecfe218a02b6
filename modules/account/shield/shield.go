// Package shield provides the account's subscription to AWS Shield Advanced, a contract of a year. What it protects
// is said where that is made.
package shield

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	subscription "github.com/cdktf/cdktf-provider-aws-go/aws/v19/shieldsubscription"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// New declares the subscription under scope: once an account, in its first region. It goes on for another year unless
// somebody stops it by hand in its last 30 days (aws shield update-subscription --auto-renew DISABLED): AWS takes that
// at no other time (Shield API Reference, LockedSubscriptionException), so that a value here could not be applied.
func New(scope constructs.Construct, id string) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	subscription.NewShieldSubscription(this, jsii.String("subscription"), &subscription.ShieldSubscriptionConfig{
		// AWS refuses to end it before its year is over (terraform-provider-aws#37637).
		SkipDestroy: jsii.Bool(true),
		Lifecycle:   &cdktf.TerraformResourceLifecycle{IgnoreChanges: jsii.Strings("auto_renew")},
	})
}
