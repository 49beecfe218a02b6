package environments

import (
	"fmt"
	"net/netip"
)

// validateTimeouts holds the load balancer's timeout and CloudFront's to each other: a secondary's to its primary's
// file.
func (l LoadBalancer) validateTimeouts(say report, origin EdgeOrigin) {
	if l.IdleTimeout > origin.ReadTimeout {
		say("load_balancer.idle_timeout",
			"is %d seconds, longer than the %d that CloudFront waits for an answer: the client "+
				"has its 504 while the application goes on; lower it, or raise edge.origin.read_timeout, to 120 at most",
			l.IdleTimeout, origin.ReadTimeout)
	}
	if l.IdleTimeout <= origin.KeepaliveTimeout {
		say("load_balancer.idle_timeout", "is %d seconds, and CloudFront keeps idle connections for %d "+
			"(edge.origin.keepalive_timeout): it would send requests into closed ones, and answer 502; raise it, or lower that",
			l.IdleTimeout, origin.KeepaliveTimeout)
	}
}

// validateCallers refuses an environment that nobody reaches, and a way past the edge.
func (l LoadBalancer) validateCallers(say report, known known, environment Environment) {
	if !known("load_balancer.allow_cidrs", "edge.enabled", "dr") {
		return
	}
	if environment.HasEdge() {
		if len(l.AllowCIDRs) > 0 {
			say("load_balancer.allow_cidrs",
				"is set beside an edge, which would be a way past its web ACL; remove the lines, or set edge.enabled: false")
		}
		return
	}
	if len(l.AllowCIDRs) == 0 && environment.DR.Role != DRPrimary { // which needs an edge, and is told so
		say("edge.enabled",
			"is false, and load_balancer.allow_cidrs is empty: nobody could reach the load balancer; list the "+
				"addresses there that may call it, as 198.51.100.0/24, or remove the line")
	}
	for i, cidr := range l.AllowCIDRs {
		if problem := callerProblem(cidr, environment, known); problem != "" {
			say(fmt.Sprintf("load_balancer.allow_cidrs.%d", i), "%s", problem)
		}
	}
}

// callerProblem is what is wrong with a block that may call the load balancer; empty is nothing. An
// emulated one takes all.
func callerProblem(cidr string, environment Environment, known known) string {
	block, err := netip.ParsePrefix(cidr)
	switch {
	case err != nil || block != block.Masked() || !block.Addr().Is4():
		return fmt.Sprintf("is %q, not a block of IPv4 addresses, which is what the load balancer has; write it as "+
			"198.51.100.0/24, a single address as 198.51.100.7/32", cidr)
	case block.Bits() == 0 && known("tier") && environment.IsProduction():
		return fmt.Sprintf("is %q, the whole internet, in production; list your own addresses, or remove edge.enabled: false",
			cidr)
	case environment.Emulator || !known("emulator") || block.Bits() == 0:
		return ""
	}
	if reserved, found := overlapping(block, reservedBlocks); found {
		return fmt.Sprintf("is %q, of the reserved block %s: nobody calls from there over the internet; list the public "+
			"addresses that they call from", cidr, reserved)
	}
	return ""
}

// HasEdge is whether requests come by a distribution: its own, or a secondary's primary's.
func (e Environment) HasEdge() bool { return e.Edge.Enabled || e.DR.Role == DRSecondary }
