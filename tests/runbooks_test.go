package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runbooks"
)

// Runbooks name what a signed zone has, which no committed environment asks for.
func TestNamesOnRequestAreMade(t *testing.T) {
	zone := variants(t, "prod", func(e *environments.Environment) { e.DNS.DNSSEC = true })["prod.zone"]
	for _, kind := range runbooks.OnRequest.Types {
		if len(zone.Resources(kind)) == 0 {
			t.Errorf("a signed zone has no %s", kind)
		}
	}
	var aliases []string
	for _, alias := range zone.Resources("aws_kms_alias") {
		aliases = append(aliases, fmt.Sprint(alias.At("name")))
	}
	for _, name := range runbooks.OnRequest.Names {
		if !strings.Contains(fmt.Sprint(aliases), name) {
			t.Errorf("a signed zone has %v, and not %s", aliases, name)
		}
	}
}
