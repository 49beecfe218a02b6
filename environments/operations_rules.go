package environments

import (
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"strings"
	"unicode"
)

func (o Observability) validate(say report, known known) {
	validateAddresses(say, o.Emails, o.Webhooks, "observability")
	if t := o.Thresholds; known("observability.thresholds.error_percent") && t.OutagePercent <= t.ErrorPercent {
		say("observability.thresholds.outage_percent",
			"is %d, not above error_percent %d: every error would be an outage; raise it, or lower error_percent",
			t.OutagePercent, t.ErrorPercent)
	}
}

func (d Delivery) validate(say report, known known, environment Environment) {
	validateRepository(say, "delivery.repository", d.Repository)
	for i, path := range d.Paths {
		if strings.TrimSpace(path) == "" || strings.HasPrefix(path, "/") || len(path) > longestPattern {
			say(fmt.Sprintf("delivery.paths.%d", i),
				"is %q; give a glob pattern below the repository's root, of at most %d characters, for instance src/**",
				path, longestPattern)
		}
	}
	if !isBranch(d.Branch) {
		say("delivery.branch", "is %q, not a branch name, for instance main", d.Branch)
	}
	deploys := d.Repository != "" || environment.Cluster.Deployer == DeployerCodeBuild
	if known("tier", "delivery.repository", "cluster.deployer", "acknowledge") && environment.IsProduction() && deploys &&
		!d.Approval && !environment.Acknowledges(AcknowledgeApprovalOff) {
		say("delivery.approval",
			"is false in production: a commit would reach users without a person's word; "+
				"set it to true, or add `acknowledge: [%s]`", AcknowledgeApprovalOff)
	}
	if d.PromotesFrom == environment.Name {
		say("delivery.promotes_from", "is %q, this environment itself; name the one that runs before it", d.PromotesFrom)
	}
}

// longestPattern is the most characters of a pattern of a trigger (CodePipeline API Reference,
// GitFilePathFilterCriteria).
const longestPattern = 255

// isBranch is whether a text names one branch (git-check-ref-format, 'Description'). CodePipeline takes what has * ? [
// or { for a pattern of several (CodePipeline User Guide, 'Working with glob patterns in syntax').
func isBranch(name string) bool {
	if len(name) > longestPattern || strings.ContainsAny(name, " ~^:?*[\\{}") ||
		strings.ContainsFunc(name, unicode.IsSpace) {
		return false
	}
	for _, bad := range []string{"..", "//", "@{"} {
		if strings.Contains(name, bad) {
			return false
		}
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".lock") {
			return false
		}
	}
	return !strings.HasPrefix(name, "-") && !strings.HasSuffix(name, ".") && name != "@"
}

// validateBuild holds what is built, or promoted, to the nodes that run it.
func (d Delivery) validateBuild(say report, known known, environment Environment) {
	if !known("cluster.node_groups") {
		return
	}
	if architectures := environment.Cluster.architectures(); d.Repository != "" && len(architectures) > 1 {
		say("delivery.repository",
			"is %q, and the node groups are of %s: an image is built for one architecture, "+
				"and half of the nodes could not run it; choose one for all groups",
			d.Repository, strings.Join(words(architectures...), " and "))
	}
}

// validatePromotion holds a promotion to where it comes from.
func (d Delivery) validatePromotion(say report, environment Environment, from *Environment) {
	switch {
	case from == nil || d.PromotesFrom == environment.Name:
	case environment.DR.Role == DRSecondary:
		say("delivery.promotes_from",
			"is %q, and this environment stands in for %s, whose pipeline delivers here as well; remove the line",
			d.PromotesFrom, environment.DR.Primary)
	case d.IgnoreUnfixed:
		say("delivery.ignore_unfixed",
			"is true, and images come from %q, which scans them: nothing is scanned here; set it there, or remove the line",
			d.PromotesFrom)
	case d.Repository == "":
		say("delivery.promotes_from",
			"is %q, and delivery.repository is missing: without it there is no pipeline; set it to %q",
			d.PromotesFrom, from.Delivery.Repository)
	case from.Delivery.Repository != d.Repository:
		say("delivery.promotes_from", "is %q, which delivers %q, and not %q; the same repository starts both pipelines",
			d.PromotesFrom, from.Delivery.Repository, d.Repository)
	case from.Account.Project != environment.Account.Project:
		say("delivery.promotes_from",
			"is %q, whose account has project %q, and this one's has %q: roles here may assume those of their own project "+
				"alone; make them the same",
			d.PromotesFrom, from.Account.Project, environment.Account.Project)
	case from.Delivery.PromotesFrom != "":
		say("delivery.promotes_from", "is %q, which builds nothing itself; name %q, where it gets its images",
			d.PromotesFrom, from.Delivery.PromotesFrom)
	case from.Cluster.Architecture() != environment.Cluster.Architecture():
		say("delivery.promotes_from", "is %q, whose nodes are of %s, and these are of %s: its images would not run here",
			d.PromotesFrom, from.Cluster.Architecture(), environment.Cluster.Architecture())
	}
}

// validateStandby holds a secondary's delivery to its primary's, whose pipeline and images it has.
func (d Delivery) validateStandby(say report, primary *Environment) {
	if primary == nil || primary.Delivery.Repository == "" && d.Repository == "" {
		return
	}
	if primary.Delivery.Repository != d.Repository {
		say("delivery.repository", "is %q, and that of %s is %q: its pipeline delivers to both; make them the same",
			d.Repository, primary.Name, primary.Delivery.Repository)
	}
}

// validateAddresses holds those who are told of alarms to what SNS subscribes; path is that of
// the settings around them.
func validateAddresses(say report, emails, webhooks []string, path string) {
	for i, address := range emails {
		if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address ||
			!domainName.MatchString(strings.ToLower(address[strings.LastIndex(address, "@")+1:])) {
			say(fmt.Sprintf("%s.%d", join(path, "emails"), i), "is %q, not an e-mail address, for instance oncall@example.com",
				address)
		}
	}
	for i, address := range webhooks {
		if problem := webhookProblem(address); problem != "" {
			say(fmt.Sprintf("%s.%d", join(path, "webhooks"), i), "is %q, %s, for instance https://alerts.example.com/hook",
				address, problem)
		}
	}
}

// webhookProblem is why SNS can't call an address; empty is nothing. SNS calls over the internet (SNS Developer Guide,
// 'Fanout Amazon SNS notifications to HTTPS endpoints').
func webhookProblem(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "https" || parsed.Hostname() == "" ||
		strings.ContainsFunc(address, unicode.IsSpace) {
		return "not an HTTPS address; write one"
	}
	if parsed.User != nil {
		return "which holds a login: this file and Terraform's state would show it to their readers; " +
			"let the endpoint check the signature of SNS instead"
	}
	host, err := netip.ParseAddr(parsed.Hostname())
	if err == nil {
		if _, reserved := overlapping(netip.PrefixFrom(host, host.BitLen()), reservedBlocks); reserved ||
			host.Is6() && !host.IsGlobalUnicast() || host.IsPrivate() {
			return "an address that SNS can't reach over the internet; write a public one"
		}
	}
	if err != nil && !domainName.MatchString(strings.ToLower(parsed.Hostname())) {
		return "whose host is no domain name that SNS could find; write a public one"
	}
	return ""
}
