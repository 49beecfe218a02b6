package addons

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
)

// prodGroups are production's, and some whose names begin with another's.
var prodGroups = []environments.NodeGroup{
	{Name: "system", Capacity: environments.OnDemand, PerZone: true},
	{Name: "spot", Capacity: environments.Spot, PerZone: true},
	{Name: "spot-large", Capacity: environments.OnDemand, PerZone: true},
	{Name: "batch", Capacity: environments.Spot},
	{Name: "spot-backup", Capacity: environments.OnDemand},
}

// TestTheAutoscalersChoice is a table by the autoscaler's documented rules (expander/priority/readme.md), not a run of
// it: of the groups that would all do, those of the highest priority that an expression gives them.
func TestTheAutoscalersChoice(t *testing.T) {
	// Node groups are made late in an apply: the count of generated names is beyond nine by then.
	const id = "-2026112900000000000000001c-9ac8b3c1-0000-4000-8000-000000000000"
	expander, priorities := expansion(prodGroups)
	if expander != "priority,least-waste" {
		t.Errorf("expander %s", expander)
	}
	for would, want := range map[string]string{
		"system-a spot-a":        "spot-a",
		"system-a spot-a spot-b": "spot-a spot-b",     // least-waste, then balance-similar-node-groups, choose between them
		"system-a":               "system-a",          // what does not tolerate Spot
		"system-b system-c":      "system-b system-c", // Spot is at its most, or has no capacity
		"spot-large-a spot-a":    "spot-a",
		"spot-large-a system-a":  "spot-large-a system-a",
		"system-a batch":         "batch",
		"spot-backup spot-a":     "spot-a",
	} {
		var names []string
		for _, name := range strings.Fields(would) {
			names = append(names, "eks-"+name+id)
		}
		got := chosen(t, priorities, names)
		if want := strings.ReplaceAll("eks-"+want, " ", id+" eks-") + id; strings.Join(got, " ") != want {
			t.Errorf("of %s it takes %v, want %s", would, got, want)
		}
	}
}

// chosen are the groups with the highest priority; one without is never used.
func chosen(t *testing.T, priorities object, groups []string) []string {
	t.Helper()
	best, of := -1, []string(nil)
	for _, group := range groups {
		for text, expressions := range priorities {
			priority, err := strconv.Atoi(text)
			if err != nil {
				t.Fatal(err)
			}
			matches := slices.ContainsFunc(expressions.([]string), func(e string) bool {
				return regexp.MustCompile(e).MatchString(group)
			})
			switch {
			case !matches || priority < best:
			case priority > best:
				best, of = priority, []string{group}
			default:
				of = append(of, group)
			}
		}
	}
	return of
}

// Where no zone has Spot capacity, the first group must not be back before the last one was tried.
func TestOnDemandNodesHaveTheirTurn(t *testing.T) {
	arguments := (&addons{Config: Config{NodeGroups: prodGroups}}).clusterAutoscalerValues()["extraArgs"].(object)
	duration := func(name string) time.Duration {
		value, err := time.ParseDuration(arguments[name].(string))
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	const zones, most = 3, 30 * time.Minute // the autoscaler's own max-node-group-backoff-duration
	trial, pause := duration("max-node-provision-time"), duration("initial-node-group-backoff-duration")
	if pause <= zones*trial || pause > most {
		t.Errorf("a group is tried for %s and left alone for %s", trial, pause)
	}
}

// Without a choice between the two there is nothing to prefer.
func TestOneKindOfCapacityNeedsNoPriorities(t *testing.T) {
	for _, groups := range [][]environments.NodeGroup{prodGroups[:1], prodGroups[1:2]} {
		if expander, priorities := expansion(groups); expander != "least-waste" || priorities != nil {
			t.Errorf("%s alone: %s, %v", groups[0].Name, expander, priorities)
		}
	}
}

// A pod that takes longer to leave than the notice of a Spot node stays on nodes that are not taken away.
func TestTraefikRunsOnSpotOnlyWhereItCanLeaveInTime(t *testing.T) {
	for delay, want := range map[int]bool{30: true, 75: true, 76: false, 3600: false} {
		a := &addons{Config: Config{DeregistrationDelay: delay}}
		values := a.traefikValues()
		_, tolerates := values["tolerations"]
		_, prefers := values["affinity"]
		if tolerates != want || prefers != want {
			t.Errorf("deregistration delay %d: tolerates %v, prefers %v, want %v", delay, tolerates, prefers, want)
		}
	}
}
