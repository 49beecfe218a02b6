//go:build e2e

package e2e

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/stacks/order"
)

// worlds are the chosen environments by what has to live together: a primary and its secondary, in this order, in one
// account; the others alone. Whoever chooses one of a pair gets both.
func worlds(t *testing.T) [][]environments.Environment {
	t.Helper()
	all, err := environments.Load(environmentFiles(t), "")
	must(t, err)
	isChosen := map[string]bool{}
	for _, environment := range chosen(t) {
		isChosen[environment.Name] = true
	}
	var worlds [][]environments.Environment
	for _, first := range all {
		if first.DR.Role == environments.DRSecondary {
			continue
		}
		world, wanted := []environments.Environment{first}, isChosen[first.Name]
		for _, other := range all {
			if other.DR.Primary == first.Name {
				world, wanted = append(world, other), wanted || isChosen[other.Name]
			}
		}
		if wanted {
			worlds = append(worlds, world)
		}
	}
	return worlds
}

// TestEnvironments takes each world from an empty account through a second plan to nothing left. What is done to an
// environment that stands is done to dev on other emulators meanwhile: operated_test.go.
func TestEnvironments(t *testing.T) {
	t.Parallel() // most of each test is waiting
	for _, world := range worlds(t) {
		t.Run(nameOf(world), func(t *testing.T) {
			t.Parallel() // each has an emulator, folders and Terraforms of its own
			running := start(t, world[0].Account.ID)
			// The API throttles in the middle of an apply: the provider tries again, and nobody notices.
			running.Break(emulator.Fault{
				Service: "ec2", Action: "CreateSubnet", Skip: 3, Times: 2, Status: 503, Code: "RequestLimitExceeded",
			})

			made := map[string]bool{}
			var deployed []*deployment
			for _, environment := range world {
				d := deployOn(t, running, environment)
				d.applyAll(t, made)
				if !d.DNS.Delegated {
					d.planAllAgain(t)
					d.zoneIsDelegated(t)
					d.applyAll(t, made)
				}
				deployed = append(deployed, d)
			}
			for _, d := range deployed {
				d.autoscalingAddsAReader(t)
				d.planAllAgain(t)
				d.addedReadersAreRemoved(t) // nothing that deletes the cluster, a failover too, gets past them
				d.encryptedStateStands(t)
			}
			throttledAsAsked(t, running)
			everyCompletionIsNeeded(t, running, world)
			primary := deployed[0]
			if len(deployed) > 1 {
				snapshotsAreCopiedByTheOtherRegion(t, deployed[0], deployed[1])
				bothRegionsHaveTheirOriginRecord(t, deployed[0], deployed[1])
			}
			slices.Reverse(deployed) // a secondary goes first, and alone
			for _, d := range deployed {
				d.destroyAll(t)
				d.unmake()
				d.nothingIsLeft(t)
				if d != primary {
					onlyThePrimaryAnswers(t, primary)
				}
			}
			nothingOfAnybodyIsLeft(t, primary)
			for _, d := range deployed {
				d.report.print()
			}
			printCalls(nameOf(world), running.Calls())
		})
	}
}

func nameOf(world []environments.Environment) string {
	var names []string
	for _, environment := range world {
		names = append(names, environment.Name)
	}
	return strings.Join(names, " with ")
}

// throttledAsAsked fails where the fault never came: then its survival proves nothing.
func throttledAsAsked(t *testing.T, running *emulator.Emulator) {
	t.Helper()
	throttled := 0
	for _, call := range running.Calls() {
		if call.Source == emulator.FromFault {
			throttled++
		}
	}
	if throttled != 2 {
		t.Errorf("%d calls were throttled, want 2", throttled)
	}
}

// encryptedStateStands looks at what the backend wrote: the state is where it belongs, and its lock is gone.
func (d *deployment) encryptedStateStands(t *testing.T) {
	t.Helper()
	bucket := "/" + d.Base(d.Region).StateBucket() + "/" + order.StateKey(d.Name)
	var written, locked, unlocked bool
	for _, call := range d.emulator.Calls() {
		path, _, _ := strings.Cut(call.Path, "?")
		written = written || call.Method == "PUT" && path == bucket
		locked = locked || call.Method == "PUT" && path == bucket+".tflock"
		unlocked = unlocked || call.Method == "DELETE" && path == bucket+".tflock"
	}
	if !written || !locked || !unlocked {
		t.Errorf("state written %v, locked %v, unlocked %v at %s", written, locked, unlocked, bucket)
	}
}

// nothingIsLeft asks the emulator itself, not Terraform's state, what of ours it still holds.
func (d *deployment) nothingIsLeft(t *testing.T) {
	t.Helper()
	for _, region := range d.regions() {
		for _, left := range leftovers(t, d.emulator.URL(), region, d.Prefix(), d.DatabaseName(), d.CacheName(),
			d.TraceGroupName(), "xray-eks-role-"+d.Name, "xray-eks-policy-"+d.Name) {
			t.Errorf("left in %s: %s", region, left)
		}
	}
}

// regions are where an environment has anything.
func (d *deployment) regions() []string {
	regions := map[string]bool{}
	for _, one := range order.Of(d.Environment) {
		regions[string(one.Region)] = true
	}
	return slices.Sorted(maps.Keys(regions))
}
