package environments

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// AWS takes VPCs of /16 to /28; below /20 a public subnet would be smaller than the /27 that a load balancer needs.
const (
	largestVPC  = 16
	smallestVPC = 20
)

// privateBlocks are those of RFC 1918, which EKS takes Services' addresses from (EKS API Reference,
// KubernetesNetworkConfigRequest, serviceIpv4Cidr). A VPC may have those of RFC 6598, too (Amazon VPC User
// Guide, 'VPC CIDR blocks').
var (
	privateBlocks = blocks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
	vpcBlocks     = slices.Concat(privateBlocks, blocks("100.64.0.0/10"))
)

// zoneLetter ends the name of an Availability Zone. Local and Wavelength Zones have longer names.
var zoneLetter = regexp.MustCompile(`^[a-z]$`)

// endpointService is the part of an interface endpoint's service name after com.amazonaws.<region>.
var endpointService = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*$`)

func (n Network) validate(say report, known known, region Region) {
	n.validateAccess(say, known)
	if problem := checkBlock(n.CIDR, largestVPC, smallestVPC, vpcBlocks); problem != "" {
		say("network.cidr", "%q %s", n.CIDR, problem)
	}
	for i, zone := range n.AvailabilityZones {
		if letter, ok := strings.CutPrefix(zone, string(region)); known("region") &&
			(!ok || !zoneLetter.MatchString(letter)) {
			say(fmt.Sprintf("network.availability_zones.%d", i), "is %q, not a zone of %s; for instance %s",
				zone, region, strings.Join(region.Zones(), ", "))
		}
	}
	for i, service := range n.Endpoints {
		if !endpointService.MatchString(service) || strings.HasPrefix(service, "com.amazonaws") {
			say(fmt.Sprintf("network.endpoints.%d", i),
				"is %q; give the service as it stands after com.amazonaws.<region>., for instance ecr.api, sts, secretsmanager",
				service)
		}
		if service == "s3" {
			say(fmt.Sprintf("network.endpoints.%d", i), "is \"s3\", which has a gateway endpoint already, at no cost; remove it")
		}
	}
}

// checkBlock is what is wrong with an IPv4 block that has to be part of some private ones, or nothing.
func checkBlock(cidr string, largest, smallest int, private []netip.Prefix) string {
	block, err := netip.ParsePrefix(cidr)
	switch {
	case err != nil || !block.Addr().Is4():
		return "is not an IPv4 block; write it as 10.20.0.0/16"
	case block != block.Masked():
		return fmt.Sprintf("has address bits beyond its length; the block is %s", block.Masked())
	case block.Bits() < largest || block.Bits() > smallest:
		return fmt.Sprintf("is a /%d; /%d to /%d are allowed", block.Bits(), largest, smallest)
	case !slices.ContainsFunc(private, func(whole netip.Prefix) bool {
		return whole.Bits() <= block.Bits() && whole.Overlaps(block)
	}):
		return "is not private; take a part of " + strings.Join(texts(private), ", ")
	}
	return ""
}

func (n Network) overlaps(other Network) bool { return blocksOverlap(n.CIDR, other.CIDR) }

// blocksOverlap is whether two blocks share addresses; blocks that do not parse are another rule's business.
func blocksOverlap(a, b string) bool {
	first, err := netip.ParsePrefix(a)
	if err != nil {
		return false
	}
	second, err := netip.ParsePrefix(b)
	return err == nil && first.Overlaps(second)
}

// Subnets computes the subnet blocks of a validated network. A private subnet is a quarter of the VPC, because pods
// take their addresses there; public and data subnets are 64ths, out of the last quarter: of 10.0.0.0/16, private
// 10.0.0.0/18, 10.0.64.0/18, 10.0.128.0/18, public 10.0.192.0/22 …, data 10.0.208.0/22 …
func (n Network) Subnets() (Subnets, error) {
	block, err := netip.ParsePrefix(n.CIDR)
	if err != nil {
		return Subnets{}, fmt.Errorf("computing subnets of %q: %w", n.CIDR, err)
	}
	rest := nth(block, 2, zones)
	var subnets Subnets
	for _, i := range slots(n.AvailabilityZones) {
		subnets.Private = append(subnets.Private, nth(block, 2, i))
		subnets.Public = append(subnets.Public, nth(rest, 4, i))
		subnets.Data = append(subnets.Data, nth(rest, 4, 4+i)) // 4: room for a fourth public subnet
	}
	return subnets, nil
}

// slots are the places of zones among the blocks: of the first three by letter their own, a's the first, of others the
// first that is free. So a zone that takes another's place takes its blocks, and no subnet of the others is replaced.
func slots(names []string) []int {
	taken := map[int]bool{}
	places := make([]int, len(names))
	for i, name := range names {
		places[i] = int(name[len(name)-1]) - 'a'
		taken[places[i]] = true
	}
	for i, place := range places {
		for free := 0; place >= zones && places[i] == place; free++ {
			if !taken[free] {
				places[i], taken[free] = free, true
			}
		}
	}
	return places
}

// nth is the i-th part of a block cut into 2^bits equal parts.
func nth(block netip.Prefix, bits, i int) netip.Prefix {
	length := block.Bits() + bits
	a := block.Masked().Addr().As4()
	address := uint32(a[0])<<24 | uint32(a[1])<<16 | uint32(a[2])<<8 | uint32(a[3])
	address |= uint32(i) << (32 - length)
	octets := [4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)}
	return netip.PrefixFrom(netip.AddrFrom4(octets), length)
}
