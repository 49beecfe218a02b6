package tests

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
)

// graphOf reads stacks, as they are now, as one graph.
func graphOf(t *testing.T, all map[string]Stack) *graph.Graph {
	t.Helper()
	var read []graph.Stack
	for _, name := range slices.Sorted(maps.Keys(all)) {
		text, err := json.Marshal(all[name].Root)
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, graph.Stack{Name: name, JSON: text})
	}
	g, err := graph.Read(read...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// copies are twins of stacks, for a test to plant mistakes in.
func copies(t *testing.T, all map[string]Stack) map[string]Stack {
	t.Helper()
	twins := map[string]Stack{}
	for name, one := range all {
		twins[name] = one.Copy()
	}
	return twins
}

// find is the first resource of a type whose address begins so, an empty one where there is none: a walk has to go on.
func (s Stack) find(kind, prefix string) Block {
	for _, block := range s.Resources(kind) {
		if strings.HasPrefix(block.Address, kind+"."+prefix) {
			return block
		}
	}
	return Block{Address: "no " + kind + " " + prefix, Body: map[string]any{}}
}

func (s Stack) copy(t *testing.T) Stack {
	t.Helper()
	twin := Stack{Name: s.Name, Text: s.Text}
	if err := json.Unmarshal([]byte(s.Text), &twin.Root); err != nil {
		t.Fatal(err)
	}
	return twin
}

func (s Stack) plant(kind string, body map[string]any) {
	resources, _ := s.Root["resource"].(map[string]any)
	byID, _ := resources[kind].(map[string]any)
	byID["planted"] = body
}

func (s Stack) remove(kind, prefix string) {
	resources, _ := s.Root["resource"].(map[string]any)
	byID, _ := resources[kind].(map[string]any)
	delete(byID, strings.TrimPrefix(s.Find(kind, prefix).Address, kind+"."))
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

// reference is an expression for an attribute of the block.
func (b Block) reference(attribute string) string { return "${" + b.Address + "." + attribute + "}" }

// put sets what stands at a dotted path of attributes and list indexes, whose holder has to be there.
func (b Block) put(t *testing.T, path string, value any) {
	t.Helper()
	holder, last := any(b.Body), path
	if i := strings.LastIndex(path, "."); i >= 0 {
		holder, last = b.At(path[:i]), path[i+1:]
	}
	switch h := holder.(type) {
	case map[string]any:
		h[last] = value
	case []any:
		i, err := strconv.Atoi(last)
		if err != nil || i >= len(h) {
			t.Fatalf("%s has no %s", b.Address, path)
		}
		h[i] = value
	default:
		t.Fatalf("%s has no %s", b.Address, path)
	}
}
