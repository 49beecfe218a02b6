package environments

import (
	"slices"
	"testing"
	"time"
)

// The pins of this repository's own files, at days that are given: a pin that is past its support at one of them is
// named, with the day on which it left. The clock of whoever runs this has no say.
func TestPinsAreHeldAgainstTheTablesAtADay(t *testing.T) {
	all, err := Load("../tests/fixtures/platform", "")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(e Environment) bool { return e.Name == "prod" })
	prod := all[i]
	prod.Cluster.Version, prod.Database.EngineVersion = "1.35", "17.9"
	for day, want := range map[string][]string{
		"2026-11-29": nil,
		"2027-03-26": nil,
		"2027-03-27": {"prod: cluster.version 1.35 left standard support on 2027-03-27"},
		"2030-02-28": {
			"prod: cluster.version 1.35 left standard support on 2027-03-27",
			"prod: database.engine_version 17.9 left standard support on 2030-02-28",
		},
	} {
		now, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := prod.PastSupport(now); !slices.Equal(got, want) {
			t.Errorf("at %s: %q, want %q", day, got, want)
		}
	}
}

// What is committed was in support on the day that the tables were read.
func TestNoPinWasPastSupportWhenTheTablesWereRead(t *testing.T) {
	for _, folder := range []string{".", "../tests/fixtures/platform"} {
		all, err := Load(folder, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range all {
			if past := e.PastSupport(date(2026, time.November, 29)); past != nil {
				t.Errorf("%s: %q", folder, past)
			}
		}
	}
}

// Extended support follows standard support by a year, and versions follow each other.
func TestTheTablesOfVersionsAreInOrder(t *testing.T) {
	var before Support
	for _, version := range KubernetesVersions() {
		support, _ := KubernetesSupport(version)
		if !support.Standard.After(before.Standard) || !support.Extended.Equal(support.Standard.AddDate(1, 0, 0)) {
			t.Errorf("%s: %v", version, support)
		}
		before = support
	}
}
