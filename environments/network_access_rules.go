package environments

import (
	"fmt"
	"net/netip"
	"regexp"
)

// largestAccess is the length of the largest block that may call in: as much as the largest private one.
const largestAccess = 8

// validateAccess holds networks of one's own to blocks that a route can lead back to.
func (n Network) validateAccess(say report, known known) {
	for i, access := range n.Access {
		path := item("network.access", i, "cidr")
		block, err := netip.ParsePrefix(access.CIDR)
		switch {
		case err != nil || !block.Addr().Is4():
			say(path, "is %q, not an IPv4 block; write it as 10.100.0.0/16", access.CIDR)
			continue
		case block != block.Masked():
			say(path, "is %q, with address bits beyond its length; the block is %s", access.CIDR, block.Masked())
			continue
		case block.Bits() < largestAccess:
			say(path,
				"is %q, a /%d, and a network of one's own is at least a /%d; list the blocks that people and builds call from",
				access.CIDR, block.Bits(), largestAccess)
			continue
		}
		if known("network.cidr") && blocksOverlap(access.CIDR, n.CIDR) {
			say(path,
				"is %q, which overlaps network.cidr %q: answers would stay in the VPC; choose another block for one of the two",
				access.CIDR, n.CIDR)
		}
		for j, other := range n.Access[:i] {
			if other.CIDR == access.CIDR {
				say(path,
					"is %q, which network.access[%d] has, too: a table has one route to a block; put what may be called together",
					access.CIDR, j)
			}
		}
	}
}

var (
	accountID = regexp.MustCompile(`^[0-9]{12}$`)
	// S3 User Guide, 'General purpose bucket naming rules'.
	bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
)

// validate holds what endpoints let through to names of buckets and of other accounts.
func (p EndpointPolicy) validate(say report, known known, account Account) {
	for i, id := range p.Accounts {
		path := fmt.Sprintf("network.endpoint_policy.accounts.%d", i)
		switch {
		case !accountID.MatchString(id):
			say(path, "is %q, not the number of an account; write its 12 digits in quotes", id)
		case known("account", "account.id") && id == account.ID:
			say(path, "is %q, the environment's own account, which is let through anyway; remove it", id)
		}
	}
	for setting, names := range map[string][]string{"buckets": p.Buckets, "open_buckets": p.OpenBuckets} {
		for i, name := range names {
			if !bucketName.MatchString(name) {
				say(fmt.Sprintf("network.endpoint_policy.%s.%d", setting, i),
					"is %q, not a bucket's name; write it without s3:// and without a key, for instance company-packages", name)
			}
		}
	}
}
