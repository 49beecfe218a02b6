package tests

import (
	"slices"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// committed are the stacks of the fixtures, in the order of the table.
func committed() []Stack {
	var stacks []Stack
	for _, one := range order.All(loaded) {
		stacks = append(stacks, synthesized[one.Name])
	}
	return stacks
}

// altered are the stacks of the named environments, of all of the fixtures where none is named, after a change to any
// of the files, in the order of the table. Peers and what an account shares are resolved anew.
func altered(t *testing.T, change func(*environments.Environment), names ...string) []Stack {
	t.Helper()
	all := slices.Clone(loaded)
	for i := range all {
		change(&all[i])
	}
	all = slices.DeleteFunc(environments.Resolve(all), func(e environments.Environment) bool {
		return len(names) > 0 && !slices.Contains(names, e.Name)
	})
	made, err := synth.Environments(all)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// alteredByName are altered stacks by name.
func alteredByName(t *testing.T, change func(*environments.Environment), names ...string) map[string]Stack {
	t.Helper()
	return synth.ByName(altered(t, change, names...))
}

// stackOf is the stack of a kind of a committed environment.
func stackOf(t *testing.T, environment environments.Environment, kind order.Kind) Stack {
	t.Helper()
	return stack(t, order.Name(environment, kind))
}
