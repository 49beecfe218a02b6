package environments

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What environments share follows from all files, whichever are selected.
func TestBasesAreOfTheAccount(t *testing.T) {
	for _, selected := range []string{"", "prod-dr"} {
		all, err := Load("../tests/fixtures/platform", selected)
		if err != nil {
			t.Fatal(err)
		}
		for _, environment := range all {
			if environment.Name != "prod-dr" {
				continue
			}
			account := environment.Account
			names, regions := []string{"prod", "prod-dr"}, []Region{"eu-central-1", "eu-west-1"}
			want := []Base{
				{
					Account:        account,
					Environments:   names,
					StateRegions:   regions,
					Region:         "eu-central-1",
					ReplicatesTo:   []Region{"eu-west-1"},
					ReplicatesFrom: []Region{"eu-west-1"},
				},
				{
					Account: account, Environments: names, StateRegions: regions, Region: "eu-west-1",
					ReplicatesTo: []Region{"eu-central-1"}, ReplicatesFrom: []Region{"eu-central-1"},
					Images: []ImageReplication{{Prefix: "titan-prod/", To: "eu-central-1"}},
				},
			}
			if diff := cmp.Diff(want, environment.Bases); diff != "" {
				t.Errorf("selected %q: -want +got\n%s", selected, diff)
			}
		}
	}
}

// An account stands in its first region, too, whichever its environments use, and where another environment
// has its state copied to.
func TestBasesHoldWhatTheirStacksNeed(t *testing.T) {
	account := Account{ID: "1", Project: "titan", Region: "eu-north-1"}
	all := Resolve([]Environment{
		{Name: "a", Account: account, Region: "eu-west-1"},
		{Name: "b", Account: account, Region: "eu-central-1", SecondRegion: "eu-west-1"},
		{Name: "c", Account: Account{ID: "2"}, Region: "eu-west-1", SecondRegion: "eu-north-1"},
		{Name: "d", Account: account, Region: "eu-west-1", SecondRegion: "eu-west-3"},
	})
	names, regions := []string{"a", "b", "d"}, []Region{"eu-central-1", "eu-west-1", "eu-west-3"}
	want := []Base{
		{
			Account: account, Environments: names, StateRegions: regions, Region: "eu-west-1",
			ReplicatesTo: []Region{"eu-west-3"}, ReplicatesFrom: []Region{"eu-central-1"},
			Images: []ImageReplication{{Prefix: "titan-d/", To: "eu-west-3"}},
		},
		{Account: account, Environments: names, StateRegions: regions, Region: "eu-north-1"},
		{
			Account:        account,
			Environments:   names,
			StateRegions:   regions,
			Region:         "eu-west-3",
			ReplicatesFrom: []Region{"eu-west-1"},
		},
	}
	if diff := cmp.Diff(want, all[0].Bases); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if !want[1].First() || want[0].First() {
		t.Error("the first region is another than the file's")
	}
}
