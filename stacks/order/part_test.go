package order

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
)

func loaded(t *testing.T) []environments.Environment {
	t.Helper()
	all, err := environments.Load("../../tests/fixtures/platform", "")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func names(stacks []Stack) string {
	var list []string
	for _, stack := range stacks {
		list = append(list, stack.Name)
	}
	return strings.Join(list, " ")
}

// chain is b after a, c after b, and d after a.
var chain = []Stack{
	{Name: "a"},
	{Name: "b", After: []string{"a"}},
	{Name: "c", After: []string{"b"}},
	{Name: "d", After: []string{"a"}},
}

func TestPartKeepsTheOrderThroughWhatIsLeftOut(t *testing.T) {
	part := Part(chain, func(s Stack) bool { return s.Name != "b" })
	want := []Stack{{Name: "a"}, {Name: "c", After: []string{"a"}}, {Name: "d", After: []string{"a"}}}
	if diff := cmp.Diff(want, part); diff != "" {
		t.Error(diff)
	}
	if chain[2].After[0] != "b" {
		t.Error("the table itself was changed")
	}
}

func TestBeforeAndBehind(t *testing.T) {
	for _, c := range []struct{ name, before, behind string }{
		{"a", "", "b c d"}, {"b", "a", "c"}, {"c", "a b", ""}, {"d", "a", ""}, {"none", "", ""},
	} {
		if got := names(Before(chain, c.name)); got != c.before {
			t.Errorf("before %s: %q, want %q", c.name, got, c.before)
		}
		if got := names(Behind(chain, c.name)); got != c.behind {
			t.Errorf("behind %s: %q, want %q", c.name, got, c.behind)
		}
	}
}

// TestTablesAreInOrder fails where a stack is listed before one that it comes after, or comes after one that is not
// in the table: Before, Behind and whoever runs the table go through it once.
func TestTablesAreInOrder(t *testing.T) {
	all := loaded(t)
	tables := map[string][]Stack{"all": All(all)}
	for _, environment := range all {
		tables[environment.Name] = Of(environment)
	}
	for name, table := range tables {
		seen := map[string]bool{}
		for _, stack := range table {
			for _, before := range stack.After {
				if !seen[before] {
					t.Errorf("%s: %s comes after %s, which is not before it", name, stack.Name, before)
				}
			}
			if seen[stack.Name] {
				t.Errorf("%s: %s is in it twice", name, stack.Name)
			}
			seen[stack.Name] = true
		}
	}
}

func TestASecondaryHasItsPrimarysZone(t *testing.T) {
	all := loaded(t)
	for _, environment := range all {
		want := environment.Name
		if environment.DR.Role == environments.DRSecondary {
			want = environment.DR.Primary
		}
		zone, found := ZoneOf(environment, all)
		if !found || zone.Name != want+".zone" {
			t.Errorf("%s: %q, %v; want %s.zone", environment.Name, zone.Name, found, want)
		}
	}
	elsewhere := all[0]
	elsewhere.DNS.Zone = "elsewhere.example.com"
	if zone, found := ZoneOf(elsewhere, all); found {
		t.Errorf("a zone that nobody makes is made by %s", zone.Name)
	}
}
