// Package shield provides the account's subscription to AWS Shield Advanced, a contract of a year. What it protects is said where that is made.
package shield

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/shieldsubscription"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// New declares the subscription under scope: once an account, in its first region. Terraform never ends it, and it goes on for another year unless
// somebody stops that by hand in its last 30 days: aws shield update-subscription --auto-renew DISABLED. Earlier AWS refuses
// (Shield API Reference, UpdateSubscription), so that a value here could not be applied.
func New(scope constructs.Construct, id string) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	shieldsubscription.NewShieldSubscription(this, jsii.String("subscription"), &shieldsubscription.ShieldSubscriptionConfig{
		// AWS refuses to end it before its year is over: LockedSubscriptionException (terraform-provider-aws#37637).
		SkipDestroy: jsii.Bool(true),
		Lifecycle:   &cdktf.TerraformResourceLifecycle{IgnoreChanges: jsii.Strings("auto_renew")},
	})
}
