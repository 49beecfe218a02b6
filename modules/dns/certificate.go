package dns

import (
	"fmt"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/acmcertificate"
	certificatevalidation "github.com/cdktf/cdktf-provider-aws-go/aws/v19/acmcertificatevalidation"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53record"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// issueTimeout is how long to wait for a certificate. ACM takes minutes where the zone is found; the provider's 75
// minutes only help where it is not.
const issueTimeout = "30m"

// NewRegionalCertificate declares the certificate of the load balancer, for the origin's name and the public ones,
// which CloudFront forwards as Host, and returns its ARN once it is issued. makesRecords is false in a secondary, which
// leaves the proof of its names to its primary: two states with one record would take it from each other.
func NewRegionalCertificate(
	scope constructs.Construct, id string, zone Zone, settings environments.DNS, makesRecords bool,
) string {
	this := constructs.NewConstruct(scope, jsii.String(id))
	names := settings.CertifiedNames()
	certificate := newCertificate(this, "regional", names...)
	var records []string
	// This certificate carries every name, and ACM asks for the same record for the same name in every region of an
	// account (hashicorp/terraform-provider-aws#13653).
	if makesRecords {
		records = validationRecords(this, zone.ID, certificate, settings)
	}
	return validated(this, "regional", certificate, records)
}

// NewEdgeCertificate declares the certificate of the distribution, in us-east-1, where CloudFront looks for it, for all
// public names, and returns its ARN once it is issued. The load balancer's stack makes the records that prove its
// names. A certificate of the file's own is returned as it is.
func NewEdgeCertificate(scope constructs.Construct, id string, settings environments.DNS) string {
	if settings.CertificateARN != "" {
		return settings.CertificateARN
	}
	this := constructs.NewConstruct(scope, jsii.String(id))
	return validated(this, "edge", newCertificate(this, "edge", settings.PublicNames()...), nil)
}

// newCertificate declares a certificate for names, the first of them its subject.
func newCertificate(scope constructs.Construct, id string, names ...string) acmcertificate.AcmCertificate {
	config := &acmcertificate.AcmCertificateConfig{
		DomainName:       jsii.String(names[0]),
		ValidationMethod: jsii.String("DNS"),
		// A listener or distribution has to have one while another is made.
		Lifecycle: &cdktf.TerraformResourceLifecycle{CreateBeforeDestroy: jsii.Bool(true)},
	}
	if len(names) > 1 {
		config.SubjectAlternativeNames = jsii.Strings(names[1:]...)
	}
	return acmcertificate.NewAcmCertificate(scope, jsii.String(id+"-certificate"), config)
}

// validationRecords declares the records that prove the names of a certificate to ACM, one for each name that ACM
// validates, and returns their domain names. ACM wants the same record for a name and the wildcard before it (ACM User
// Guide, 'DNS validation'; terraform-aws-modules/terraform-aws-acm#3).
func validationRecords(
	scope constructs.Construct, zoneID string, certificate acmcertificate.AcmCertificate, settings environments.DNS,
) []string {
	var records []string
	for _, name := range settings.ProvenNames() {
		records = append(records, validationRecord(scope, "validation-"+proofID(settings, name), zoneID, certificate, name))
	}
	return records
}

// validationRecord declares the record that proves one name of a certificate, and returns its domain name. It has no
// `allow_overwrite`, by which a second state would take it over and delete it on its own destroy
// (terraform-aws-modules/terraform-aws-acm#84).
func validationRecord(
	scope constructs.Construct, id, zoneID string, certificate acmcertificate.AcmCertificate, name string,
) string {
	// By the name, and not by its place in the list: which records there are is known before the certificate is made.
	option := func(attribute string) *string {
		return jsii.String(fmt.Sprintf(
			"${one([for option in %s.domain_validation_options : option.%s if option.domain_name == %q])}",
			*certificate.Fqn(), attribute, name))
	}
	return *route53record.NewRoute53Record(scope, jsii.String(id), &route53record.Route53RecordConfig{
		ZoneId:  jsii.String(zoneID),
		Name:    option("resource_record_name"),
		Type:    option("resource_record_type"),
		Records: &[]*string{option("resource_record_value")},
		Ttl:     jsii.Number(300),
	}).Fqdn()
}

// proofID tells the record of a name from the others: the origin's and the main name's by what they are, whatever they
// are called. The name and its wildcard have one id, so that it stays while either does.
func proofID(settings environments.DNS, name string) string {
	switch name = strings.TrimPrefix(name, "*."); name {
	case settings.Origin():
		return "origin"
	case settings.Name:
		return "public"
	}
	return name
}

// validated waits until a certificate is issued and returns its ARN. Without records of this stack
// it waits for another's.
func validated(
	scope constructs.Construct, id string, certificate acmcertificate.AcmCertificate, records []string,
) string {
	config := &certificatevalidation.AcmCertificateValidationConfig{
		CertificateArn: certificate.Arn(),
		Timeouts:       &certificatevalidation.AcmCertificateValidationTimeouts{Create: jsii.String(issueTimeout)},
	}
	if records != nil {
		config.ValidationRecordFqdns = jsii.Strings(records...)
	}
	return *certificatevalidation.NewAcmCertificateValidation(scope, jsii.String(id+"-validation"), config).
		CertificateArn()
}
