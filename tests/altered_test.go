package tests

import (
	"slices"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// altered are the stacks of the named environments, of all committed ones where none is named, after a change to any of the files. Peers and
// what an account shares are resolved anew.
func altered(t *testing.T, change func(*environments.Environment), names ...string) map[string]Stack {
	t.Helper()
	all := slices.Clone(loaded)
	for i := range all {
		change(&all[i])
	}
	all = slices.DeleteFunc(environments.Resolve(all), func(e environments.Environment) bool {
		return len(names) > 0 && !slices.Contains(names, e.Name)
	})
	made, err := synthesize(all)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// stackOf is the stack of a kind of a committed environment.
func stackOf(t *testing.T, environment environments.Environment, kind order.Kind) Stack {
	t.Helper()
	return stack(t, order.Name(environment, kind))
}
