package environments

import (
	"fmt"
	"net/mail"
	"net/url"
	"strings"
)

func (o Observability) validate(say report) {
	for i, address := range o.Emails {
		if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address || !strings.Contains(address[strings.LastIndex(address, "@"):], ".") {
			say(fmt.Sprintf("observability.emails.%d", i), "is %q, not an e-mail address, for instance oncall@example.com", address)
		}
	}
	for i, address := range o.Webhooks {
		if parsed, err := url.Parse(address); err != nil || parsed.Scheme != "https" || parsed.Host == "" {
			say(fmt.Sprintf("observability.webhooks.%d", i), "is %q, not an HTTPS address, for instance https://alerts.example.com/hook", address)
		}
	}
	if t := o.Thresholds; t.OutagePercent <= t.ErrorPercent {
		say("observability.thresholds.outage_percent", "is %d, not above error_percent %d: every error would be an outage; raise it, or lower error_percent", t.OutagePercent, t.ErrorPercent)
	}
}

func (d Delivery) validate(say report, environment Environment) {
	for i, path := range d.Paths {
		if strings.TrimSpace(path) == "" || strings.HasPrefix(path, "/") {
			say(fmt.Sprintf("delivery.paths.%d", i), "is %q; give a glob pattern below the repository's root, for instance src/**", path)
		}
	}
	if strings.TrimSpace(d.Branch) != d.Branch || strings.ContainsAny(d.Branch, " ~^:?*[\\") {
		say("delivery.branch", "is %q, not a branch name, for instance main", d.Branch)
	}
	if environment.IsProduction() && d.Repository != "" && !d.Approval && !environment.Acknowledges(AcknowledgeApprovalOff) {
		say("delivery.approval", "is false in production: a commit would reach users without a person's word; set it to true, or add `acknowledge: [%s]`", AcknowledgeApprovalOff)
	}
	if d.PromotesFrom == environment.Name {
		say("delivery.promotes_from", "is %q, this environment itself; name the one that runs before it", d.PromotesFrom)
	}
}
