package limits

import (
	"fmt"
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
