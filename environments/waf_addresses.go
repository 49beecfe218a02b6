package environments

import (
	"fmt"
	"net/netip"
	"strconv"
)

// validateBlocks refuses blocks that an IP set does not take: one with host bits (aws-cdk#20003) or of the whole
// internet (WAFV2 API Reference, IPSet), and such as nobody calls from.
func validateBlocks(say report, at string, blocks []string) {
	for i, text := range blocks {
		if problem := addressProblem(text); problem != "" {
			say(join(at, strconv.Itoa(i)), "%s", problem)
		}
	}
}

func addressProblem(text string) string {
	block, err := netip.ParsePrefix(text)
	switch {
	case err != nil:
		return fmt.Sprintf("is %q, not an address block; write it as 198.51.100.0/24 or 2001:db8::/48, a single address "+
			"as 198.51.100.7/32", text)
	case block.Addr().Is4In6():
		return fmt.Sprintf("is %q, IPv4 in the form of IPv6; write it as %s/%d",
			text, block.Addr().Unmap(), max(0, block.Bits()-96))
	case block != block.Masked():
		return fmt.Sprintf("is %q, which has address bits beyond its length, and AWS WAF takes none; the block is %s",
			text, block.Masked())
	case block.Bits() == 0:
		return fmt.Sprintf("is %q, the whole internet, which AWS WAF does not take; list the addresses that are meant", text)
	}
	if reserved, found := overlapping(block, reservedBlocks); found {
		return fmt.Sprintf("is %q, of the reserved block %s: nobody calls from there over the internet; list public "+
			"addresses", text, reserved)
	}
	return ""
}

// prefixes are the blocks among some texts.
func prefixes(texts []string) []netip.Prefix {
	var list []netip.Prefix
	for _, text := range texts {
		if block, err := netip.ParsePrefix(text); err == nil {
			list = append(list, block.Masked())
		}
	}
	return list
}
