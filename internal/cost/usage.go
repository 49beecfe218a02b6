package cost

import "fmt"

// Usage is what is assumed of use. These are the only assumptions: measure, and put your own numbers here.
var Usage = struct {
	Hours            float64 // a month: 365 days of 24 hours by 12
	NATGigabytes     float64 // through each NAT gateway, a month
	CapacityUnits    float64 // of each load balancer, on average
	DatabaseGB       float64 // that a database holds
	DatabaseRequests float64 // millions of reads and writes of its storage, a month
	LogGigabytes     float64 // into each log group, a month
	RequestMillions  float64 // through each web ACL, a month
}{
	Hours: 730, NATGigabytes: 100, CapacityUnits: 1, DatabaseGB: 20, DatabaseRequests: 10,
	LogGigabytes: 1, RequestMillions: 10,
}

// Assumptions are the assumptions in words.
func Assumptions() []string {
	u := Usage
	return []string{
		fmt.Sprintf("%g hours a month", u.Hours),
		"as many nodes as a node group begins with; the autoscaler may add some",
		"Spot at the on-demand price, which is the most that it costs",
		"serverless databases at their least capacity",
		fmt.Sprintf("%g GB a month through each NAT gateway", u.NATGigabytes),
		fmt.Sprintf("%g capacity unit of each load balancer", u.CapacityUnits),
		fmt.Sprintf("%g GB in each database, and %g million requests of its storage", u.DatabaseGB, u.DatabaseRequests),
		fmt.Sprintf("%g GB a month into each log group, kept as long as it says", u.LogGigabytes),
		fmt.Sprintf("%g million requests a month through each web ACL", u.RequestMillions),
		"no discount, free tier, data transfer or tax",
	}
}
