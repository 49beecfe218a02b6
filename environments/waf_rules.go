package environments

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/titan-platform/titan/internal/suggest"
	"github.com/titan-platform/titan/internal/wafrules"
)

func (w WAF) validate(say report, known known, edge Edge) {
	if known("edge.enabled", "edge.waf.inspected_kib", "edge.waf.body_limit_kib") {
		w.validateBody(say, edge.Enabled)
	}
	validatePaths(say, "edge.waf.uploads", w.Uploads)
	for _, list := range []struct {
		path   string
		blocks []string
	}{{"edge.waf.deny", w.Deny}, {"edge.waf.allow", w.Allow}} {
		validateBlocks(say, list.path, list.blocks)
	}
	if known("edge.waf.deny", "edge.waf.allow") {
		w.validateLists(say)
	}
	w.validateRates(say)
	if known("edge.waf.bot_control") {
		w.validateExceptions(say)
	}
}

// validateBody holds the limit to what WAF sees of a body.
func (w WAF) validateBody(say report, hasDistribution bool) {
	inspected, remedy := int(w.InspectedKiB), "raise inspected_kib (up to 64), or name the paths in uploads"
	if !hasDistribution {
		if inspected != 16 {
			say("edge.waf.inspected_kib", "is %d, and there is no distribution: a load balancer shows AWS WAF %d KiB of a "+
				"body, and nothing changes that; remove the line", inspected, regionalInspectedKiB)
		}
		inspected, remedy = regionalInspectedKiB, "or name the paths in uploads"
	}
	if w.BodyLimitKiB > inspected {
		say("edge.waf.body_limit_kib", "is %d, and AWS WAF sees the first %d KiB of a body: it can't tell how large a "+
			"larger one is; choose at most %[2]d, %s", w.BodyLimitKiB, inspected, remedy)
	}
	if w.BodyLimitKiB == 0 && len(w.Uploads) > 0 {
		say("edge.waf.uploads", "are set beside body_limit_kib: 0, without which every path takes uploads; remove one "+
			"of the lines")
	}
}

// validateLists refuses a block that is allowed within one that is denied: the deny list is asked first. The other way
// round is an exception from what is allowed.
func (w WAF) validateLists(say report) {
	for i, text := range w.Allow {
		for _, allowed := range prefixes([]string{text}) {
			for _, denied := range prefixes(w.Deny) {
				if denied.Bits() <= allowed.Bits() && denied.Overlaps(allowed) {
					say(join("edge.waf.allow", strconv.Itoa(i)), "is %q, within %s of deny, which is asked first; remove one of "+
						"them", text, denied)
				}
			}
		}
	}
}

func (w WAF) validateRates(say report) {
	var names []string
	for i, one := range w.RateLimits {
		if slices.Contains(names, one.Name) {
			say(item("edge.waf.rate_limits", i, "name"), "is %q, and another limit has that name; rename one of them", one.Name)
		}
		names = append(names, one.Name)
		validatePaths(say, item("edge.waf.rate_limits", i, "paths"), one.Paths)
	}
}

func (w WAF) validateExceptions(say report) {
	hasBots := w.BotControl != BotControlOff
	known := wafrules.ManagedRules(hasBots)
	var seen []string
	for i, one := range w.Exceptions {
		at := item("edge.waf.exceptions", i, "rule")
		why := wafrules.WhyNot(one.Rule)
		switch {
		case why != "":
			say(at, "is %q, which %s; remove the row", one.Rule, why)
		case !slices.Contains(known, one.Rule) && slices.Contains(wafrules.ManagedRules(true), one.Rule):
			say(at, "is %q, a rule of bot control, which is off; remove the row or set bot_control", one.Rule)
		case !slices.Contains(known, one.Rule):
			say(at, "is %q, not a rule of the managed groups%s; the logs name it (docs/waf.md)",
				one.Rule, nearest(one.Rule, known))
		case slices.Contains(seen, one.Rule):
			say(at, "is %q, and another exception is about it; put paths and addresses into one", one.Rule)
		case len(one.Paths)+len(one.Addresses) > 0 && !wafrules.HasLabel(one.Rule):
			say(at, "is %q, which has no label by which it could block in one place and not in another; remove paths and "+
				"addresses, so that it only counts", one.Rule)
		}
		seen = append(seen, one.Rule)
		validatePaths(say, item("edge.waf.exceptions", i, "paths"), one.Paths)
		validateBlocks(say, item("edge.waf.exceptions", i, "addresses"), one.Addresses)
	}
}

func nearest(word string, allowed []string) string {
	if best := suggest.Nearest(word, allowed); best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return ""
}
