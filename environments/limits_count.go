package environments

import (
	"github.com/titan-platform/titan/internal/quotas"
	"github.com/titan-platform/titan/internal/wafrules"
)

// listenerRules of HTTPS: one for whoever serves, one for everybody else who knows the header; without an edge, one for
// the public names. Grafana's name has one.
func (e Environment) listenerRules() int {
	return choose(e.HasEdge(), 2, 1) + choose(e.Addons.Grafana.IsServed(), 1, 0)
}

// conditionValues of the rule that has most: two values of the origin header, and the serving environment's name;
// without an edge, the public names. Grafana's has its name and its callers.
func (e Environment) conditionValues() int {
	users := choose(e.HasEdge(), 3, len(e.DNS.PublicNames()))
	return max(users, choose(e.Addons.Grafana.IsServed(), 1+len(e.Addons.Grafana.AllowCIDRs), 0))
}

// listenerCertificates beside the default one.
func (e Environment) listenerCertificates() int { return choose(e.Addons.Grafana.IsServed(), 1, 0) }

// loadBalancerGroupRules are the inbound rules of the load balancer's security group. A group takes CloudFront's
// prefix list for one port alone.
func (e Environment) loadBalancerGroupRules() int {
	return choose(e.HasEdge(), quotas.CloudFrontPrefixList+len(e.Addons.Grafana.AllowCIDRs),
		len(e.LoadBalancer.AllowCIDRs))
}

// aliases are the names of the distribution.
func (e Environment) aliases() int { return choose(e.Edge.Enabled, len(e.DNS.PublicNames()), 0) }

// origins are the load balancer, the bucket of static assets and its replica, and those that behaviours name.
func (e Environment) origins() int {
	if !e.Edge.Enabled {
		return 0
	}
	others := map[string]bool{}
	for _, behavior := range e.Edge.Behaviors {
		if behavior.Origin != "" {
			others[behavior.Origin] = true
		}
	}
	return 2 + e.originGroups() + len(others)
}

func (e Environment) originGroups() int { return choose(e.Edge.Enabled && e.SecondRegion != "", 1, 0) }

// behaviors of the distribution, beside the default one.
func (e Environment) behaviors() int {
	if !e.Edge.Enabled {
		return 0
	}
	return len(e.Edge.BehaviorsInOrder()) + choose(e.Edge.MaintenancePage.Format == PageNone, 0, 1)
}

// records that a zone holds by its file: A and AAAA of the public names, the origin's and the regional origin's, one
// that validates each proven name, and what the file adds.
func (e Environment) records() int {
	return 2*len(e.recordNames()) + len(e.DNS.ProvenNames()) + choose(e.Addons.Grafana.IsServed(), 1, 0) +
		len(e.DNS.Records) + 2*len(e.DNS.Delegations)
}

func (e Environment) webACLCapacity() int   { return e.webACL().Capacity }
func (e Environment) rateBasedRules() int   { return e.webACL().RateLimits }
func (e Environment) webACLReferences() int { return e.webACL().References }
func (e Environment) largestIPSet() int     { return e.webACL().LargestIPSet }

// webACL is what the web ACL holds.
func (e Environment) webACL() wafrules.Total {
	if !e.Edge.Enabled && e.HasEdge() {
		return wafrules.Total{}
	}
	return wafrules.Sum(wafrules.Build(e.Edge.WebACL()))
}
