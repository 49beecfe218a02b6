package review

import "strings"

// parameters finds parameters of a database or cache that restart it, or that let data travel in clear.
func (r *reviewer) parameters(c *change) {
	if !strings.HasSuffix(c.kind, "_parameter_group") || c.action != Update && c.action != Replace {
		return
	}
	for _, p := range pairs(c.before, c.after, parse("parameter[name]"), "") {
		name := p.before.field("name").text() + p.after.field("name").text()
		before, after := p.before.field("value"), p.after.field("value")
		if same(before.value, after.value) {
			continue
		}
		detail := r.difference(c, pair{p.path, before, after})
		if forcesTLS(p) && !isTrue(after.value) {
			r.find(c, Finding{Verdict: Exposure, Rule: "parameters", Detail: detail, Remedy: remedyKeep,
				Summary: p.path + " is switched off: connections may be in clear"})
		}
		if auditing[p.before.field("name").text()] && (isEmpty(after.value) || after.text() == "none") {
			r.find(c, Finding{Verdict: DataLoss, Rule: "parameters", Detail: detail, Remedy: remedyKeep,
				Summary: p.path + " is switched off: nothing is logged any more"})
		}
		const pending = "pending-reboot"
		if p.before.field("apply_method").text() == pending || p.after.field("apply_method").text() == pending {
			r.find(c, Finding{Verdict: Outage, Severity: Warning, Rule: "parameters", Detail: detail, Remedy: remedyQuiet,
				Summary: p.path + " holds after a restart"})
		} else if name != "" && c.kind == "aws_elasticache_parameter_group" {
			r.find(c, Finding{Verdict: Outage, Severity: Warning, Rule: "parameters", Detail: detail, Remedy: remedyQuiet,
				Summary: p.path + " changes how the cache behaves at once, or after a restart"})
		}
	}
}

// auditing are the parameters without which Aurora logs nothing of who did what.
var auditing = map[string]bool{
	"pgaudit.log": true, "log_connections": true, "log_disconnections": true, "server_audit_logging": true,
}

// forcesTLS is whether a parameter refuses connections without TLS, and did.
func forcesTLS(p pair) bool {
	switch p.before.field("name").text() {
	case "rds.force_ssl", "require_secure_transport":
		return isTrue(p.before.field("value").value)
	}
	return false
}
