package environments

import (
	"fmt"
	"time"
)

// Warnings are what is not wrong with environments yet, a line each; now decides. They are for a person to read, and stop nothing.
func Warnings(all []Environment, now time.Time) []string {
	var warnings []string
	for _, environment := range all {
		for _, warning := range []struct{ setting, text string }{
			{"dns.delegated", environment.DNS.delegationWarning()},
			{"dr.fenced", environment.DR.fenceWarning()},
			{"cluster.version", environment.Cluster.supportWarning(now)},
		} {
			if warning.text != "" {
				warnings = append(warnings, fmt.Sprintf("%s: %s %s", environment.Name, warning.setting, warning.text))
			}
		}
	}
	return warnings
}

// delegationWarning is what to do while nobody finds the zone, nothing afterwards.
func (d DNS) delegationWarning() string {
	if d.Delegated {
		return ""
	}
	return fmt.Sprintf("is false: only the zone %s is made. Deploy it, make its output name_servers the NS record of %s in the parent domain, and remove the line; "+
		"on an environment that is deployed already, the rest would be destroyed", d.Zone, d.Zone)
}

// fenceWarning says what a fence means while it stands.
func (r DR) fenceWarning() string {
	if !r.Fenced {
		return ""
	}
	return "is true: it gets no traffic, and another database.restored_from replaces its database (docs/runbooks/failover.md)"
}
