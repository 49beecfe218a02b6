// Package platformtest holds environments to what this project promises of any environment, in one call, for the tests
// of a repository that uses Titan:
//
//	func TestPlatform(t *testing.T) {
//		platformtest.Run(t, platformtest.Options{Environments: "environments", Golden: "golden"})
//	}
//
// The golden files are written by `go test . -update`. What a repository has of its own it asserts on what Run returns.
package platformtest

import (
	"flag"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/faststart"
	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/extension"
)

// Stack is one synthesized stack.
type Stack = synth.Stack

// Block is one resource or data source of a stack.
type Block = synth.Block

// Options say what to test.
type Options struct {
	Environments string // folder of the environments' files
	// Golden is the folder of the golden files: <stack>.json, and stateful/<stack>.txt with the addresses of what holds
	// data. Empty is none.
	Golden     string
	Extensions []extension.Extension // as in main.go
}

// update is whether golden files are written. A package of tests has one such flag, whoever declares it.
var update = updateFlag()

func updateFlag() *bool {
	if flag.Lookup("update") != nil {
		return new(bool)
	}
	return flag.Bool("update", false, "write the golden files anew")
}

// Updating is whether golden files are written, and not compared.
func Updating() bool {
	found := flag.Lookup("update")
	return *update || found != nil && found.Value.String() == "true"
}

// Run synthesizes the environments, holds them to every promise, a subtest each, and returns the stacks by name.
func Run(t *testing.T, options Options) map[string]Stack {
	t.Helper()
	faststart.Enable()
	all, err := environments.Load(options.Environments, "")
	if err != nil {
		t.Fatal(err)
	}
	stacks, err := synth.Environments(all, options.Extensions...)
	if err != nil {
		t.Fatal(err)
	}
	platform, err := soundness.Read(all, stacks)
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range soundness.Checks {
		t.Run(check.Name, func(t *testing.T) {
			for _, problem := range check.Problems(platform) {
				t.Error(problem)
			}
		})
	}
	if options.Golden != "" {
		t.Run("golden files", func(t *testing.T) { golden(t, options.Golden, stacks) })
		t.Run("addresses of data", func(t *testing.T) { frozen(t, options.Golden, stacks) })
	}
	t.Run("moves of extensions", func(t *testing.T) {
		for _, problem := range idle(options.Extensions, stacks) {
			t.Error(problem)
		}
	})
	t.Run("terraform validate", func(t *testing.T) { validated(t, stacks) })
	return synth.ByName(stacks)
}
