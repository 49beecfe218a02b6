package limits

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func webACLRules(call *protocol.Call, report *Report) {
	var input struct {
		Scope string
		Rules []struct {
			Name                   string
			Priority               int
			Action, OverrideAction any
			Statement              map[string]any
		}
	}
	call.Into(&input)
	if input.Scope == "CLOUDFRONT" && call.Request.Region != northVirginia {
		report.Breaks(".Scope", "CLOUDFRONT in "+call.Request.Region, "CLOUDFRONT in "+northVirginia)
	}
	names, priorities := map[string]bool{}, map[int]bool{}
	for i, one := range input.Rules {
		at := fmt.Sprintf(".Rules[%d]", i)
		if names[one.Name] || priorities[one.Priority] {
			report.Breaks(at, fmt.Sprintf("%s, priority %d", one.Name, one.Priority),
				"a name and a priority that no other rule has")
		}
		names[one.Name], priorities[one.Priority] = true, true
		isGroup := one.Statement["ManagedRuleGroupStatement"] != nil || one.Statement["RuleGroupReferenceStatement"] != nil
		if isGroup != (one.OverrideAction != nil) || isGroup == (one.Action != nil) {
			report.Breaks(at, one.Name, "OverrideAction for a group, Action for another rule")
		}
	}
}

// webACLReferences counts what a web ACL has a fixed number of.
func webACLReferences(call *protocol.Call, report *Report) {
	references, rates := 0, 0
	eachMember(call.Input["Rules"], func(name string, value any) {
		switch name {
		case "IPSetReferenceStatement", "RegexPatternSetReferenceStatement", "RuleGroupReferenceStatement",
			"ManagedRuleGroupStatement":
			references++
		case "RateBasedStatement":
			rates++
		case "RegexString":
			report.AtMost(".Rules", "characters of a regular expression", len(fmt.Sprint(value)), 200)
		}
	})
	report.AtMost(".Rules", "references of a web ACL", references, 50)
	report.AtMost(".Rules", "rate-based rules of a web ACL", rates, 10)
}

// eachMember visits every member of every object in a value.
func eachMember(value any, visit func(name string, value any)) {
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			eachMember(one, visit)
		}
	case map[string]any:
		for name, inner := range v {
			visit(name, inner)
			eachMember(inner, visit)
		}
	}
}

func ipSets(call *protocol.Call, report *Report) {
	addresses := texts(call.Input["Addresses"])
	report.AtMost(".Addresses", "addresses of an IP set", len(addresses), 10_000)
	for _, address := range addresses {
		block, err := netip.ParsePrefix(address)
		if err != nil || block != block.Masked() || block.Bits() == 0 {
			report.Breaks(".Addresses", address, "a network's address with its length, but /0")
			continue
		}
		version := text(call.Input, "IPAddressVersion") // an update does not say it
		if version != "" && (version == "IPV4") != block.Addr().Is4() {
			report.Breaks(".Addresses", address, "an address of version "+version)
		}
	}
}

func customResponses(call *protocol.Call, report *Report) {
	var input struct {
		CustomResponseBodies map[string]struct{ Content string }
	}
	call.Into(&input)
	for key, body := range input.CustomResponseBodies {
		report.AtMost(".CustomResponseBodies."+key+".Content", "bytes of a custom response body",
			len(body.Content), maxResponseBody)
	}
}

func webACLLogs(call *protocol.Call, report *Report) {
	const prefix = "aws-waf-logs-"
	for _, destination := range texts(member(call.Input, "LoggingConfiguration.LogDestinationConfigs")) {
		name := strings.TrimSuffix(destination, ":*")
		name = name[strings.LastIndexAny(name, ":/")+1:]
		if !strings.HasPrefix(name, prefix) {
			report.Breaks(".LoggingConfiguration.LogDestinationConfigs", destination, "a name that begins with "+prefix)
		}
	}
}
