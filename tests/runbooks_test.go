package tests

import (
	"fmt"
	"slices"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runbooks"
)

// Runbooks name what a signed zone has, which no committed environment asks for.
func TestNamesOnRequestAreMade(t *testing.T) {
	stacks := variants(t, "prod", func(e *environments.Environment) {
		e.DNS.DNSSEC = true
		companyLogin(e)
	})
	zone := stacks["prod.zone"]
	for _, kind := range runbooks.OnRequest.Types {
		if len(zone.Resources(kind)) == 0 {
			t.Errorf("a signed zone has no %s", kind)
		}
	}
	var names []string
	for _, named := range slices.Concat(zone.Resources("aws_kms_alias"),
		stacks["prod"].Resources("aws_secretsmanager_secret")) {
		names = append(names, fmt.Sprint(named.At("name")))
	}
	for _, name := range runbooks.OnRequest.Names {
		if !slices.Contains(names, name) {
			t.Errorf("on request there are %v, and not %s", names, name)
		}
	}
}
