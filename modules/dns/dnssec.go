package dns

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	zonednssec "github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53hostedzonednssec"
	signingkey "github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53keysigningkey"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/encryption"
)

// signZone has Route 53 sign a zone, and returns the DS record by which the zone's parent vouches for it. It does not
// end while the parent has that record (KeySigningKeyInParentDSRecord, 18F/identity-terraform#130).
func signZone(scope constructs.Construct, zoneID string, there target.Target) string {
	key := signingkey.NewRoute53KeySigningKey(scope, jsii.String("key-signing-key"),
		&signingkey.Route53KeySigningKeyConfig{
			HostedZoneId:            jsii.String(zoneID),
			KeyManagementServiceArn: jsii.String(encryption.NewZoneSigning(scope, "encryption", there)),
			Name:                    jsii.String("platform"), // letters, digits and underscores
		})
	zonednssec.NewRoute53HostedZoneDnssec(scope, jsii.String("signing"), &zonednssec.Route53HostedZoneDnssecConfig{
		HostedZoneId: key.HostedZoneId(),
		// Signing ends before its key: Route 53 deletes none that is in use.
		DependsOn: &[]cdktf.ITerraformDependable{key},
	})
	return *key.DsRecord()
}
