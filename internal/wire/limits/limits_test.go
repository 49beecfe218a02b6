package limits

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/wire/model"
)

// operations are all operations of the pinned models, by their names in rules.
func operations(t *testing.T) map[string]*model.Operation {
	t.Helper()
	data, err := emulator.Botocore(context.Background(), filepath.Join("..", "..", "..", ".titan"))
	if err != nil {
		t.Fatal(err)
	}
	models, found := model.Open(data), map[string]*model.Operation{}
	for _, pin := range model.Pins() {
		services, err := models.Signed(pin.Signing)
		if err != nil {
			t.Fatal(err)
		}
		for _, service := range services {
			for name, operation := range service.Operations {
				found[service.Name+" "+name] = operation
			}
		}
	}
	return found
}

// TestRulesAreOfOperations fails for a rule of an operation that no service has: it would never be applied.
func TestRulesAreOfOperations(t *testing.T) {
	all := operations(t)
	names := slices.Clone(crossRegion)
	for _, rule := range Rules() {
		names = append(names, rule.Operations...)
		if rule.Source == "" {
			t.Errorf("rule %q has no source", rule.Name)
		}
	}
	for _, total := range Totals() {
		if total.Source == "" {
			t.Errorf("total %q has no source", total.Name)
		}
	}
	for _, name := range names {
		if all[name] == nil {
			t.Errorf("no service has the operation %q", name)
		}
	}
}

// TestPatternsAreOfMembers does the same for what a rule reads.
func TestPatternsAreOfMembers(t *testing.T) {
	all := operations(t)
	check := func(operation, member string) {
		t.Helper()
		ref := all[operation].Input
		for name := range strings.SplitSeq(member, ".") {
			if ref = ref.Of.Members[name]; ref == nil {
				t.Errorf("%s has no member %s", operation, member)
				return
			}
		}
	}
	for _, one := range namePatterns {
		check(one.operation, one.member)
		if _, err := namePatternCache.Compile(one.pattern); err != nil {
			t.Errorf("%s %s: %v", one.operation, one.member, err)
		}
	}
	for _, one := range policyLimits {
		check(one.operation, one.member)
	}
}

func TestWindows(t *testing.T) {
	for _, c := range []struct {
		daily, weekly string
		overlap       bool
	}{
		{"01:00-02:00", "sun:04:00-sun:05:00", false},
		{"04:30-05:30", "sun:04:00-sun:05:00", true},
		{"05:00-06:00", "sun:04:00-sun:05:00", false}, // one ends where the other begins
		{"23:30-00:30", "mon:00:00-mon:01:00", true},  // past midnight
		{"23:30-00:30", "sun:23:00-mon:00:00", true},
		{"22:00-23:00", "sun:23:30-mon:00:30", false},
		{"00:00-00:30", "sun:23:30-mon:00:30", true}, // past the end of the week
	} {
		daily, err := windowOf(c.daily, minutesOfDay)
		if err != nil {
			t.Fatal(err)
		}
		weekly, err := windowOf(c.weekly, minutesOfWeek)
		if err != nil {
			t.Fatal(err)
		}
		if daily.overlaps(weekly) != c.overlap {
			t.Errorf("%s and %s overlap: %v", c.daily, c.weekly, !c.overlap)
		}
	}
	for _, wrong := range []string{"", "01:00", "1:00-25:00", "xyz:01:00-sun:02:00", "01-02", "01:00-02:00-03:00"} {
		if got, err := windowOf(wrong, minutesOfDay); err == nil {
			t.Errorf("%q is %v", wrong, got)
		}
	}
}
