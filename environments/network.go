package environments

import "net/netip"

// Network is the VPC of an environment: three Availability Zones, each with a public, a private and a data subnet.
type Network struct {
	// CIDR is the VPC's IPv4 block, /16 to /20, private, and free in every other environment. Required.
	// Three quarters of it are the private subnets; the rest holds the public and data subnets and a reserve.
	CIDR string `yaml:"cidr" jsonschema:"required"`
	// AvailabilityZones are the three zones by name, in any order. Default: the region's first three that take new subnets.
	AvailabilityZones []string `yaml:"availability_zones" jsonschema:"minItems=3,maxItems=3,uniqueItems=true"`
	// NAT is one gateway (about 35 USD a month) or one an Availability Zone. Default: per-az, in development single.
	NAT NAT `yaml:"nat"`
	// Endpoints are the AWS services reached by interface endpoints, without NAT (about 8 USD a month each and zone).
	// Default: those that nodes need to start and run without the internet, in development none.
	Endpoints []string `yaml:"endpoints" jsonschema:"uniqueItems=true"`
	// FlowLogDays is how long flow logs are kept, in days. Default: 365.
	FlowLogDays LogDays `yaml:"flow_log_days"`
}

// zones is how many Availability Zones a network spans: the platform's data tiers are built for three.
const zones = 3

// Subnets are a VPC's subnet blocks, one a zone, in the order of the zones' names.
type Subnets struct {
	Public, Private, Data []netip.Prefix
}
