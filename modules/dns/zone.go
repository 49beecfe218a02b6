// Package dns provides the names of an environment: its hosted zone, the certificates for them, the name that users
// call, and the names behind it that fail over between regions.
package dns

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawsroute53zone"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53zone"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/internal/target"
)

// ZoneConfig is what a hosted zone needs from the rest of the system.
type ZoneConfig struct {
	target.Target // unprotected, destroying the zone takes records along that Terraform did not make

	Settings environments.DNS // from the environment file
}

// MadeZone is what the parent domain must point at before anything else can be made, because a certificate in a zone
// that nobody finds is never issued.
type MadeZone struct {
	NameServers []string
	DSRecord    string // by which the parent vouches for a signed zone; empty of an unsigned one
}

// NewZone declares a hosted zone under scope, with the records that belong to it and not to what
// runs in an environment.
func NewZone(scope constructs.Construct, id string, config ZoneConfig) MadeZone {
	this := constructs.NewConstruct(scope, jsii.String(id))
	zone := route53zone.NewRoute53Zone(this, jsii.String("zone"), &route53zone.Route53ZoneConfig{
		Name:         jsii.String(config.Settings.Zone),
		Comment:      jsii.String("Names of the platform"),
		ForceDestroy: jsii.Bool(!config.Protected),
		Lifecycle:    stateful.Lifecycle(config.Protected),
	})
	records(this, *zone.ZoneId(), config.Settings)
	var made MadeZone
	for _, server := range *zone.NameServers() { // one token that stands for the list
		made.NameServers = append(made.NameServers, *server)
	}
	if config.Settings.DNSSEC {
		made.DSRecord = signZone(this, *zone.ZoneId(), config.Target)
	}
	return made
}

// Zone is a hosted zone, made by another stack or by somebody else.
type Zone struct{ ID, ARN string }

// LookUp finds the zone of an environment, by its id where the file names one, else by its name: of two public zones of
// a name, the provider refuses to choose.
func LookUp(scope constructs.Construct, id string, settings environments.DNS) Zone {
	config := &dataawsroute53zone.DataAwsRoute53ZoneConfig{Name: jsii.String(settings.Zone), PrivateZone: jsii.Bool(false)}
	if settings.ZoneID != "" {
		config = &dataawsroute53zone.DataAwsRoute53ZoneConfig{ZoneId: jsii.String(settings.ZoneID)}
	}
	zone := dataawsroute53zone.NewDataAwsRoute53Zone(scope, jsii.String(id), config)
	return Zone{ID: *zone.ZoneId(), ARN: *zone.Arn()}
}
