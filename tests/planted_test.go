package tests

import (
	"slices"
	"strings"
	"testing"
)

// plantIn puts a resource into a copy of one of the stacks, in its place.
func plantIn(t *testing.T, stacks []Stack, name, kind string, body map[string]any) {
	t.Helper()
	for i := range stacks {
		if stacks[i].Name != name {
			continue
		}
		stacks[i] = stacks[i].Copy()
		resources := synth.Object(stacks[i].Root, "resource")
		if resources[kind] == nil {
			resources[kind] = map[string]any{}
		}
		synth.Object(resources, kind)["planted"] = body
		return
	}
	t.Fatalf("no stack %q", name)
}

// holdsProblem fails unless one of the problems is the wanted one; where none is wanted, unless there is none.
func holdsProblem(t *testing.T, problems []string, want string) {
	t.Helper()
	found := slices.ContainsFunc(problems, func(problem string) bool { return strings.Contains(problem, want) })
	if want == "" && len(problems) > 0 || want != "" && !found {
		t.Errorf("the check says %q, want %q", problems, want)
	}
}
