package synth

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// Copy is a stack with a body of its own, for a test to plant mistakes in.
func (s Stack) Copy() Stack {
	twin := s
	twin.Root = nil
	if err := json.Unmarshal([]byte(s.Text), &twin.Root); err != nil {
		panic(fmt.Sprintf("stack %q: %v", s.Name, err)) // it was parsed when it was made
	}
	return twin
}

// Find is the first resource of a type whose construct path begins so, an empty one where there is none: a walk has to
// go on.
func (s Stack) Find(kind, prefix string) Block {
	for _, block := range s.Resources(kind) {
		if strings.HasPrefix(block.Address, kind+"."+prefix) {
			return block
		}
	}
	return Block{Address: "no " + kind + " " + prefix, Body: map[string]any{}}
}

// Plant puts a resource into a stack.
func (s Stack) Plant(kind string, body map[string]any) {
	resources := Object(s.Root, "resource")
	if resources[kind] == nil {
		resources[kind] = map[string]any{}
	}
	Object(resources, kind)["planted"] = body
}

// Remove takes the first resource of a type out whose construct path begins so.
func (s Stack) Remove(kind, prefix string) {
	delete(Object(s.Root, "resource", kind), strings.TrimPrefix(s.Find(kind, prefix).Address, kind+"."))
}

// Put sets what stands at a dotted path of attributes and list indexes, whose holder has to be there.
func (b Block) Put(t testing.TB, path string, value any) {
	t.Helper()
	holder, last := any(b.Body), path
	if i := strings.LastIndex(path, "."); i >= 0 {
		holder, last = b.At(path[:i]), path[i+1:]
	}
	switch h := holder.(type) {
	case map[string]any:
		h[last] = value
		return
	case []any:
		if i, err := strconv.Atoi(last); err == nil && i < len(h) {
			h[i] = value
			return
		}
	}
	t.Fatalf("%s has no %s", b.Address, path)
}
