package dns

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53record"
)

// NewNameCertificate declares the certificate of one name of an environment's own, with the record that proves it to
// ACM, and returns its ARN once it is issued. No other environment has the name, so that the record is this stack's.
func NewNameCertificate(scope constructs.Construct, id string, zone Zone, name string) string {
	this := constructs.NewConstruct(scope, jsii.String(id))
	certificate := newCertificate(this, "name", name)
	return validated(this, "name", certificate, []string{validationRecord(this, "validation", zone.ID, certificate, name)})
}

// NewName declares the record of a name that leads to a load balancer, for IPv4, which is what it has.
func NewName(scope constructs.Construct, id string, zone Zone, name string, to LoadBalancer) {
	route53record.NewRoute53Record(scope, jsii.String(id), alias(zone.ID, name, to.DNSName, to.ZoneID))
}
