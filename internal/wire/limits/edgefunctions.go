package limits

import (
	"encoding/pem"
	"strings"

	"github.com/titan-platform/titan/internal/viewerrequest"
	"github.com/titan-platform/titan/internal/wire/protocol"
)

func edgeFunctionRules() []Rule {
	return []Rule{
		{"edge functions", "CloudFront developer guide, 'Quotas on CloudFront Functions'", []string{
			"cloudfront CreateFunction", "cloudfront UpdateFunction",
		}, edgeFunctions},
		{"signing keys", "CloudFront developer guide, 'Quotas on key groups'", []string{
			"cloudfront CreateKeyGroup", "cloudfront UpdateKeyGroup",
		}, keyGroups},
		{"public keys", "CloudFront API, PublicKeyConfig", []string{"cloudfront CreatePublicKey"}, publicKeys},
	}
}

func edgeFunctions(call *protocol.Call, report *Report) {
	var input struct {
		FunctionCode   []byte
		FunctionConfig struct{ Comment, Runtime string }
	}
	call.Into(&input)
	report.AtMost(".FunctionCode", "bytes of a function", len(input.FunctionCode), viewerrequest.MostBytes)
	report.AtMost(".FunctionConfig.Comment", "characters of a function's comment",
		len([]rune(input.FunctionConfig.Comment)), 128)
}

func keyGroups(call *protocol.Call, report *Report) {
	var input struct {
		KeyGroupConfig struct{ Items []string }
	}
	call.Into(&input)
	report.AtMost(".KeyGroupConfig.Items", "public keys of a key group", len(input.KeyGroupConfig.Items), 5)
}

func publicKeys(call *protocol.Call, report *Report) {
	var input struct {
		PublicKeyConfig struct{ EncodedKey string }
	}
	call.Into(&input)
	key := input.PublicKeyConfig.EncodedKey
	if block, rest := pem.Decode([]byte(key)); block == nil || block.Type != "PUBLIC KEY" ||
		strings.TrimSpace(string(rest)) != "" {
		report.Breaks(".PublicKeyConfig.EncodedKey", key, "a public key in PEM")
	}
}
