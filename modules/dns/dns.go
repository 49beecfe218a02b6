// Package dns provides the names of an environment: its hosted zone, the certificates for them, the name that users call, and the
// name behind it that fails over between regions.
package dns

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawsroute53zone"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53zone"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// Config is what the names need from the rest of the system.
type Config struct {
	Settings environments.DNS // from the environment file

	// MakesValidationRecords is whether this environment makes the records that prove its names to ACM. ACM asks for the same record for the
	// same name in every region of an account (hashicorp/terraform-provider-aws#13653), so a secondary, which has its primary's names, leaves them
	// to its primary: two states with one record would take it from each other.
	MakesValidationRecords bool

	ForceDestroy   bool                    // whether destroying the zone may take records along that Terraform did not make
	Edge           bool                    // whether the environment has a distribution of its own
	GlobalProvider cdktf.TerraformProvider // AWS in us-east-1, where CloudFront looks for its certificate; nil where the stack's own is there
}

// Output is what other modules may use.
type Output struct {
	ZoneID, ZoneARN string
	// Certificates wait for their validation: who uses one by its ARN gets one that is issued.
	RegionalCertificateARN string // for the load balancer: the origin's name and the public one, which CloudFront forwards as Host
	EdgeCertificateARN     string // for the distribution, in us-east-1: the public name; empty without a distribution
}

// New declares the zone, the certificates and their validation under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	zone, zoneARN := newZone(this, config)

	regional := newCertificate(this, "regional", nil, config.Settings.Origin(), config.Settings.Name)
	var records map[string]string
	if config.MakesValidationRecords {
		records = validationRecords(this, zone, regional, config.Settings)
	}
	output := Output{
		ZoneID:                 zone,
		ZoneARN:                zoneARN,
		RegionalCertificateARN: validated(this, "regional", nil, regional, records, config.Settings.Origin(), config.Settings.Name),
	}
	if config.Edge {
		edge := newCertificate(this, "edge", config.GlobalProvider, config.Settings.Name)
		output.EdgeCertificateARN = validated(this, "edge", config.GlobalProvider, edge, records, config.Settings.Name)
	}
	return output
}

// NewUndelegated declares the zone alone, and returns its name servers: what the parent domain must point at before anything else can be made,
// because a certificate in a zone that nobody finds is never issued.
func NewUndelegated(scope constructs.Construct, id string, config Config) []string {
	this := constructs.NewConstruct(scope, jsii.String(id))
	var servers []string
	for _, server := range *makeZone(this, config).NameServers() { // one token that stands for the list
		servers = append(servers, *server)
	}
	return servers
}

func newZone(scope constructs.Construct, config Config) (id, arn string) {
	if config.Settings.CreateZone {
		zone := makeZone(scope, config)
		return *zone.ZoneId(), *zone.Arn()
	}
	zone := dataawsroute53zone.NewDataAwsRoute53Zone(scope, jsii.String("zone"), &dataawsroute53zone.DataAwsRoute53ZoneConfig{
		Name:        jsii.String(config.Settings.Zone),
		PrivateZone: jsii.Bool(false),
	})
	return *zone.ZoneId(), *zone.Arn()
}

func makeZone(scope constructs.Construct, config Config) route53zone.Route53Zone {
	return route53zone.NewRoute53Zone(scope, jsii.String("zone"), &route53zone.Route53ZoneConfig{
		Name:         jsii.String(config.Settings.Zone),
		Comment:      jsii.String("Names of the platform"),
		ForceDestroy: jsii.Bool(config.ForceDestroy),
	})
}
