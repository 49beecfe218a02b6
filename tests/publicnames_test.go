package tests

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
)

// furtherNames are an apex that redirects, a wildcard, and the name that the wildcard shares its proof with.
func furtherNames(e *environments.Environment) {
	e.DNS.Names = []environments.PublicName{
		{Name: "titan.example.com", RedirectTo: "www.titan.example.com"}, {Name: "www.titan.example.com"},
		{Name: "*.shop.titan.example.com"}, {Name: "shop.titan.example.com"},
	}
}

// whole are all public names of that production, and its proven names by the ends of their records' addresses.
var (
	whole = []any{
		"api.titan.example.com", "titan.example.com", "www.titan.example.com", "*.shop.titan.example.com",
		"shop.titan.example.com",
	}
	proven = map[string]string{
		"origin": "origin.titan.example.com", "public": "api.titan.example.com", "titan.example.com": "titan.example.com",
		"www.titan.example.com": "www.titan.example.com", "shop.titan.example.com": "*.shop.titan.example.com",
	}
)

func TestFurtherNamesAreServed(t *testing.T) {
	made := variants(t, "prod", furtherNames)
	global := made["prod.global"]
	cdn := global.Resource(t, "aws_cloudfront_distribution", "edge/cdn")
	cdn.WantValue(t, "aliases", whole)
	var leading []any
	for _, record := range global.Resources("aws_route53_record") {
		if record.At("type") == "AAAA" {
			record.WantReference(t, "alias.name", cdn)
			leading = append(leading, record.At("name"))
		}
	}
	for _, name := range whole {
		if !contains(leading, name) {
			t.Errorf("no record of IPv6 leads from %v to the distribution: %v", name, leading)
		}
	}
	// The application hears of all but those that redirect.
	release := made["prod.platform"].Resource(t, "helm_release", "birthday-app")
	if values := fmt.Sprint(release.At("values")); !strings.Contains(values, `*.shop.titan.example.com`) ||
		strings.Contains(values, `"titan.example.com"`) {
		t.Errorf("the release's hosts: %s", values)
	}
}

func TestFurtherNamesAreOnBothCertificatesAndProvenOnce(t *testing.T) {
	made := variants(t, "prod", furtherNames)
	edge := made["prod.global"].Resource(t, "aws_acm_certificate", "certificate/edge-certificate")
	edge.WantValue(t, "domain_name", whole[0])
	edge.WantValue(t, "subject_alternative_names", whole[1:])
	home := made["prod"]
	regional := home.Resource(t, "aws_acm_certificate", "certificate/regional-certificate")
	regional.WantValue(t, "subject_alternative_names", whole)
	validation := home.Resource(t, "aws_acm_certificate_validation", "certificate/regional-validation")
	if n := len(synth.List(validation.At("validation_record_fqdns"))); n != len(proven) {
		t.Errorf("the certificate waits for %d records, want %d", n, len(proven))
	}
	for id, name := range proven {
		record := home.Resource(t, "aws_route53_record", "certificate/validation-"+id)
		if content := fmt.Sprint(record.At("name")); !strings.Contains(content,
			fmt.Sprintf("option.domain_name == %q", name)) {
			t.Errorf("the record of %s is %s", name, content)
		}
		if waits := fmt.Sprint(validation.At("validation_record_fqdns")); !strings.Contains(waits, record.Address+".fqdn") {
			t.Errorf("the certificate does not wait for %s: %s", record.Address, waits)
		}
	}
	// Records are known by what they prove: one more name changes no address of the others.
	for _, before := range stack(t, "prod").Resources("aws_route53_record") {
		if home.Find("aws_route53_record", strings.TrimPrefix(before.Address, "aws_route53_record.")).Address != before.Address {
			t.Errorf("%s has another address with further names", before.Address)
		}
	}
}

func TestACertificateOfOnesOwn(t *testing.T) {
	const arn = "arn:aws:acm:us-east-1:333333333333:certificate/own"
	made := variants(t, "prod", func(e *environments.Environment) { furtherNames(e); e.DNS.CertificateARN = arn })
	global := made["prod.global"]
	global.Resource(t, "aws_cloudfront_distribution", "edge/cdn").
		WantValue(t, "viewer_certificate.acm_certificate_arn", arn)
	if asked := global.Resources("aws_acm_certificate"); len(asked) > 0 {
		t.Errorf("ACM is asked for %v beside it", asked)
	}
	// What ACM may not issue, because the zone allows another authority alone, is not waited for.
	regional := made["prod"].Resource(t, "aws_acm_certificate", "certificate/regional-certificate")
	regional.WantValue(t, "domain_name", "origin.titan.example.com")
	regional.WantAbsent(t, "subject_alternative_names")
}

func TestTheZonesOtherRecords(t *testing.T) {
	text := strings.Repeat("k", 600)
	zone := variants(t, "prod", func(e *environments.Environment) {
		e.DNS.Records = []environments.Record{
			{Name: "titan.example.com", Type: environments.MX, Values: []string{"10 mail.example.org"}, TTL: 60},
			{Name: "k._domainkey.titan.example.com", Type: environments.TXT, Values: []string{text}, TTL: 300},
		}
		e.DNS.Delegations = []environments.Delegation{
			{Name: "dev.titan.example.com", NameServers: []string{"a.example.org", "b.example.org"}, DS: []string{"1 13 2 AB"}},
		}
	})["prod.zone"]
	made := zone.Resource(t, "aws_route53_zone", "dns/zone")
	for name, want := range map[string][]any{
		"dns/mx-titan.example.com":               {"10 mail.example.org"},
		"dns/txt-k._domainkey.titan.example.com": {text[:255] + `" "` + text[:255] + `" "` + text[:90]},
		"dns/ns-dev.titan.example.com":           {"a.example.org", "b.example.org"},
		"dns/ds-dev.titan.example.com":           {"1 13 2 AB"},
	} {
		record := zone.Resource(t, "aws_route53_record", name)
		record.WantValue(t, "records", want)
		record.WantReference(t, "zone_id", made)
	}
	if types := zone.Types(); !slices.Equal(types, []string{"aws_route53_record", "aws_route53_zone"}) {
		t.Errorf("an unsigned zone has %v", types)
	}
}

// Signing ends before its key, and that before the key of KMS: Route 53 deletes none that is in use.
func TestASignedZone(t *testing.T) {
	made := variants(t, "prod", func(e *environments.Environment) { e.DNS.DNSSEC = true })
	zone := made["prod.zone"]
	if region := tabled(t, "prod.zone").Region; region != "us-east-1" {
		t.Errorf("the key is in %s, and Route 53 takes one of us-east-1", region)
	}
	kms := zone.Resource(t, "aws_kms_key", "dns/encryption/dnssec_kms")
	for argument, want := range map[string]any{
		"customer_master_key_spec":  "ECC_NIST_P256",
		"key_usage":                 "SIGN_VERIFY",
		"lifecycle.prevent_destroy": true,
	} {
		kms.WantValue(t, argument, want)
	}
	kms.WantAbsent(t, "enable_key_rotation") // KMS refuses it of an asymmetric key
	for _, action := range []string{"kms:DescribeKey", "kms:GetPublicKey", "kms:Sign", "kms:CreateGrant"} {
		if policy := fmt.Sprint(kms.At("policy")); !strings.Contains(policy, action) {
			t.Errorf("the key's policy lacks %s, and Route 53 refuses it: %s", action, policy)
		}
	}
	key := zone.Resource(t, "aws_route53_key_signing_key", "dns/key-signing-key")
	key.WantReference(t, "key_management_service_arn", kms)
	key.WantReference(t, "hosted_zone_id", zone.Resource(t, "aws_route53_zone", "dns/zone"))
	zone.Resource(t, "aws_route53_hosted_zone_dnssec", "dns/signing").WantReference(t, "hosted_zone_id", key)
	outputs, _ := zone.Root["output"].(map[string]any)
	if names := slices.Sorted(maps.Keys(outputs)); !slices.Equal(names, []string{"ds_record", "name_servers"}) {
		t.Errorf("outputs %v", names)
	}
}
