package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

const (
	regionsPage        = "../docs/regions.md"
	regionsTableBegins = "<!-- the table of regions, written by make golden -->\n"
)

// TestTheDocsHaveTheTableOfRegions holds the page against the loader's table.
func TestTheDocsHaveTheTableOfRegions(t *testing.T) {
	pageHasTable(t, regionsPage, regionsTableBegins, tableOfRegions())
}

func tableOfRegions() string {
	var table strings.Builder
	table.WriteString(
		"| region | zones by default | off until enabled | lacks | no EKS in |\n| --- | --- | --- | --- | --- |\n")
	for _, region := range environments.Regions() {
		optIn := ""
		if region.OptIn() {
			optIn = "yes"
		}
		var lacks []string
		for _, service := range region.Lacks() {
			lacks = append(lacks, string(service))
		}
		fmt.Fprintf(&table, "| %s | %s | %s | %s | %s |\n",
			region, strings.Join(region.Zones(), ", "), optIn, strings.Join(lacks, ", "), region.ZoneWithoutEKS())
	}
	return table.String()
}
