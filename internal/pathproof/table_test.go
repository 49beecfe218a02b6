package pathproof

import (
	"slices"
	"testing"
)

func TestEveryEnvironmentHoldsEveryInvariant(t *testing.T) {
	asked, met := map[string]bool{}, map[string][]string{}
	for _, e := range all(t) {
		f := stacksOf(t, e.Account).facts(t)
		scope := f.ScopeOf(e, all(t))
		for _, result := range Check(f, scope) {
			if !result.Holds() {
				t.Errorf("%s: %s", e.Name, result)
			}
			asked[result.Title] = asked[result.Title] || result.Asked
			for _, want := range result.Want {
				for _, text := range scope.expand([]string{want}) {
					if slices.ContainsFunc(result.Found, func(r Reach) bool { return covers(text, r.Who) }) {
						met[result.Title] = append(met[result.Title], want)
					}
				}
			}
		}
	}
	// A row that asks nothing, and an expectation that nothing meets, would let in what they name unseen.
	for _, invariant := range Invariants {
		if !asked[invariant.Title] {
			t.Errorf("%s: no environment has what it asks about", invariant.Title)
		}
		for _, want := range invariant.Want {
			if !slices.Contains(met[invariant.Title], want) && !slices.Contains(optional, want) {
				t.Errorf("%s: %q is expected, and is so in no environment", invariant.Title, want)
			}
		}
	}
}

// optional are expectations that hold only of what no committed file asks for.
var optional = []string{
	"config.amazonaws.com as {project}-config", // where an account keeps AWS Config's records itself
	"{role}", "{role} in every namespace", // where Terraform assumes a role of the account's file
	// Where a file has network.access; TestTheProofKnowsTheFilesNetworksAlone in tests meets them.
	"{databasecaller} on tcp 5432", "{apicaller} on tcp 443", "{databaseroute}", "{apiroute}",
	// Where it has addons.grafana, or no edge; TestTheProofKnowsGrafanasCallersAlone in tests meets them.
	"{grafanacaller} on tcp 443", "{grafananame} from {grafanacaller}", "{directname} from whoever may connect",
	"{cloudshell} on tcp 443", // where it has cluster.cloudshell; TestCloudShellReachesTheAPIAndTheProofKnowsIt in tests
}
