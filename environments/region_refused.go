package environments

import (
	"slices"
	"strings"
)

// partitions are the parts of AWS beside the commercial one, by how the names of their regions begin (partitions.json
// of botocore 1.43.106, November 2026).
var partitions = []struct{ prefix, name string }{
	{"cn-", "AWS China"},
	{"us-gov-", "AWS GovCloud (US)"},
	{"us-iso", "one of AWS' isolated partitions"},
	{"eu-isoe-", "one of AWS' isolated partitions"},
	{"eusc-", "the AWS European Sovereign Cloud"},
}

// unchecked is the reason why AWS' newest regions are refused.
const unchecked = "its zones, services and RDS's certificate authorities have not been looked up; " +
	"docs/regions.md says what it takes to add it"

// refused are the commercial regions that are not in the table of regions, and why.
var refused = map[Region]string{
	// AWS Regions and Availability Zones user guide: the third zone takes no new customers.
	"us-west-1": "a new account gets two Availability Zones there, and three are needed, for instance those of us-west-2",

	"ap-east-2": unchecked, "ap-southeast-5": unchecked, "ap-southeast-6": unchecked, "ap-southeast-7": unchecked,
	"mx-central-1": unchecked,
}

// refusal is why a region of AWS can't hold an environment; empty where there is no such region, or it can.
func (r Region) refusal() string {
	for _, partition := range partitions {
		if strings.HasPrefix(string(r), partition.prefix) {
			return "it is in " + partition.name + ", with accounts, endpoints and names of its own, and the distribution, " +
				"its certificate and its web ACL are in us-east-1, where nothing of another partition can use them"
		}
	}
	return refused[r]
}

// regionRefusal is the refusal of a word that should be one of the allowed; empty where those are no regions.
func regionRefusal(word string, allowed []string) string {
	if !slices.Contains(allowed, string(GlobalRegion)) {
		return ""
	}
	return Region(word).refusal()
}
