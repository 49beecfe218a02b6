package stacks

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/dns"
	"github.com/titan-platform/titan/modules/edge"
)

// awaitDelegation declares the zone and nothing else: certificates are validated in it, and nobody finds it before its parent domain points
// at it.
func awaitDelegation(stack cdktf.TerraformStack, environment environments.Environment) {
	servers := dns.NewUndelegated(stack, "dns", dns.Config{Settings: environment.DNS, ForceDestroy: !environment.Protected()})
	output(stack, "name_servers", "make these the NS record of "+environment.DNS.Zone+" in its parent domain; once `dig NS "+environment.DNS.Zone+
		"` answers with them, take `delegated: false` out of the environment file and deploy again", servers)
}

// staticBucket is the bucket of static assets.
func staticBucket(environment environments.Environment) edge.Static {
	return edge.Static{
		BucketName: environment.Bucket("static", environment.Region),
		Region:     string(environment.Region),
		AccessLogs: environment.AccessLogBucket(environment.Region),
	}
}

// staticReplica is the second bucket of static assets, nil where the environment has no second region.
func staticReplica(environment environments.Environment, second cdktf.TerraformProvider) *edge.Static {
	if environment.SecondRegion == "" {
		return nil
	}
	return &edge.Static{
		BucketName: environment.Bucket("static-replica", environment.SecondRegion),
		Region:     string(environment.SecondRegion),
		AccessLogs: environment.AccessLogBucket(environment.SecondRegion),
		Provider:   second,
	}
}
