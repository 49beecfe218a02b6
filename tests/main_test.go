// Package tests holds the platform to its promises: it synthesizes the fixtures once, in one jsii kernel, and asserts
// on the Terraform JSON that comes out. What needs no synthesis is tested beside its code.
package tests

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/aws/jsii-runtime-go"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/faststart"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// fixtures are the environments that the tests know by name. The repository's own, in environments/, are its user's to
// change: TestThisRepositorysEnvironments holds them to what any environment is held to.
const fixtures = "fixtures/platform"

// loaded are the environments of the fixtures, synthesized their stacks by name.
var (
	loaded      []environments.Environment
	synthesized map[string]Stack
)

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (int, error) {
	faststart.Enable()
	defer jsii.Close()
	var err error
	if loaded, err = environments.Load(fixtures, ""); err != nil {
		return 1, err
	}
	made, err := synth.Environments(loaded)
	if err != nil {
		return 1, err
	}
	synthesized = synth.ByName(made)
	return m.Run(), nil
}

// synthesize builds the stacks of environments, by name.
func synthesize(t *testing.T, all ...environments.Environment) map[string]Stack {
	t.Helper()
	made, err := synth.Environments(all)
	if err != nil {
		t.Fatal(err)
	}
	return synth.ByName(made)
}

// stackNames are the names of all synthesized stacks, in order.
func stackNames() []string { return slices.Sorted(maps.Keys(synthesized)) }

// stack is a synthesized stack by name.
func stack(t *testing.T, name string) Stack {
	t.Helper()
	found, ok := synthesized[name]
	if !ok {
		t.Fatalf("no stack %q; there are %v", name, stackNames())
	}
	return found
}

// eachEnvironment runs a test for the stack of every environment in AWS.
func eachEnvironment(t *testing.T, test func(t *testing.T, environment environments.Environment, stack Stack)) {
	t.Helper()
	eachOf(t, order.Environment, test)
}

// eachOf runs a test for every environment that has a stack of a kind.
func eachOf(t *testing.T, kind order.Kind, test func(t *testing.T, environment environments.Environment, stack Stack)) {
	t.Helper()
	found := 0
	for _, environment := range loaded {
		if one, ok := synthesized[order.Name(environment, kind)]; ok {
			found++
			t.Run(environment.Name, func(t *testing.T) { test(t, environment, one) })
		}
	}
	if found == 0 {
		t.Fatalf("no stack of kind %s", kind)
	}
}

// eachBase runs a test for every account's stack of a kind, bootstrap or account.
func eachBase(t *testing.T, kind order.Kind, test func(t *testing.T, base environments.Base, stack Stack)) {
	t.Helper()
	seen := map[string]bool{}
	for _, environment := range loaded {
		for _, base := range environment.Bases {
			name := order.SharedName(base, kind)
			if one, ok := synthesized[name]; ok && !seen[name] {
				seen[name] = true
				t.Run(name, func(t *testing.T) { test(t, base, one) })
			}
		}
	}
	if len(seen) == 0 {
		t.Fatalf("no stack of kind %s", kind)
	}
}

// tabled is a stack in package order's table.
func tabled(t *testing.T, name string) order.Stack {
	t.Helper()
	for _, one := range order.All(loaded) {
		if one.Name == name {
			return one
		}
	}
	t.Fatalf("stack %q is in no table", name)
	return order.Stack{}
}

// variants are the stacks of all environment of the fixturess, with some settings of one changed.
func variants(t *testing.T, name string, change func(*environments.Environment)) map[string]Stack {
	t.Helper()
	all := slices.Clone(loaded)
	for i := range all {
		if all[i].Name == name {
			change(&all[i])
		}
	}
	return synthesize(t, slices.DeleteFunc(environments.Resolve(all), func(e environments.Environment) bool {
		return e.Name != name
	})...)
}

// variant is the stack of a environment of the fixtures in AWS, with some settings changed.
func variant(t *testing.T, name string, change func(*environments.Environment)) Stack {
	t.Helper()
	return variants(t, name, change)[name]
}
