package tests

import (
	"slices"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// altered are the stacks of the named environments, of all committed ones where none is named, after a change to any of
// the files. Peers and what an account shares are resolved anew.
func altered(t *testing.T, change func(*environments.Environment), names ...string) map[string]Stack {
	t.Helper()
	made := map[string]Stack{}
	for _, one := range alteredAccounts(t, change, names...) {
		made[one.Name] = one
	}
	return made
}

// placed is a stack with its place in the table.
type placed struct {
	Stack
	place   order.Stack
	account string
}

// committed are the stacks of the committed files, in the order of the table.
func committed() []Stack { return placedIn(loaded, synthesized) }

// alteredAccounts is altered, in the order of the table.
func alteredAccounts(t *testing.T, change func(*environments.Environment), names ...string) []Stack {
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
	return placedIn(all, made)
}

func placedIn(all []environments.Environment, made map[string]Stack) []Stack {
	account := map[string]string{}
	for _, environment := range all {
		account[environment.Name] = environment.Account.ID
	}
	var stacks []Stack
	for _, one := range order.All(all) {
		stacks = append(stacks, placed{made[one.Name], one, account[one.Environment]})
	}
	return stacks
}

// stackOf is the stack of a kind of a committed environment.
func stackOf(t *testing.T, environment environments.Environment, kind order.Kind) Stack {
	t.Helper()
	return stack(t, order.Name(environment, kind))
}

// eachValue calls visit for every value below a value, with its path: list indexes are left out, so that a path is the
// same for each item.
func synth.EachValue(path string, value any, visit func(path string, value any)) {
	visit(path, value)
	switch holder := value.(type) {
	case map[string]any:
		for key, inner := range holder {
			synth.EachValue(path+"."+key, inner, visit)
		}
	case []any:
		for _, inner := range holder {
			synth.EachValue(path, inner, visit)
		}
	}
}
