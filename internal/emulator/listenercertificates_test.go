package emulator

import (
	"strings"
	"testing"
)

func TestAListenerKeepsItsCertificates(t *testing.T) {
	proxy := nowhere(t)
	const one, two = "arn%3Aaws%3Aelasticloadbalancing%3Aeu-west-1%3A1%3Alistener%2Fa", "arn%3Aaws%3Aelasticloadbalancing%3Aeu-west-1%3A1%3Alistener%2Fab"
	for _, step := range []struct{ form, says, lacks string }{
		{"Action=AddListenerCertificates&ListenerArn=" + one + "&Certificates.member.1.CertificateArn=c1", "<CertificateArn>c1<", ""},
		{"Action=AddListenerCertificates&ListenerArn=" + two + "&Certificates.member.1.CertificateArn=c2", "<CertificateArn>c2<", "c1"},
		{"Action=DescribeListenerCertificates&ListenerArn=" + one, "<CertificateArn>c1<", "c2"},
		{"Action=RemoveListenerCertificates&ListenerArn=" + one + "&Certificates.member.1.CertificateArn=c1", "<Certificates></Certificates>", "c1"},
		{"Action=DescribeListenerCertificates&ListenerArn=" + one, "<Certificates></Certificates>", "c1"},
	} {
		status, body := call(t, proxy, "POST", "/", "elasticloadbalancing", query, step.form)
		if status != 200 || !strings.Contains(body, step.says) || step.lacks != "" && strings.Contains(body, step.lacks) {
			t.Errorf("%s: %d %s", step.form, status, body)
		}
	}
}
