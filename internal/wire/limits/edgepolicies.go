package limits

import (
	"strings"
	"unicode/utf8"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func edgePolicyRules() []Rule {
	return []Rule{{"edge policies", "CloudFront developer guide, 'Quotas'", []string{
		"cloudfront CreateCachePolicy", "cloudfront CreateOriginRequestPolicy", "cloudfront CreateResponseHeadersPolicy",
	}, edgePolicies}}
}

func edgePolicies(call *protocol.Call, report *Report) {
	checkQuantities(call, report)
	walk("", call.Input, func(path string, value any) {
		if list, isList := value.([]any); isList && strings.HasSuffix(path, "Headers.Items") {
			report.AtMost(path, "headers of a CloudFront policy", len(list), 10)
		}
		if comment, isText := value.(string); isText && strings.HasSuffix(path, ".Comment") {
			report.AtMost(path, "characters of a CloudFront policy's comment", utf8.RuneCountInString(comment), 128)
		}
	})
}

// checkQuantities compares each Quantity of CloudFront's with the number of Items beside it
// ('InconsistentQuantities').
func checkQuantities(call *protocol.Call, report *Report) {
	walk("", call.Input, func(path string, value any) {
		object, _ := value.(map[string]any) // nil has no quantity
		quantity, given := object["Quantity"].(int64)
		items, _ := object["Items"].([]any) // none may be left out
		if given && int(quantity) != len(items) {
			report.Breaks(path+".Quantity", quantity, "the number of Items")
		}
	})
}
