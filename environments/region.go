package environments

import (
	"maps"
	"slices"
	"strings"
)

// Region is an AWS region of the commercial partition.
type Region string

// GlobalRegion is where AWS keeps what is global: CloudFront with its certificate, web ACL and logs, and the metrics of
// Route 53.
const GlobalRegion Region = "us-east-1"

func (Region) values() []string { return sorted(words(slices.Collect(maps.Keys(regions))...)) }

// Regions are those that an environment may live in, by name.
func Regions() []Region {
	var list []Region
	for _, name := range Region("").values() {
		list = append(list, Region(name))
	}
	return list
}

// Zones are the region's first three zones by name, which an environment has where its file names none.
func (r Region) Zones() []string {
	letters := strings.Split(regions[r].zones, "")
	list := make([]string, len(letters))
	for i, letter := range letters {
		list[i] = string(r) + letter
	}
	return list
}

// OptIn is whether the region is off in an account until somebody enables it.
func (r Region) OptIn() bool { return regions[r].optIn }

// Lacks are the services that an environment can ask for and that the region does not have.
func (r Region) Lacks() []Service { return slices.Clone(regions[r].lacks) }

// ZoneWithoutEKS is the id of the zone that EKS takes no subnet of a cluster in; empty where it takes all. Which letter
// it has can differ from account to account.
func (r Region) ZoneWithoutEKS() string { return regions[r].zoneWithoutEKS }

// GlobalStateRegion is where the state of us-east-1's stack lies, and that of the zone's: where it can be reached when
// it is needed. A primary's is needed when its region is lost, and so lies in the second one.
func (e Environment) GlobalStateRegion() Region {
	if e.DR.Role == DRPrimary && e.SecondRegion != "" {
		return e.SecondRegion
	}
	return e.Region
}
