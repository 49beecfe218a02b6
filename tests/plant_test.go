package tests

import (
	"maps"
	"slices"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/synth"
)

// graphOf reads stacks, as they are now, as one graph.
func graphOf(t *testing.T, all map[string]Stack) *graph.Graph {
	t.Helper()
	g, err := synth.Graph(slices.Collect(maps.Values(all))...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// copies are twins of stacks, for a test to plant mistakes in.
func copies(all map[string]Stack) map[string]Stack {
	twins := map[string]Stack{}
	for name, one := range all {
		twins[name] = one.Copy()
	}
	return twins
}

// loadedNamed is a committed environment.
func loadedNamed(t *testing.T, name string) environments.Environment {
	t.Helper()
	for _, environment := range loaded {
		if environment.Name == name {
			return environment
		}
	}
	t.Fatalf("no environment %q", name)
	return environments.Environment{}
}
