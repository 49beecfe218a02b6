package limits

import (
	"github.com/titan-platform/titan/internal/wire/protocol"
)

func valueRules() []Rule {
	return []Rule{
		{"values of parameters", "Systems Manager API, PutParameter", []string{"ssm PutParameter"}, parameterValues},
		{"values of secrets", "Secrets Manager user guide, 'Quotas'", []string{"secretsmanager CreateSecret",
			"secretsmanager PutSecretValue"},
			secretValues},
		{"names of certificates", "ACM user guide, 'Quotas'; ACM API, RequestCertificate",
			[]string{"acm RequestCertificate"}, certificateNames},
	}
}

func parameterValues(call *protocol.Call, report *Report) {
	size := len(text(call.Input, "Value"))
	switch text(call.Input, "Tier") {
	case "Advanced", "Intelligent-Tiering":
		report.AtMost(".Value", "bytes of an advanced parameter", size, 8<<10)
	default:
		report.AtMost(".Value", "bytes of a standard parameter", size, 4<<10)
	}
}

func secretValues(call *protocol.Call, report *Report) {
	report.AtMost(".SecretString", "bytes of a secret", len(text(call.Input, "SecretString")), 64<<10)
}

func certificateNames(call *protocol.Call, report *Report) {
	others := texts(call.Input["SubjectAlternativeNames"])
	names := map[string]bool{text(call.Input, "DomainName"): true}
	for _, name := range others {
		names[name] = true
	}
	report.AtMost(".SubjectAlternativeNames", "names of a certificate", len(names), 10)
	report.AtMost(".DomainName", "octets of a certificate's name", len(text(call.Input, "DomainName")), 64)
}
