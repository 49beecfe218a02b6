package rdsca

import (
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
)

func TestEveryRootSignsItselfAndLasts(t *testing.T) {
	regions := map[string]int{}
	for rest := roots; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		name := certificate.Subject.CommonName
		if !certificate.IsCA || certificate.CheckSignatureFrom(certificate) != nil {
			t.Errorf("%s is not a certificate authority that signs itself", name)
		}
		if certificate.NotAfter.Before(time.Date(2060, 1, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s ends on %s", name, certificate.NotAfter)
		}
		if certificate.Subject.Organization[0] != "Amazon Web Services, Inc." {
			t.Errorf("%s is %s's", name, certificate.Subject.Organization)
		}
		regions[strings.Fields(name)[2]]++
	}
	for region, count := range regions {
		if count != 3 {
			t.Errorf("%s has %d roots, not one for each kind of key", region, count)
		}
		bundle, err := Bundle(region)
		if err != nil || strings.Count(bundle, "BEGIN CERTIFICATE") != 3 {
			t.Errorf("the bundle of %s: %q, %v", region, bundle, err)
		}
	}
}

// A region without roots would fail only when its platform stack is built.
func TestEveryRegionOfAnEnvironmentHasRoots(t *testing.T) {
	for _, region := range environments.Regions() {
		if _, err := Bundle(string(region)); err != nil {
			t.Error(err)
		}
	}
}

func TestAnUnknownRegionSaysWhereTheCertificatesAre(t *testing.T) {
	_, err := Bundle("xx-west-1")
	if err == nil ||
		!strings.Contains(err.Error(), "https://truststore.pki.rds.amazonaws.com/xx-west-1/xx-west-1-bundle.pem") {
		t.Error(err)
	}
}
