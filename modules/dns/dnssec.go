package dns

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53hostedzonednssec"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53keysigningkey"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/encryption"
)

// signZone has Route 53 sign a zone, and returns the DS record by which the zone's parent vouches for it.
//
// Signing depends on its key, so that it ends first: Route 53 deletes no key that is in use. It ends neither while the
// parent has the DS record (KeySigningKeyInParentDSRecord, 18F/identity-terraform#130).
func signZone(scope constructs.Construct, zoneID string, there target.Target) string {
	key := route53keysigningkey.NewRoute53KeySigningKey(scope, jsii.String("key-signing-key"), &route53keysigningkey.Route53KeySigningKeyConfig{
		HostedZoneId:            jsii.String(zoneID),
		KeyManagementServiceArn: jsii.String(encryption.NewZoneSigning(scope, "encryption", there)),
		Name:                    jsii.String("platform"), // letters, digits and underscores
	})
	route53hostedzonednssec.NewRoute53HostedZoneDnssec(scope, jsii.String("signing"), &route53hostedzonednssec.Route53HostedZoneDnssecConfig{
		HostedZoneId: key.HostedZoneId(),
		DependsOn:    &[]cdktf.ITerraformDependable{key},
	})
	return *key.DsRecord()
}
