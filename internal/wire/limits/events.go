package limits

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func eventRules() []Rule {
	return []Rule{
		{"event patterns", "EventBridge user guide, 'Event patterns' and 'Amazon EventBridge quotas'",
			[]string{"events PutRule"}, eventPatterns},
		{"input transformers", "EventBridge API, InputTransformer", []string{"events PutTargets"}, inputTransformers},
	}
}

func eventTotals() []Total {
	return []Total{{"targets of rules", "EventBridge user guide, 'Amazon EventBridge quotas'", targetsOfRules}}
}

var inList = regexp.MustCompile(`\[\d+\]`)

func eventPatterns(call *protocol.Call, report *Report) {
	document := text(call.Input, "EventPattern")
	if document == "" {
		return // a rule on a schedule
	}
	report.AtMost(".EventPattern", "characters of an event pattern", len(document), 2048)
	var pattern any
	if err := json.Unmarshal([]byte(document), &pattern); err != nil {
		report.Breaks(".EventPattern", err.Error(), "JSON")
		return
	}
	walk("", pattern, func(path string, value any) {
		switch value.(type) {
		case map[string]any, []any:
			return
		}
		if !inList.MatchString(path) {
			report.Breaks(".EventPattern"+path, value, "a list as each leaf")
		}
	})
}

// target is a target of a rule.
type target struct {
	ID               string
	InputTransformer struct {
		InputPathsMap map[string]string
		InputTemplate string
	}
}

var placeholder = regexp.MustCompile(`<([A-Za-z0-9_]+)>`)

func inputTransformers(call *protocol.Call, report *Report) {
	var input struct{ Targets []target }
	call.Into(&input)
	for _, one := range input.Targets {
		names := one.InputTransformer.InputPathsMap
		report.AtMost(".Targets.InputTransformer.InputPathsMap", "names of an input transformer", len(names), 100)
		for name := range names {
			if strings.HasPrefix(strings.ToUpper(name), "AWS") {
				report.Breaks(".Targets.InputTransformer.InputPathsMap", name, "a name that does not begin with AWS")
			}
		}
		for _, found := range placeholder.FindAllStringSubmatch(one.InputTransformer.InputTemplate, -1) {
			if _, known := names[found[1]]; !known && !strings.HasPrefix(found[1], "aws") {
				report.Breaks(".Targets.InputTransformer.InputTemplate", found[1], "a name of InputPathsMap")
			}
		}
	}
}

func targetsOfRules(calls []*protocol.Call, report *Report) {
	type rule struct{ region, bus, name string }
	targets := map[rule]map[string]bool{}
	for _, call := range calls {
		var input struct {
			EventBusName, Rule string
			Targets            []target
			IDs                []string
		}
		call.Into(&input)
		key := rule{call.Request.Endpoint, input.EventBusName, input.Rule}
		switch call.Name() {
		case "events PutTargets":
			for _, one := range input.Targets {
				report.About(call).AtMost(".Targets", "targets of a rule", add(targets, key, one.ID), 5)
			}
		case "events RemoveTargets":
			for _, id := range input.IDs {
				delete(targets[key], id)
			}
		}
	}
}
