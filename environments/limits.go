package environments

import (
	"github.com/titan-platform/titan/internal/quotas"
)

// Holding is how much of a quota one thing of an environment takes, counted from the file.
type Holding struct {
	quotas.Quota
	Count int
	// Setting is what makes the thing hold more, and the setting that a problem is reported at.
	Setting string
}

// holding is a row of the table below.
type holding struct {
	quota   quotas.Quota
	setting string
	count   func(Environment) int
	// also are further settings that the count goes by.
	also []string
}

// holdings are what a file can make too large for AWS. A setting that adds to a thing adds to its count here, and a
// test compares each count with what is synthesized (tests/limits_test.go).
var holdings = []holding{
	{quota: quotas.ListenerRules, setting: "load_balancer", count: Environment.listenerRules, also: grafanaNames},
	{quota: quotas.ConditionValues, setting: "load_balancer", count: Environment.conditionValues, also: grafanaNames},
	{quota: quotas.ListenerCertificates, setting: "dns", count: Environment.listenerCertificates, also: grafanaNames},
	{
		quota: quotas.SecurityGroupRules, setting: "load_balancer", count: Environment.loadBalancerGroupRules,
		also: grafanaNames,
	},

	{quota: quotas.Aliases, setting: "dns", count: Environment.aliases},
	{quota: quotas.Origins, setting: "edge", count: Environment.origins, also: []string{"second_region"}},
	{quota: quotas.OriginGroups, setting: "edge", count: Environment.originGroups, also: []string{"second_region"}},
	{quota: quotas.Behaviors, setting: "edge", count: Environment.behaviors},

	{quota: quotas.Capacity, setting: "edge.waf", count: Environment.webACLCapacity, also: []string{"edge"}},
	{
		quota: quotas.RateBasedRules, setting: "edge.waf.rate_limits", count: Environment.rateBasedRules,
		also: []string{"edge"},
	},
	{
		quota: quotas.References, setting: "edge.waf.exceptions", count: Environment.webACLReferences,
		also: []string{"edge"},
	},
	{quota: quotas.IPSetAddresses, setting: "edge.waf", count: Environment.largestIPSet, also: []string{"edge"}},

	{quota: quotas.Records, setting: "dns", count: Environment.records, also: grafanaNames},
}

// grafanaNames are the setting by which Grafana adds to the load balancer and its zone.
var grafanaNames = []string{"addons.grafana"}

// Holdings are what of AWS's quotas the environment's things take, in the order of the table.
func (e Environment) Holdings() []Holding {
	list := make([]Holding, len(holdings))
	for i, row := range holdings {
		list[i] = Holding{Quota: row.quota, Count: row.count(e), Setting: row.setting}
	}
	return list
}

// validateHoldings refuses what AWS would refuse in the middle of an apply.
func (f *file) validateHoldings(say report) {
	for _, row := range holdings {
		if !f.known(append([]string{row.setting}, row.also...)...) {
			continue
		}
		if count := row.count(f.Environment); count > row.quota.Default {
			say(row.setting, "comes to %d, and AWS's quota is %s; take %d away",
				count, row.quota, count-row.quota.Default)
		}
	}
}
