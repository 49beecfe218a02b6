package order

import (
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

func load(t *testing.T) []environments.Environment {
	t.Helper()
	all, err := environments.Load("../../tests/fixtures/platform", "")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The table of a pair, written out: where a stack lives, where its state lies, what is applied before it.
func TestTheTableOfAPair(t *testing.T) {
	var got []string
	for _, environment := range load(t) {
		if strings.HasPrefix(environment.Name, "prod") {
			for _, s := range Of(environment) {
				got = append(got,
					strings.Join([]string{s.Name, string(s.Region), string(s.StateRegion), strings.Join(s.After, " ")}, " | "))
			}
		}
	}
	const ireland, frankfurt = "bootstrap.production.eu-west-1", "bootstrap.production.eu-central-1"
	shared := []string{
		ireland + " | eu-west-1 |  | ",
		frankfurt + " | eu-central-1 |  | ",
		"account.production.eu-west-1 | eu-west-1 | eu-west-1 | " + ireland + " " + frankfurt,
		"account.production.eu-central-1 | eu-central-1 | eu-central-1 | " + frankfurt + " " + ireland +
			" account.production.eu-west-1",
	}
	want := append(slices.Clone(shared),
		"prod.zone | us-east-1 | eu-central-1 | "+frankfurt,
		"prod.second | eu-central-1 | eu-central-1 | account.production.eu-central-1",
		"prod | eu-west-1 | eu-west-1 | account.production.eu-west-1 prod.zone prod.second",
		"prod.global | us-east-1 | eu-central-1 | "+frankfurt+" prod",
		"prod.platform | eu-west-1 | eu-west-1 | prod",
		shared[1], shared[0], shared[2], shared[3],
		"prod-dr.second | eu-west-1 | eu-west-1 | account.production.eu-west-1",
		"prod-dr | eu-central-1 | eu-central-1 | account.production.eu-central-1 prod-dr.second",
		"prod-dr.global | us-east-1 | eu-central-1 | "+frankfurt+" prod-dr",
		"prod-dr.platform | eu-central-1 | eu-central-1 | prod-dr",
	)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// While its zone waits, an environment's other stacks are left out, and nothing destroys them.
func TestAnUndelegatedZoneLeavesTheOtherStacksOut(t *testing.T) {
	all := load(t)
	for i := range all {
		if all[i].Name == "prod" {
			all[i].DNS.Delegated = false
		}
	}
	var got []string
	for _, environment := range environments.Resolve(all) {
		if strings.HasPrefix(environment.Name, "prod") {
			for _, s := range Of(environment) {
				if !s.Shared() {
					got = append(got, s.Name)
				}
			}
		}
	}
	if want := []string{"prod.zone"}; !slices.Equal(got, want) {
		t.Errorf("stacks %v, want %v: the secondary looks the zone up, too", got, want)
	}
}

// Nothing of a pair's other environment, nor of the region that it loses, comes before what a failover deploys.
func TestAFailoverWaitsForNothingInTheLostRegion(t *testing.T) {
	byName := map[string]Stack{}
	for _, s := range All(load(t)) {
		byName[s.Name] = s
	}
	for _, name := range []string{"prod-dr", "prod-dr.global", "prod-dr.platform", "prod.global"} {
		s := byName[name]
		if s.Region == "eu-west-1" || s.StateRegion == "eu-west-1" {
			t.Errorf("%s lives in %s with its state in %s: it could not be deployed with eu-west-1 lost",
				name, s.Region, s.StateRegion)
		}
		for _, before := range s.After {
			if strings.HasPrefix(name, "prod-dr") && byName[before].Environment == "prod" && !byName[before].Shared() {
				t.Errorf("%s comes after %s, its peer's", name, before)
			}
		}
	}
}

// A stack comes after stacks of the table only, and before none of them.
func TestTheTableIsAnOrder(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range All(load(t)) {
		if seen[s.Name] {
			t.Errorf("%s is twice in the table", s.Name)
		}
		for _, before := range s.After {
			if !seen[before] {
				t.Errorf("%s comes after %s, which comes later or never", s.Name, before)
			}
		}
		seen[s.Name] = true
		if !s.Shared() && s.Kind != Environment && !strings.HasPrefix(s.Name, s.Environment+Separator) {
			t.Errorf("%s does not begin with its environment", s.Name)
		}
	}
}
