package stacks

import (
	"strings"

	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/accesslogs"
	"github.com/titan-platform/titan/modules/bucket"
	"github.com/titan-platform/titan/modules/dns"
	"github.com/titan-platform/titan/modules/edge"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/observability"
	"github.com/titan-platform/titan/modules/secrets"
)

// newGlobal declares the stack of us-east-1: who serves. It is the one that a failover changes while the environment's
// own region is lost, and it knows that region by names alone.
func newGlobal(stack cdktf.TerraformStack, environment environments.Environment) {
	there := globalTarget(environment)

	zone := dns.LookUp(stack, "zone", environment.DNS)
	origin := dns.NewFailover(stack, "origin", dns.FailoverConfig{
		Target:       there,
		AlarmPrefix:  environment.Prefix(),
		OriginRegion: string(environment.Region),
		Settings:     environment.DNS,
		Zone:         zone,
		Role:         environment.DR.Role,
		Standby:      environment.Standby(),
	})

	if !environment.HasEdge() {
		dns.NewDirectNames(stack, "public-name", dns.DirectNamesConfig{
			Names:      environment.DNS.PublicNames(),
			OriginName: environment.DNS.Origin(),
			ZoneID:     zone.ID,
			Origin:     origin.Record,
		})
	}
	signed := ""
	if environment.DNS.DNSSEC {
		signed = zone.ID
	}
	if environment.Edge.Enabled || origin.HealthCheckID != "" {
		key := encryption.NewGlobal(stack, "encryption", there)
		observability.NewGlobal(stack, "observability", observability.GlobalConfig{
			Target:        there,
			Settings:      environment.Observability,
			KeyARN:        key.ARN,
			Edge:          newEdge(stack, environment, zone, key),
			HealthCheckID: origin.HealthCheckID,
			Standby:       environment.Standby(),
			Replications:  staticReplications(environment),
			SignedZoneID:  signed,
		})
	}
}

// newEdge declares the distribution and the name that users call, and returns what of it is watched; nil without one.
func newEdge(
	stack cdktf.TerraformStack, environment environments.Environment, zone dns.Zone, key encryption.Key,
) *observability.Edge {
	if !environment.Edge.Enabled {
		return nil
	}
	there := globalTarget(environment)
	header := secrets.ReadOriginHeader(stack, "origin-header", environment.Prefix())
	serving := environment.Serving()
	if serving == "" {
		serving = environments.Nobody
	}
	logs := accesslogs.New(stack, "access-logs", accesslogs.Config{
		Target:     there,
		BucketName: environment.GlobalBucket("accesslogs"),
		Deliveries: environment.Edge.AccessLogs == environments.LogsToS3,
	})
	certificate := dns.NewEdgeCertificate(stack, "certificate", environment.DNS)

	made := edge.New(stack, "edge", edge.Config{
		Target:        there,
		Settings:      environment.Edge,
		PublicNames:   environment.DNS.PublicNames(),
		HostRedirects: environment.DNS.HostRedirects(),
		OriginName:    environment.DNS.Origin(),
		Headers: []edge.Header{
			{Name: header.Name, Value: header.Values[environment.LoadBalancer.OriginSecret]},
			{Name: environments.ServingHeader, Value: serving},
		},
		CertificateARN: certificate,
		ZoneARN:        zone.ARN,
		LogKeyARN:      key.ARN,
		AccessLogs:     logs,
		Static: edge.Static{
			BucketName: environment.GlobalBucket("static"),
			Region:     there.Region,
			AccessLogs: logs.Name,
		},
		Replica: staticReplica(environment),
	})
	dns.NewPublicNames(stack, "public-name", dns.PublicNamesConfig{
		Names:              environment.DNS.PublicNames(),
		ZoneID:             zone.ID,
		DistributionName:   made.DistributionName,
		DistributionZoneID: made.DistributionZoneID,
	})
	output(stack, "distribution_id", "the CloudFront distribution", made.DistributionID)
	output(stack, "static_bucket", "what builds publish static assets to, under static/", made.StaticBucketName)
	if len(made.SigningKeyIDs) > 0 {
		output(stack, "signing_key_ids",
			"the ids of edge.signing_keys in the file's order, one of which a signer names as Key-Pair-Id",
			strings.Join(made.SigningKeyIDs, ","))
	}
	output(stack, "serving", "the environment that serves, as the distribution tells the load balancers", serving)
	return &observability.Edge{
		DistributionID: made.DistributionID,
		WebACLName:     made.WebACL.Name,
		WebACLLogs:     made.WebACL.LogGroupName,
		RefusedByRule:  made.WebACL.RefusedByRule,
		CertificateARN: certificate,
	}
}

// staticReplications are what S3 copies out of us-east-1.
func staticReplications(environment environments.Environment) []observability.Replication {
	replica := staticReplica(environment)
	if replica == nil {
		return nil
	}
	return []observability.Replication{{
		ID:          "static",
		Source:      environment.GlobalBucket("static"),
		Destination: replica.BucketName,
		RuleID:      bucket.RuleID(replica.Region),
	}}
}
