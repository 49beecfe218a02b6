package environments

// Service is a service of AWS that not every region has.
type Service string

// The services. All others that the platform uses have an endpoint in each region below (endpoints.json of botocore
// 1.43.106, November 2026).
const (
	CodeBuild       Service = "CodeBuild"
	CodeConnections Service = "CodeConnections"
	CodePipeline    Service = "CodePipeline"
)

// regionFacts are what of a region makes a difference here.
type regionFacts struct {
	// zones are the letters of the first three zones that take new subnets in every account. Tokyo and Canada closed one
	// to new customers (AWS Regions and Availability Zones user guide).
	zones string
	// optIn is whether an account has to enable the region: those opened after 2019-03-20 (Account Management Reference
	// Guide, 'Enable or disable AWS Regions in your account').
	optIn bool
	// lacks are the services without an endpoint there. The CodePipeline User Guide, 'GitHub connections', says
	// the same of connections.
	lacks []Service
	// zoneWithoutEKS is the id of a zone that takes no cluster's subnet, empty without one (EKS User Guide, 'Amazon EKS
	// networking requirements for VPC and subnets').
	zoneWithoutEKS string
	// damaged is what AWS says of a region that can't be relied on, empty where it can.
	damaged string
}

// noConnections is what the eleven regions lack that have CodePipeline, and nothing that connects it to GitHub.
var noConnections = []Service{CodeConnections}

// inTheGulf is the last that AWS said in its Health Dashboard when this was written.
const inTheGulf = "was damaged in March 2026; on 2026-04-30 AWS advised its customers to leave it, " +
	"and expected months of repairs"

// regions are those with three zones for every account and with RDS's certificate authorities in internal/rdsca, as of
// November 2026. In the oldest regions a zone's letter differs from account to account; network.availability_zones
// overrides it.
var regions = map[Region]regionFacts{
	"af-south-1":     {zones: "abc", optIn: true, lacks: noConnections},
	"ap-east-1":      {zones: "abc", optIn: true, lacks: noConnections},
	"ap-northeast-1": {zones: "acd"},
	"ap-northeast-2": {zones: "abc"},
	"ap-northeast-3": {zones: "abc", lacks: noConnections},
	"ap-south-1":     {zones: "abc"},
	"ap-south-2":     {zones: "abc", optIn: true, lacks: noConnections},
	"ap-southeast-1": {zones: "abc"},
	"ap-southeast-2": {zones: "abc"},
	"ap-southeast-3": {zones: "abc", optIn: true, lacks: noConnections},
	"ap-southeast-4": {zones: "abc", optIn: true, lacks: noConnections},
	"ca-central-1":   {zones: "abd", zoneWithoutEKS: "cac1-az3"},
	"ca-west-1":      {zones: "abc", optIn: true, lacks: []Service{CodeBuild, CodeConnections, CodePipeline}},
	"eu-central-1":   {zones: "abc"},
	"eu-central-2":   {zones: "abc", optIn: true, lacks: noConnections},
	"eu-north-1":     {zones: "abc"},
	"eu-south-1":     {zones: "abc", optIn: true},
	"eu-south-2":     {zones: "abc", optIn: true, lacks: noConnections},
	"eu-west-1":      {zones: "abc"},
	"eu-west-2":      {zones: "abc"},
	"eu-west-3":      {zones: "abc"},
	"il-central-1":   {zones: "abc", optIn: true, lacks: noConnections},
	"me-central-1":   {zones: "abc", optIn: true, lacks: noConnections, damaged: inTheGulf},
	"me-south-1":     {zones: "abc", optIn: true, lacks: noConnections, damaged: inTheGulf},
	"sa-east-1":      {zones: "abc"},
	"us-east-1":      {zones: "abc", zoneWithoutEKS: "use1-az3"},
	"us-east-2":      {zones: "abc"},
	"us-west-2":      {zones: "abc"},
}
