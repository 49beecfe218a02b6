package review

import "github.com/titan-platform/titan/environments"

// listenerRule finds requests that are let through and were not: a condition is gone from a rule that forwards, or
// what a listener refused by default it now forwards. A load balancer knows its distribution by such a condition.
func (r *reviewer) listenerRule(c *change) {
	if c.action != Update && c.action != Replace {
		return
	}
	switch c.kind {
	case "aws_lb_listener_rule", "aws_alb_listener_rule":
		if !forwards(c.after, "action") {
			return
		}
		f := Finding{Verdict: Exposure, Rule: "listener", Remedy: remedyKeep}
		before, after := c.before.field("condition"), c.after.field("condition")
		switch {
		case !forwards(c.before, "action"):
			f.Summary = "action forwards what it did not"
		case len(after.items()) < len(before.items()):
			f.Summary = "condition lacks one that a request had to meet"
		case wider(before, after):
			f.Summary = "condition takes other requests than before"
			f.Detail = r.difference(c, pair{"condition", before, after})
			if isRenewal(before, after) {
				f.Severity, f.Summary = Warning, "condition takes another secret value of its header"
			}
		default:
			return
		}
		r.find(c, f)
	case "aws_lb_listener", "aws_alb_listener":
		if forwards(c.after, "default_action") && !forwards(c.before, "default_action") {
			r.find(c, Finding{Verdict: Exposure, Rule: "listener", Remedy: remedyKeep,
				Summary: "default_action forwards what no rule takes, and did not"})
		}
		if !forwards(c.after, "default_action") && forwards(c.before, "default_action") {
			r.find(c, Finding{Verdict: Outage, Rule: "listener", Remedy: remedyKeep,
				Summary: "default_action does not forward any more"})
		}
	}
}

func forwards(n node, argument string) bool {
	for _, action := range n.field(argument).items() {
		if action.field("type").text() == "forward" {
			return true
		}
	}
	return false
}

// isRenewal is whether conditions differ in sensitive values alone, of which there are no more than before.
func isRenewal(before, after node) bool {
	for i, a := range after.items() {
		b := before.items()[i]
		if holdsCondition(before.items(), a) {
			continue
		}
		was, is := b.get("http_header", "values"), a.get("http_header", "values")
		name := same(b.get("http_header", "http_header_name").value, a.get("http_header", "http_header_name").value)
		if !name || !is.isSensitive() || len(is.items()) == 0 || len(is.items()) > len(was.items()) {
			return false
		}
	}
	return true
}

// wider is whether some condition is none of those before. A condition whose values are only some of those it had is
// narrower.
func wider(before, after node) bool {
	for _, a := range after.items() {
		if !holdsCondition(before.items(), a) {
			return true
		}
	}
	return false
}

// holdsCondition is whether a condition lets through no more than one before. The header that says which environment
// is meant chooses between those of a pair and keeps nobody out: a failover changes it by design.
func holdsCondition(before []node, after node) bool {
	for _, b := range before {
		name, was := after.get("http_header", "http_header_name").text(), b.get("http_header", "http_header_name").text()
		if same(b.value, after.value) || name == was && name == environments.ServingHeader {
			return true
		}
		for _, kind := range []string{"http_header", "host_header", "path_pattern", "source_ip", "http_request_method"} {
			values, is := b.get(kind, "values"), after.get(kind, "values")
			if len(is.items()) > 0 && name == was && !after.isUnknown() && !gains(values, is) {
				return true
			}
		}
	}
	return false
}
