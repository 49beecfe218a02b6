package environments

import (
	"net/netip"
	"slices"
	"strings"
)

// Network is the VPC of an environment: three Availability Zones, each with a public, a private and a data subnet.
type Network struct {
	// CIDR is the VPC's IPv4 block, /16 to /20, private, and free in every other environment. Required.
	// Three quarters of it are the private subnets; the rest holds the public and data subnets and a reserve.
	CIDR string `yaml:"cidr" jsonschema:"required"`
	// AvailabilityZones are the three zones by name, in any order. Default: the region's first
	// three that take new subnets.
	AvailabilityZones []string `yaml:"availability_zones" jsonschema:"minItems=3,maxItems=3,uniqueItems=true"`
	// NAT is one gateway (about 35 USD a month) or one an Availability Zone. Default: per-az, in development single.
	NAT NAT `yaml:"nat"`
	// Endpoints are the AWS services reached by interface endpoints, without NAT (about 8 USD a month each and zone, which
	// pays from some 600 GB a month on: docs/network.md). Default: none. S3 has a gateway endpoint, at no cost.
	Endpoints []string `yaml:"endpoints" jsonschema:"uniqueItems=true"`
	// EndpointPolicy is what endpoints let through beside the account's own.
	EndpointPolicy EndpointPolicy `yaml:"endpoint_policy"`
	// Access lets networks of one's own in, such as the company's. Default: none.
	Access []NetworkAccess `yaml:"access" jsonschema:"maxItems=20"`
	// FlowLogs is where every connection is recorded. Default: cloudwatch, in development none.
	FlowLogs LogDestination `yaml:"flow_logs"`
	// FlowLogDays is how long flow logs are kept, in days. Default: 365.
	FlowLogDays LogDays `yaml:"flow_log_days"`
}

// EndpointPolicy is what VPC endpoints let through beside the account's own principals and buckets, and what nodes need
// to start. What is let through may also carry data out.
type EndpointPolicy struct {
	// Accounts are other accounts of one's own: their principals may use the endpoints, and their buckets be used.
	// Default: none.
	Accounts []string `yaml:"accounts" jsonschema:"uniqueItems=true"`
	// Buckets are buckets of other accounts, in the environment's region, that the account's principals may use.
	// Default: none.
	Buckets []string `yaml:"buckets" jsonschema:"uniqueItems=true"`
	// OpenBuckets are buckets, in the environment's region, that everybody may read from, also without credentials or by
	// a signed URL, as registries and package mirrors hand out. Default: none.
	OpenBuckets []string `yaml:"open_buckets" jsonschema:"uniqueItems=true"`
}

// NetworkAccess is a network of one's own: where its people and builds call from, by what, and what they may call.
type NetworkAccess struct {
	// CIDR is the IPv4 block that they call from, at least a /8, and not the VPC's. Required.
	CIDR string `yaml:"cidr" jsonschema:"required"`
	// Gateway is the id of what leads there and exists: a transit gateway (tgw-…), which the VPC is attached to, or a
	// VPC peering connection (pcx-…) of the VPC. Required.
	Gateway string `yaml:"gateway" jsonschema:"required,pattern=^(tgw|pcx)-[0-9a-f]{8\\,17}$"`
	// To are what may be called from there: database is Aurora on 5432, api the cluster's API on 443, and so whatever
	// `kubectl port-forward` reaches, Grafana among it. Required.
	To []AccessTarget `yaml:"to" jsonschema:"required,minItems=1,uniqueItems=true"`
}

// AccessTarget is what networks of one's own may call.
type AccessTarget string

// What they may call.
const (
	AccessDatabase AccessTarget = "database"
	AccessAPI      AccessTarget = "api"
)

func (AccessTarget) values() []string { return words(AccessDatabase, AccessAPI) }

// LogDestination is where a service's logs go.
type LogDestination string

// The destinations of logs.
const (
	LogsToCloudWatch LogDestination = "cloudwatch" // searched at once, for a price by what is written
	LogsToS3         LogDestination = "s3"         // half of that to write and a tenth to keep, searched by Athena
	LogsNowhere      LogDestination = "none"
)

func (LogDestination) values() []string { return words(LogsToCloudWatch, LogsToS3, LogsNowhere) }

// TransitGateway is whether the way is by a transit gateway, not a peering connection.
func (a NetworkAccess) TransitGateway() bool { return strings.HasPrefix(a.Gateway, "tgw-") }

// BlocksTo are the blocks of the networks that may call something.
func (n Network) BlocksTo(target AccessTarget) []string {
	var blocks []string
	for _, access := range n.AccessTo(target) {
		blocks = append(blocks, access.CIDR)
	}
	return blocks
}

// AccessTo are the networks that may call something.
func (n Network) AccessTo(target AccessTarget) []NetworkAccess {
	var list []NetworkAccess
	for _, access := range n.Access {
		if slices.Contains(access.To, target) {
			list = append(list, access)
		}
	}
	return list
}

// zones is how many Availability Zones a network spans: the platform's data tiers are built for three.
const zones = 3

// Subnets are a VPC's subnet blocks, one a zone, in the order of the zones' names.
type Subnets struct {
	Public, Private, Data []netip.Prefix
}
