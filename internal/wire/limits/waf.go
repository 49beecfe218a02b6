package limits

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

const wafGuide = "AWS WAF developer guide, "

func wafRules() []Rule {
	acl := []string{"wafv2 CreateWebACL", "wafv2 UpdateWebACL"}
	return []Rule{
		{"capacity of web ACLs", wafGuide + "'Web ACL capacity units (WCUs)'", acl, webACLCapacity},
		{"rules of web ACLs", "AWS WAF API, Rule", acl, webACLRules},
		{"IP sets", "WAFV2 API, IPSet; " + wafGuide + "'AWS WAF quotas'", []string{"wafv2 CreateIPSet", "wafv2 UpdateIPSet"},
			ipSets},
		{"references and rates of web ACLs", wafGuide + "'AWS WAF quotas'", acl, webACLReferences},
		{"custom responses", wafGuide + "'AWS WAF quotas'", acl, customResponses},
		{"logs of web ACLs", wafGuide + "'Logging web ACL traffic'", []string{"wafv2 PutLoggingConfiguration"}, webACLLogs},
	}
}

const (
	maxCapacity     = 5000    // of which the price of a web ACL includes 1,500
	maxResponseBody = 4 << 10 // bytes
)

// groupCapacity are the WCU of AWS's managed rule groups ('AWS Managed Rules rule groups list').
var groupCapacity = map[string]int{
	"AWSManagedRulesCommonRuleSet":          700,
	"AWSManagedRulesAdminProtectionRuleSet": 100,
	"AWSManagedRulesKnownBadInputsRuleSet":  200,
	"AWSManagedRulesSQLiRuleSet":            200,
	"AWSManagedRulesLinuxRuleSet":           200,
	"AWSManagedRulesUnixRuleSet":            100,
	"AWSManagedRulesWindowsRuleSet":         200,
	"AWSManagedRulesPHPRuleSet":             100,
	"AWSManagedRulesWordPressRuleSet":       100,
	"AWSManagedRulesAmazonIpReputationList": 25,
	"AWSManagedRulesAnonymousIpList":        50,
	"AWSManagedRulesBotControlRuleSet":      50,
	"AWSManagedRulesATPRuleSet":             50,
	"AWSManagedRulesACFPRuleSet":            50,
	"AWSManagedRulesAntiDDoSRuleSet":        50,
}

// plainCapacity are the WCU of statements that cost the same whatever they look for.
var plainCapacity = map[string]int{
	"GeoMatchStatement":                 1,
	"IPSetReferenceStatement":           1,
	"LabelMatchStatement":               1,
	"SizeConstraintStatement":           1,
	"AsnMatchStatement":                 1,
	"RegexMatchStatement":               3,
	"RegexPatternSetReferenceStatement": 25,
	"XssMatchStatement":                 40,
}

func webACLCapacity(call *protocol.Call, report *Report) {
	var input struct {
		Rules []struct {
			Name      string
			Statement map[string]any
		}
	}
	call.Into(&input)
	sum := 0
	for _, one := range input.Rules {
		units, err := Capacity(one.Statement)
		if err != nil {
			report.Breaks(".Rules", one.Name+": "+err.Error(), "a statement of known capacity")
		}
		sum += units
	}
	report.AtMost(".Rules", "WCU of a web ACL", sum, maxCapacity)
}

// Capacity is how many capacity units a statement costs, in the form of the API. One of an unknown kind is an error.
func Capacity(statement map[string]any) (int, error) { return capacityOfAll(statement) }

func capacityOf(statement map[string]map[string]any) (int, error) {
	sum := 0
	for kind, content := range statement {
		units, err := capacityOfKind(kind, content)
		if err != nil {
			return 0, err
		}
		sum += units + fieldCapacity(content)
	}
	return sum, nil
}

func capacityOfKind(kind string, content map[string]any) (int, error) {
	if units, found := plainCapacity[kind]; found {
		return units, nil
	}
	switch kind {
	case "ManagedRuleGroupStatement":
		units, found := groupCapacity[fmt.Sprint(content["Name"])]
		if !found {
			return 0, fmt.Errorf("unknown rule group %v", content["Name"])
		}
		inner, err := capacityOfAll(content["ScopeDownStatement"])
		return units + inner, err
	case "RateBasedStatement":
		keys, _ := content["CustomKeys"].([]any) // none where it is not given
		inner, err := capacityOfAll(content["ScopeDownStatement"])
		return 2 + 30*len(keys) + inner, err
	case "AndStatement", "OrStatement":
		return capacityOfAll(content["Statements"])
	case "NotStatement":
		return capacityOfAll(content["Statement"])
	case "ByteMatchStatement":
		if strings.HasPrefix(fmt.Sprint(content["PositionalConstraint"]), "CONTAINS") {
			return 10, nil
		}
		return 2, nil
	case "SqliMatchStatement":
		if content["SensitivityLevel"] == "HIGH" {
			return 30, nil
		}
		return 20, nil
	}
	return 0, fmt.Errorf("unknown statement %s", kind)
}

// capacityOfAll is the capacity of a statement or of a list of them.
func capacityOfAll(value any) (int, error) {
	switch v := value.(type) {
	case map[string]any:
		statement := map[string]map[string]any{}
		for kind, content := range v {
			statement[kind], _ = content.(map[string]any) // nil where it is empty
		}
		return capacityOf(statement)
	case []any:
		sum := 0
		for _, one := range v {
			units, err := capacityOfAll(one)
			if err != nil {
				return 0, err
			}
			sum += units
		}
		return sum, nil
	}
	return 0, nil
}

// fieldCapacity is what text transformations and all query arguments cost.
func fieldCapacity(content map[string]any) int {
	units := 0
	transformations, _ := content["TextTransformations"].([]any) // none where there are none
	for _, one := range transformations {
		if transformation, _ := one.(map[string]any); transformation["Type"] != "NONE" {
			units += 10
		}
	}
	if field, _ := content["FieldToMatch"].(map[string]any); field["AllQueryArguments"] != nil {
		units += 10
	}
	return units
}
