// Package tests holds the platform to its promises: it synthesizes every environment once, in one jsii kernel, and asserts on the
// Terraform JSON that comes out. What needs no synthesis is tested beside its code.
package tests

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/internal/faststart"
	"github.com/titan-platform/titan/stacks"
	"github.com/titan-platform/titan/stacks/order"
)

// loaded are the committed environments, synthesized their stacks by name.
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
	if loaded, err = environments.Load("../environments", ""); err != nil {
		return 1, err
	}
	if synthesized, err = synthesize(loaded); err != nil {
		return 1, err
	}
	return m.Run(), nil
}

// synthesize builds the stacks of environments and returns what Testing.synth says of each, validations included.
func synthesize(all []environments.Environment) (map[string]Stack, error) {
	outdir, err := os.MkdirTemp("", "titan-tests-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(outdir) }()
	titan, err := app.New(outdir)
	if err != nil {
		return nil, err
	}
	if err := stacks.Build(titan, all); err != nil {
		return nil, err
	}
	result := map[string]Stack{}
	for _, child := range *titan.Root().Node().Children() {
		stack, ok := child.(cdktf.TerraformStack)
		if !ok {
			continue
		}
		text := *cdktf.Testing_Synth(stack, jsii.Bool(true))
		parsed := Stack{Name: *stack.Node().Id(), Text: text}
		if err := json.Unmarshal([]byte(text), &parsed.Root); err != nil {
			return nil, fmt.Errorf("parsing stack %q: %w", parsed.Name, err)
		}
		result[parsed.Name] = parsed
	}
	return result, nil
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

// variants are the stacks of all committed environments, with some settings of one changed.
func variants(t *testing.T, name string, change func(*environments.Environment)) map[string]Stack {
	t.Helper()
	all := slices.Clone(loaded)
	for i := range all {
		if all[i].Name == name {
			change(&all[i])
		}
	}
	made, err := synthesize(slices.DeleteFunc(environments.Resolve(all), func(e environments.Environment) bool { return e.Name != name }))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// variant is the stack of a committed environment in AWS, with some settings changed.
func variant(t *testing.T, name string, change func(*environments.Environment)) Stack {
	t.Helper()
	return variants(t, name, change)[name]
}
