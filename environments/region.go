package environments

import "strings"

// Region is an AWS region of the commercial partition.
type Region string

// GlobalRegion is where AWS keeps what is global: CloudFront with its certificate, web ACL and logs, and the metrics of Route 53.
const GlobalRegion Region = "us-east-1"

// regionZones are the letters of the first three zones of each region that take new subnets in every account; a region is
// missing here when it has fewer than three (us-west-1). A zone's letter can differ from account to account in the regions that
// retired one, so network.availability_zones overrides them.
// Source: AWS Regions and Availability Zones user guide; ap-northeast-1 and ca-central-1 closed a zone to new customers.
var regionZones = map[Region]string{
	"af-south-1": "abc", "ap-east-1": "abc", "ap-northeast-1": "acd", "ap-northeast-2": "abc", "ap-northeast-3": "abc",
	"ap-south-1": "abc", "ap-south-2": "abc", "ap-southeast-1": "abc", "ap-southeast-2": "abc", "ap-southeast-3": "abc",
	"ap-southeast-4": "abc", "ca-central-1": "abd", "ca-west-1": "abc", "eu-central-1": "abc", "eu-central-2": "abc",
	"eu-north-1": "abc", "eu-south-1": "abc", "eu-south-2": "abc", "eu-west-1": "abc", "eu-west-2": "abc", "eu-west-3": "abc",
	"il-central-1": "abc", "me-central-1": "abc", "me-south-1": "abc", "sa-east-1": "abc", "us-east-1": "abc", "us-east-2": "abc",
	"us-west-2": "abc",
}

func (Region) values() []string {
	list := make([]string, 0, len(regionZones))
	for region := range regionZones {
		list = append(list, string(region))
	}
	return sorted(list)
}

// zones are the region's first three zones by name.
func (r Region) zones() []string {
	letters := strings.Split(regionZones[r], "")
	list := make([]string, len(letters))
	for i, letter := range letters {
		list[i] = string(r) + letter
	}
	return list
}

// GlobalStateRegion is where the state of us-east-1's stack lies, and that of the zone's: where it can be reached when it is needed. A primary's
// is needed when its region is lost, and so lies in the second one.
func (e Environment) GlobalStateRegion() Region {
	if e.DR.Role == DRPrimary && e.SecondRegion != "" {
		return e.SecondRegion
	}
	return e.Region
}
