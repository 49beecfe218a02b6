package emulator

import (
	"strings"
	"testing"
)

func TestAZoneIsSignedAndUnsignedInOrder(t *testing.T) {
	const (
		zone = "/2013-04-01/hostedzone/Z1"
		keys = "/2013-04-01/keysigningkey"
		make = `<CreateKeySigningKeyRequest><HostedZoneId>Z1</HostedZoneId><KeyManagementServiceArn>arn:aws:kms:us-east-1:1:key/x</KeyManagementServiceArn>` +
			`<Name>platform</Name><Status>ACTIVE</Status></CreateKeySigningKeyRequest>`
	)
	proxy := nowhere(t)
	for _, step := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", zone + "/dnssec", "", 200, "<ServeSignature>NOT_SIGNING</ServeSignature></Status><KeySigningKeys></KeySigningKeys>"},
		{"POST", zone + "/enable-dnssec", "", 400, "KeySigningKeyWithActiveStatusNotFound"},
		{"POST", keys, strings.Replace(make, "us-east-1", "eu-west-1", 1), 400, "InvalidKMSArn"},
		{"POST", keys, make, 200, ""},
		{"POST", zone + "/enable-dnssec", "", 200, ""},
		{"GET", zone + "/dnssec", "", 200, "<KmsArn>arn:aws:kms:us-east-1:1:key/x</KmsArn>"},
		{"GET", "/2013-04-01/hostedzone/Z2/dnssec", "", 200, "NOT_SIGNING"},
		{"POST", keys + "/Z1/platform/deactivate", "", 400, "KeySigningKeyInUse"},
		{"POST", zone + "/disable-dnssec", "", 200, ""},
		{"DELETE", keys + "/Z1/platform", "", 400, "InvalidKeySigningKeyStatus"},
		{"POST", keys + "/Z1/platform/deactivate", "", 200, ""},
		{"DELETE", keys + "/Z1/platform", "", 200, ""},
		{"DELETE", keys + "/Z1/platform", "", 400, "NoSuchKeySigningKey"},
	} {
		if status, body := call(t, proxy, step.method, step.path, "route53", nil, step.body); status != step.status || !strings.Contains(body, step.want) {
			t.Errorf("%s %s: %d %s, want %d %s", step.method, step.path, status, body, step.status, step.want)
		}
	}
}
