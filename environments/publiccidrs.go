package environments

import (
	"fmt"
	"net/netip"
	"slices"
)

// documentationBlocks are for examples (RFC 5737). A file that has one is still a sample: see Placeholders.
var documentationBlocks = blocks("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")

// reservedBlocks are IPv4 blocks that nobody calls from over the internet (IANA IPv4 Special-Purpose Address
// Registry; 224.0.0.0/4 is multicast). EKS refuses them, and those of documentation (EKS User Guide, 'Cluster API
// server endpoint').
var reservedBlocks = blocks(
	"0.0.0.0/8",
	"10.0.0.0/8",
	"100.64.0.0/10",
	"127.0.0.0/8",
	"169.254.0.0/16",
	"172.16.0.0/12",
	"192.0.0.0/24",
	"192.168.0.0/16",
	"198.18.0.0/15",
	"224.0.0.0/4",
	"240.0.0.0/4",
)

func blocks(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		list[i] = netip.MustParsePrefix(text)
	}
	return list
}

// overlapping is the first of some blocks that shares addresses with one; whether there is one.
func overlapping(block netip.Prefix, others []netip.Prefix) (netip.Prefix, bool) {
	for _, other := range others {
		if block.Overlaps(other) {
			return other, true
		}
	}
	return netip.Prefix{}, false
}

// publicCIDRProblem is what is wrong with a block that may reach the cluster's public endpoint; empty is nothing. The
// whole internet is a block that EKS takes. An emulated EKS takes all.
func publicCIDRProblem(cidr string, environment Environment, known known) string {
	block, err := netip.ParsePrefix(cidr)
	switch {
	case err != nil || block != block.Masked():
		return fmt.Sprintf("is %q, not an address block; write it as 198.51.100.0/24, a single address as 198.51.100.7/32",
			cidr)
	case block.Addr().Is4In6():
		return fmt.Sprintf("is %q, IPv4 in the form of IPv6; write it as %s/%d",
			cidr, block.Addr().Unmap(), max(0, block.Bits()-96))
	case block.Bits() == 0 && known("tier") && environment.IsProduction():
		return fmt.Sprintf(
			"is %q, the whole internet, in production; list your own addresses, or none and `deployer: codebuild`", cidr)
	case environment.Emulator || !known("emulator") || block.Bits() == 0 && block.Addr().Is4():
		return ""
	case block.Addr().Is6():
		return fmt.Sprintf(
			"is %q, of IPv6, which EKS refuses for a cluster of IPv4; list the IPv4 addresses that you call from", cidr)
	}
	if reserved, found := overlapping(block, reservedBlocks); found {
		return fmt.Sprintf("is %q, of the reserved block %s, which EKS refuses: nobody calls from there over the internet; "+
			"list the public addresses that you call from, or none and `deployer: codebuild`", cidr, reserved)
	}
	return ""
}

// mostPublicBits is how much may reach the API of production: together no more than a /12, a 4096th of all addresses.
// More is no office, VPN or build system, but a part of the internet in pieces.
const mostPublicBits = 12

// validateUnion refuses blocks that are each taken and together are a part of the internet: the halves of it, say.
func validateUnion(say report, cidrs []string) {
	addresses, most := publicAddresses(cidrs), uint64(1)<<(32-mostPublicBits)
	if addresses > most {
		say("cluster.public_cidrs",
			"are %d addresses together, and in production at most %d, a /%d, may reach the cluster's API; "+
				"list your own addresses, or none and `deployer: codebuild`", addresses, most, mostPublicBits)
	}
}

// publicAddresses is how many IPv4 addresses blocks have together, each counted once. The whole internet by itself is
// another rule's business, and so is what is no block.
func publicAddresses(cidrs []string) uint64 {
	var distinct []netip.Prefix
	for _, cidr := range cidrs {
		if block, err := netip.ParsePrefix(cidr); err == nil && block.Addr().Is4() && block.Bits() > 0 {
			distinct = append(distinct, block.Masked())
		}
	}
	slices.SortFunc(distinct, func(a, b netip.Prefix) int { return a.Bits() - b.Bits() }) // larger ones first
	var total uint64
	for i, block := range distinct {
		if _, counted := overlapping(block, distinct[:i]); !counted {
			total += uint64(1) << (32 - block.Bits())
		}
	}
	return total
}
