package edge

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontdistribution"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/shieldprotection"
)

// shield protects what the internet reaches by AWS Shield Advanced: the distribution and the zone. The load balancer is
// behind the distribution. The account's stack subscribes, or its organization: the loader sees to it that one does.
func (e *edge) shield(distribution cloudfrontdistribution.CloudfrontDistribution) {
	for _, protected := range []struct {
		id  string
		arn *string
	}{{"distribution", distribution.Arn()}, {"zone", jsii.String(e.ZoneARN)}} {
		shieldprotection.NewShieldProtection(e.scope, jsii.String("shield-"+protected.id),
			&shieldprotection.ShieldProtectionConfig{
				Name:        jsii.String(e.Name + "-" + protected.id),
				ResourceArn: protected.arn,
			})
	}
}
