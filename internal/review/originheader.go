package review

import "strings"

// originHeader finds a new value of the secret that a distribution sends: it goes on sending the old one until its own
// stack is applied, and the load balancer takes the new one before.
func (r *reviewer) originHeader(c *change) {
	const version = "secret_string_wo_version"
	sent := r.rules.Sent[c.stack]
	isSent := sent != "" && strings.Contains(c.before.field("secret_id").text(), ":secret:"+sent+"-")
	if c.kind != "aws_secretsmanager_secret_version" || !isSent || c.action != Update && c.action != Replace ||
		same(c.before.field(version).value, c.after.field(version).value) {
		return
	}
	r.find(c, Finding{Verdict: Outage, Rule: "origin-header",
		Summary: version +
			" changes, and CloudFront sends the value that there is: the load balancer refuses everybody until the " +
			"distribution has the new one",
		Remedy: "renew the other value, then have CloudFront send that one (docs/runbooks/origin.md, " +
			"'Renewing the origin header')"})
}
