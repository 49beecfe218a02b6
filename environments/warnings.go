package environments

import (
	"fmt"
	"strings"
	"time"
)

// Warnings are what is not wrong with environments yet, a line each; now decides. They are for a person to
// read, and stop nothing.
func Warnings(all []Environment, now time.Time) []string {
	var warnings []string
	for _, environment := range all {
		for _, warning := range []struct{ setting, text string }{
			{"account", environment.connectionWarning()},
			{"dns.delegated", environment.DNS.delegationWarning()},
			{"dr.fenced", environment.DR.fenceWarning()},
			{"second_region", environment.secondRegionWarning()},
			{"edge.waf.mode", environment.wafModeWarning()},
			{"edge.waf", environment.wafCapacityWarning()},
			{"cluster.version", environment.Cluster.supportWarning(now)},
			{"addons.size", environment.sizeWarning()},
			{"region", environment.Region.warning()},
			{"second_region", environment.SecondRegion.warning()},
			{"edge.origin", environment.Edge.timeoutWarning()},
			{"dns.names", environment.redirectWarning()},
		} {
			if warning.text != "" {
				warnings = append(warnings, fmt.Sprintf("%s: %s %s", environment.Name, warning.setting, warning.text))
			}
		}
	}
	for _, p := range remaining(all) {
		warnings = append(warnings, fmt.Sprintf(
			"%s: %s is %q, a value of the samples, and AWS is not deployed to with it: put %s",
			p.File, p.Setting, p.Value, p.Instead))
	}
	return warnings
}

// delegationWarning is what to do while nobody finds the zone, nothing afterwards.
func (d DNS) delegationWarning() string {
	if d.Delegated {
		return ""
	}
	return fmt.Sprintf(
		"is false: of its stacks only the zone's is there, %s. Deploy it, make its output name_servers the NS record of %s "+
			"in the parent domain, and remove the line; the other stacks stay as they are meanwhile", d.Zone, d.Zone)
}

// redirectWarning says what becomes of a name that redirects and is typed without https.
func (e Environment) redirectWarning() string {
	if len(e.DNS.HostRedirects()) == 0 || e.Edge.ViewerProtocolPolicy != HTTPSOnly {
		return ""
	}
	return "redirect, and edge.viewer_protocol_policy is https-only: who types such a name without https:// gets 403, " +
		"because no function runs for plain HTTP; for browsers, set redirect-to-https"
}

// secondRegionWarning says what a second region us-east-1 means.
func (e Environment) secondRegionWarning() string {
	if e.SecondRegion != GlobalRegion {
		return ""
	}
	return "is us-east-1, where CloudFront, Route 53 and IAM are controlled from: " +
		"with that region lost, replicas and the control of DNS are lost together (docs/outages.md)"
}

// connectionWarning says what is left out while the account has no accepted connection to GitHub.
func (e Environment) connectionWarning() string {
	var without []string
	if e.Delivery.Repository != "" {
		without = append(without, "pipeline")
	}
	if e.Cluster.Deployer == DeployerCodeBuild {
		without = append(without, "deployer")
	}
	if e.Account.Connection != "" || len(without) == 0 {
		return ""
	}
	return fmt.Sprintf(
		"%s has no connection to GitHub: this environment is made without its %s. "+
			"Deploy the account's stack in %s, accept the connection in the console "+
			"and write the output connection_arn into %s/%[1]s.yaml as connection (docs/account.md)",
		e.AccountName, strings.Join(without, " and "), e.Account.Region, accountsDir)
}

// timeoutWarning says what an account may have to ask for first.
func (e Edge) timeoutWarning() string {
	const unasked = 60 // seconds, of both quotas' first values
	if !e.Enabled || e.Origin.ReadTimeout <= unasked && e.Origin.KeepaliveTimeout <= unasked {
		return ""
	}
	return fmt.Sprintf(
		"has a timeout above %d seconds, which some accounts have to ask for before the apply "+
			"(quotas 'Response timeout per origin' and 'Keep-alive timeout per origin' of CloudFront)", unasked)
}

// fenceWarning says what a fence means while it stands.
func (r DR) fenceWarning() string {
	if !r.Fenced {
		return ""
	}
	return "is true: it gets no traffic, and another database.restored_from " +
		"replaces its database (docs/runbooks/failover.md)"
}
