package environments

import (
	"github.com/titan-platform/titan/internal/quotas"
	"github.com/titan-platform/titan/internal/wafrules"
)

// listenerRules of HTTPS: one for whoever serves, one for everybody else who knows the header.
func (e Environment) listenerRules() int { return 2 }

// conditionValues of the rule that has most: two values of the origin header, and the serving environment's name.
func (e Environment) conditionValues() int { return 3 }

// listenerCertificates beside the default one.
func (e Environment) listenerCertificates() int { return 0 }

// loadBalancerGroupRules are the inbound rules of the load balancer's security group. A group takes CloudFront's
// prefix list for one port alone.
func (e Environment) loadBalancerGroupRules() int { return quotas.CloudFrontPrefixList }

// aliases are the names of the distribution.
func (e Environment) aliases() int { return choose(e.Edge.Enabled, 1, 0) }

// origins are the load balancer, the bucket of static assets and its replica.
func (e Environment) origins() int {
	if !e.Edge.Enabled {
		return 0
	}
	return 2 + e.originGroups()
}

func (e Environment) originGroups() int { return choose(e.Edge.Enabled && e.SecondRegion != "", 1, 0) }

// behaviors of the distribution, beside the default one.
func (e Environment) behaviors() int { return choose(e.Edge.Enabled, len(e.Edge.StaticPaths()), 0) }

// records that an environment makes in its zone: A and AAAA of the public name, the origin's and the regional
// origin's, and one that validates each of two names.
func (e Environment) records() int { return 2*len(e.recordNames()) + 2 }

func (e Environment) webACLCapacity() int   { return e.webACL().Capacity }
func (e Environment) rateBasedRules() int   { return e.webACL().RateLimits }
func (e Environment) webACLReferences() int { return e.webACL().References }
func (e Environment) largestIPSet() int     { return e.webACL().LargestIPSet }

// webACL is what the web ACL holds.
func (e Environment) webACL() wafrules.Total {
	if !e.Edge.Enabled {
		return wafrules.Total{}
	}
	return wafrules.Sum(wafrules.Build(e.Edge.WebACL()))
}
