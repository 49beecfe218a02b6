package wafrules

// Total is what a web ACL holds, as AWS's quotas count it.
type Total struct {
	Capacity     int // web ACL capacity units
	RateLimits   int // rate-based rules
	References   int // to IP sets and rule groups
	IPSets       int
	LargestIPSet int // addresses
}

// Sum is what IP sets and rules come to.
func Sum(sets []IPSet, rules []Rule) Total {
	total := Total{IPSets: len(sets)}
	for _, set := range sets {
		total.LargestIPSet = max(total.LargestIPSet, len(set.Addresses))
	}
	for _, rule := range rules {
		total.Capacity += rule.Statement.Capacity()
		total.RateLimits += rule.Statement.rateLimits()
		total.References += rule.Statement.references()
	}
	return total
}
