package dns

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/acmcertificate"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/acmcertificatevalidation"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53record"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// issueTimeout is how long to wait for a certificate. ACM takes minutes where the zone is found; the provider's 75 minutes only help
// where it is not.
const issueTimeout = "30m"

// newCertificate declares a certificate for names, the first of them its subject. provider nil is the stack's own.
func newCertificate(scope constructs.Construct, id string, provider cdktf.TerraformProvider, names ...string) acmcertificate.AcmCertificate {
	config := &acmcertificate.AcmCertificateConfig{
		Provider:         provider,
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

// validationRecords declares the records that prove the names of a certificate to ACM, one for each distinct name, and returns their domain
// names, by the name they prove.
//
// They have no `allow_overwrite`, which would let a second state take a record over and delete it on its own destroy
// (terraform-aws-modules/terraform-aws-acm#84). A record's content is looked up in the certificate by name: which records there are is known
// before the certificate is.
func validationRecords(scope constructs.Construct, zoneID string, certificate acmcertificate.AcmCertificate, settings environments.DNS) map[string]string {
	records := map[string]string{}
	for _, proven := range []struct{ id, name string }{{"origin", settings.Origin()}, {"public", settings.Name}} {
		option := func(attribute string) *string {
			return jsii.String(fmt.Sprintf("${one([for option in %s.domain_validation_options : option.%s if option.domain_name == %q])}",
				*certificate.Fqn(), attribute, proven.name))
		}
		records[proven.name] = *route53record.NewRoute53Record(scope, jsii.String("validation-"+proven.id), &route53record.Route53RecordConfig{
			ZoneId:  jsii.String(zoneID),
			Name:    option("resource_record_name"),
			Type:    option("resource_record_type"),
			Records: &[]*string{option("resource_record_value")},
			Ttl:     jsii.Number(300),
		}).Fqdn()
	}
	return records
}

// validated waits until a certificate is issued and returns its ARN. Without records of this stack it waits for another's.
func validated(scope constructs.Construct, id string, provider cdktf.TerraformProvider, certificate acmcertificate.AcmCertificate, records map[string]string, names ...string) string {
	config := &acmcertificatevalidation.AcmCertificateValidationConfig{
		Provider:       provider,
		CertificateArn: certificate.Arn(),
		Timeouts:       &acmcertificatevalidation.AcmCertificateValidationTimeouts{Create: jsii.String(issueTimeout)},
	}
	if records != nil {
		var domainNames []*string
		for _, name := range names {
			domainNames = append(domainNames, jsii.String(records[name]))
		}
		config.ValidationRecordFqdns = &domainNames
	}
	return *acmcertificatevalidation.NewAcmCertificateValidation(scope, jsii.String(id+"-validation"), config).CertificateArn()
}
