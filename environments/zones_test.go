package environments

import (
	"strings"
	"testing"
)

// A zone that stays keeps its blocks, whatever else the list becomes: a subnet with another block is another subnet,
// and the database, the cache and the control plane have interfaces in theirs.
func TestZonesThatStayKeepTheirBlocks(t *testing.T) {
	t.Parallel()
	was := blocksByZone(t, "[eu-west-1a, eu-west-1b, eu-west-1c]")
	for _, list := range []string{
		"[eu-west-1c, eu-west-1a, eu-west-1b]", "[eu-west-1b, eu-west-1c, eu-west-1d]",
		"[eu-west-1a, eu-west-1c, eu-west-1d]", "[eu-west-1a, eu-west-1b, eu-west-1f]",
		"[eu-west-1d, eu-west-1c, eu-west-1e]",
	} {
		is := blocksByZone(t, list)
		blocks := map[string]bool{}
		for zone, block := range is {
			if before, stays := was[zone]; stays && before != block {
				t.Errorf("with zones %s, the private subnet of %s has block %s instead of %s", list, zone, block, before)
			}
			blocks[block] = true
		}
		if len(blocks) != zones {
			t.Errorf("with zones %s, the private subnets have blocks %v, want %d different ones", list, is, zones)
		}
	}
}

// blocksByZone loads an environment with a list of zones and returns the blocks of its private subnets.
func blocksByZone(t *testing.T, list string) map[string]string {
	t.Helper()
	block := "  cidr: 10.30.0.0/16"
	dir := folder(t, map[string]string{
		"prod.yaml": strings.Replace(valid, block, block+"\n  availability_zones: "+list, 1),
	})
	loaded, err := Load(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	network := loaded[0].Network
	subnets, err := network.Subnets()
	if err != nil {
		t.Fatal(err)
	}
	blocks := map[string]string{}
	for i, zone := range network.AvailabilityZones {
		blocks[zone] = subnets.Private[i].String()
	}
	return blocks
}
