// Package tests holds the platform to its promises: it synthesizes every environment once, in one jsii kernel, and asserts on the
// Terraform JSON that comes out. What needs no synthesis is tested beside its code.
package tests

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"testing"

	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/internal/faststart"
	"github.com/titan-platform/titan/stacks"
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
func stackNames() []string {
	names := make([]string, 0, len(synthesized))
	for name := range synthesized {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// stack is a synthesized stack by name.
func stack(t *testing.T, name string) Stack {
	t.Helper()
	found, ok := synthesized[name]
	if !ok {
		t.Fatalf("no stack %q; there are %v", name, stackNames())
	}
	return found
}

// eachEnvironment runs a test for the <env> stack of every environment.
func eachEnvironment(t *testing.T, test func(t *testing.T, environment environments.Environment, stack Stack)) {
	t.Helper()
	for _, environment := range loaded {
		t.Run(environment.Name, func(t *testing.T) { test(t, environment, stack(t, environment.Name)) })
	}
}
