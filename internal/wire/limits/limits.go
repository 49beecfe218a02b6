// Package limits holds calls to what AWS documents and no model says: sizes of policies, counts, characters of names,
// what has to be in which region. Each rule names the page that says so.
package limits

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
	"github.com/titan-platform/titan/internal/wire/rule"
)

// Rule is a limit of one call.
type Rule struct {
	Name       string
	Source     string   // the page of AWS's that says so
	Operations []string // as protocol.Call.Name gives them; none is every operation
	Check      func(*protocol.Call, *Report)
}

// Total is a limit of several calls together, of which those that were refused are none.
type Total struct {
	Name, Source string
	Check        func([]*protocol.Call, *Report)
}

// Rules are all limits of one call.
func Rules() []Rule {
	return slices.Concat(
		nameRules(), tagRules(), policyRules(), regionRules(), valueRules(),
		ec2Rules(), loadBalancingRules(), wafRules(), cloudFrontRules(), edgePolicyRules(), edgeFunctionRules(),
		route53Rules(),
		lifecycleRules(), replicationRules(), databaseRules(), cacheRules(), backupRules(), eksRules(),
		alarmRules(), dashboardRules(), logRules(), eventRules(), budgetRules(), deliveryRules(),
	)
}

// Totals are all limits of several calls.
func Totals() []Total {
	return slices.Concat(roleTotals(), securityGroupTotals(), alarmTotals(), logTotals(), eventTotals())
}

// Report takes down what a rule says.
type Report struct {
	sheet        *rule.Sheet
	name, source string
}

// About says which call the next breaches are of.
func (r *Report) About(call *protocol.Call) *Report {
	r.sheet.Request = call.Number
	return r
}

// Breaks notes a breach: the member, what was sent, what is allowed.
func (r *Report) Breaks(member string, value any, limit string) {
	r.sheet.Breaks(member, "documented: "+r.name, value, limit)
	r.sheet.Breaches[len(r.sheet.Breaches)-1].Source = r.source
}

// AtMost notes how much of a limit is used, and a breach where it is more than all. what names the limit in the
// margins.
func (r *Report) AtMost(member, what string, amount, limit int) {
	if !r.sheet.Within(what, amount, limit) {
		r.Breaks(member, fmt.Sprintf("%d", amount), fmt.Sprintf("at most %d %s", limit, what))
	}
}

// Check holds one call to every rule of its operation.
func Check(rules []Rule, call *protocol.Call, sheet *rule.Sheet) {
	sheet.Request = call.Number
	for _, one := range rules {
		if len(one.Operations) > 0 && !slices.Contains(one.Operations, call.Name()) {
			continue
		}
		sheet.Checks["documented: "+one.Name]++
		one.Check(call, &Report{sheet: sheet, name: one.Name, source: one.Source})
	}
}

// CheckAll holds calls to what they may be together.
func CheckAll(totals []Total, calls []*protocol.Call, sheet *rule.Sheet) {
	accepted := slices.DeleteFunc(slices.Clone(calls), func(c *protocol.Call) bool { return c.Request.Status >= 400 })
	for _, one := range totals {
		sheet.Checks["documented: "+one.Name]++
		one.Check(accepted, &Report{sheet: sheet, name: one.Name, source: one.Source})
	}
}

// walk visits a value and everything in it, with its path.
func walk(path string, value any, visit func(path string, value any)) {
	visit(path, value)
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			walk(path+"."+key, inner, visit)
		}
	case []any:
		for i, inner := range v {
			walk(fmt.Sprintf("%s[%d]", path, i), inner, visit)
		}
	}
}

// member is the value at a path of names, nil where it was not given.
func member(input map[string]any, path string) any {
	var value any = input
	for name := range strings.SplitSeq(path, ".") {
		object, _ := value.(map[string]any) // nil has no members
		value = object[name]
	}
	return value
}

// text is the text at a path of names, empty where it was not given.
func text(input map[string]any, path string) string {
	value, _ := member(input, path).(string)
	return value
}

// named are the calls of an operation.
func named(calls []*protocol.Call, operations ...string) []*protocol.Call {
	return slices.DeleteFunc(slices.Clone(calls), func(c *protocol.Call) bool {
		return !slices.Contains(operations, c.Name())
	})
}
