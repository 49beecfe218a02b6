package edge

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontdistribution"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/shieldprotection"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/shieldsubscription"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// shield protects what the internet reaches by AWS Shield Advanced: the distribution and the zone. The load balancer is behind the distribution.
// The subscription is the account's and a contract of a year: the loader asks for it to be in the account owner's file, and Terraform never
// ends it.
func (e *edge) shield(distribution cloudfrontdistribution.CloudfrontDistribution) {
	subscription := shieldsubscription.NewShieldSubscription(e.scope, jsii.String("shield"), &shieldsubscription.ShieldSubscriptionConfig{
		AutoRenew:   jsii.String("DISABLED"), // a second year is a decision of its own
		SkipDestroy: jsii.Bool(true),         // AWS refuses to end it before its year is over
	})
	for _, protected := range []struct {
		id  string
		arn *string
	}{{"distribution", distribution.Arn()}, {"zone", jsii.String(e.ZoneARN)}} {
		shieldprotection.NewShieldProtection(e.scope, jsii.String("shield-"+protected.id), &shieldprotection.ShieldProtectionConfig{
			Name:        jsii.String(e.Name + "-" + protected.id),
			ResourceArn: protected.arn,
			DependsOn:   &[]cdktf.ITerraformDependable{subscription},
		})
	}
}
