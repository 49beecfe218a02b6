package limits

import (
	"encoding/json"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func eksRules() []Rule {
	return []Rule{
		{"public endpoints of clusters", "EKS user guide, 'Cluster API server endpoint'",
			[]string{"eks CreateCluster", "eks UpdateClusterConfig"}, publicEndpoints},
		{"services of clusters", "EKS API, KubernetesNetworkConfigRequest", []string{"eks CreateCluster"}, serviceAddresses},
		{"node groups", "EKS API, CreateNodegroup", []string{"eks CreateNodegroup"}, nodeGroups},
		{"configuration of add-ons", "EKS API, CreateAddon", []string{"eks CreateAddon", "eks UpdateAddon"},
			addonConfiguration},
	}
}

// reserved are addresses that nobody has in the Internet: private, shared, local, documentation, benchmarks,
// multicast (IANA's registry of special-purpose addresses). EKS refuses them as public access CIDRs.
var reserved = prefixes("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
	"::/8", "2001:db8::/32", "fc00::/7", "fe80::/10", "ff00::/8")

// private are the addresses of RFC 1918.
var private = prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")

func prefixes(texts ...string) []netip.Prefix {
	var found []netip.Prefix
	for _, text := range texts {
		found = append(found, netip.MustParsePrefix(text))
	}
	return found
}

func publicEndpoints(call *protocol.Call, report *Report) {
	const at = ".resourcesVpcConfig.publicAccessCidrs"
	blocks := texts(member(call.Input, "resourcesVpcConfig.publicAccessCidrs"))
	report.AtMost(at, "blocks that reach a cluster's public endpoint", len(blocks), 40)
	family := text(call.Input, "kubernetesNetworkConfig.ipFamily")
	for _, one := range blocks {
		block, err := netip.ParsePrefix(one)
		switch {
		case err != nil:
			report.Breaks(at, one, "a CIDR block")
		case block.Addr().Is6() && family == "ipv4":
			report.Breaks(at, one, "IPv4 blocks for a cluster of IPv4")
		case block.Bits() > 0 && slices.ContainsFunc(reserved, block.Overlaps):
			report.Breaks(at, one, "no reserved addresses")
		}
	}
}

func serviceAddresses(call *protocol.Call, report *Report) {
	services := text(call.Input, "kubernetesNetworkConfig.serviceIpv4Cidr")
	if services == "" {
		return
	}
	block, err := netip.ParsePrefix(services)
	isPrivate := err == nil && slices.ContainsFunc(private, func(p netip.Prefix) bool {
		return p.Contains(block.Addr()) && block.Bits() >= p.Bits()
	})
	if !isPrivate || block.Bits() < 12 || block.Bits() > 24 {
		report.Breaks(".kubernetesNetworkConfig.serviceIpv4Cidr", services,
			"/12 to /24 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16")
	}
}

var (
	labelKey   = regexp.MustCompile(`^([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$`)
	labelValue = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$`)
)

func nodeGroups(call *protocol.Call, report *Report) {
	var input struct {
		ScalingConfig  struct{ MinSize, DesiredSize, MaxSize *int }
		Labels         map[string]string
		Taints         []any
		LaunchTemplate any
	}
	call.Into(&input)
	size := input.ScalingConfig
	if size.MinSize != nil && size.DesiredSize != nil && size.MaxSize != nil &&
		(*size.MinSize < 0 || *size.MinSize > *size.DesiredSize || *size.DesiredSize > *size.MaxSize) {
		report.Breaks(".scalingConfig", []int{*size.MinSize, *size.DesiredSize, *size.MaxSize},
			"minSize <= desiredSize <= maxSize")
	}
	for key, value := range input.Labels {
		if !labelKey.MatchString(key) || !labelValue.MatchString(value) {
			report.Breaks(".labels", key+"="+value, "a Kubernetes label")
		}
		if strings.HasPrefix(key, "eks.amazonaws.com/") {
			report.Breaks(".labels", key, "a label that is not EKS's own")
		}
	}
	report.AtMost(".taints", "taints of a node group", len(input.Taints), 50)
	for _, name := range []string{"diskSize", "remoteAccess"} {
		if input.LaunchTemplate != nil && call.Input[name] != nil {
			report.Breaks("."+name, call.Input[name], "none with a launch template")
		}
	}
}

func addonConfiguration(call *protocol.Call, report *Report) {
	values := text(call.Input, "configurationValues")
	if values == "" || json.Valid([]byte(values)) {
		return
	}
	report.Breaks(".configurationValues", values, "JSON") // or YAML, which the project does not write
}
