package dns

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53record"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// DirectNamesConfig is what the public names of an environment without a distribution need from the rest of the
// system.
type DirectNamesConfig struct {
	Names      []string // the main one first: api.titan.example.com
	OriginName string   // origin.titan.example.com, which leads to the load balancer
	ZoneID     string   // of both
	Origin     cdktf.ITerraformDependable
}

// NewDirectNames declares the names that users call under scope, each an alias of the origin's name, for IPv4, which is
// what the load balancer has. The ids are those of the records that lead to a distribution: with an edge, or again
// without one, a record changes and none is made that is still there.
func NewDirectNames(scope constructs.Construct, id string, config DirectNamesConfig) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	for i, name := range config.Names {
		in := this
		if i > 0 {
			in = constructs.NewConstruct(this, jsii.String(name))
		}
		record := alias(config.ZoneID, name, config.OriginName, config.ZoneID)
		// Route 53 refuses an alias of a name in its zone that does not exist yet.
		record.DependsOn = &[]cdktf.ITerraformDependable{config.Origin}
		route53record.NewRoute53Record(in, jsii.String("dns"), record)
	}
}
