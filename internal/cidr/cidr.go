// Package cidr compares lists of CIDR blocks by the addresses they cover.
package cidr

import (
	"fmt"
	"net/netip"

	"go4.org/netipx"
)

// Added is the addresses that the blocks after a change cover and those before it do not, as the fewest blocks, IPv4
// first. An address without a prefix length is a block of one; bits behind the prefix length are ignored, as AWS does
// in a security group's rule. The error names a block that can't be read.
func Added(before, after []string) ([]netip.Prefix, error) {
	old, err := set(before)
	if err != nil {
		return nil, fmt.Errorf("reading the blocks before the change: %w", err)
	}
	changed, err := set(after)
	if err != nil {
		return nil, fmt.Errorf("reading the blocks after the change: %w", err)
	}
	var builder netipx.IPSetBuilder
	builder.AddSet(changed)
	builder.RemoveSet(old)
	added, err := builder.IPSet()
	if err != nil {
		return nil, fmt.Errorf("taking blocks %q from %q: %w", before, after, err)
	}
	return added.Prefixes(), nil
}

func set(blocks []string) (*netipx.IPSet, error) {
	var builder netipx.IPSetBuilder
	for _, block := range blocks {
		prefix, err := parse(block)
		if err != nil {
			return nil, err
		}
		builder.AddPrefix(prefix)
	}
	return builder.IPSet()
}

// parse reads a block or an address. An IPv4 block written as IPv6 is refused: who reads it can't tell what it covers.
func parse(block string) (netip.Prefix, error) {
	prefix, err := netip.ParsePrefix(block)
	if addr, addrErr := netip.ParseAddr(block); addrErr == nil && addr.Zone() == "" {
		prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("%q is no CIDR block such as 10.0.0.0/16 or 2001:db8::/32", block)
	}
	if prefix.Addr().Is4In6() {
		return netip.Prefix{}, fmt.Errorf("%q is an IPv4 block written as IPv6: write %s", block, prefix.Addr().Unmap())
	}
	return prefix.Masked(), nil
}
