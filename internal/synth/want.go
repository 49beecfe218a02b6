package synth

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// Resource is the one resource of a type at a construct path, such as "network/main"; without it the test ends.
func (s Stack) Resource(t testing.TB, kind, path string) Block {
	t.Helper()
	return s.Block(t, "resource", kind, path)
}

// Block is Resource in another section.
func (s Stack) Block(t testing.TB, section, kind, path string) Block {
	t.Helper()
	if block, ok := s.LookupIn(section, kind, path); ok {
		return block
	}
	var have []string
	for _, block := range s.Blocks(section, kind) {
		have = append(have, block.Address)
	}
	t.Fatalf("stack %s has no %s %s %q; it has %v", s.Name, section, kind, path, have)
	return Block{}
}

// WantValue fails unless the block has a value at a path of attributes, and shows the block.
func (b Block) WantValue(t testing.TB, path string, want any) {
	t.Helper()
	if got := b.At(path); !reflect.DeepEqual(got, normal(want)) {
		t.Errorf("%s: %s is %s, want %s\n%s", b.Address, path, Text(got), Text(want), b)
	}
}

// WantAbsent fails where the block has anything at a path of attributes.
func (b Block) WantAbsent(t testing.TB, path string) {
	t.Helper()
	if got := b.At(path); got != nil {
		t.Errorf("%s: %s is %s, want nothing there\n%s", b.Address, path, Text(got), b)
	}
}

// WantReference fails unless the string at a path of attributes refers to another resource, and shows the block.
func (b Block) WantReference(t testing.TB, path string, to Block) {
	t.Helper()
	if got, _ := b.At(path).(string); !strings.Contains(got, "${"+to.Address+".") {
		t.Errorf("%s: %s is %q, want a reference to %s\n%s", b.Address, path, got, to.Address, b)
	}
}

// normal gives a Go value the form that JSON gives it.
func normal(value any) any {
	encoded, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	var decoded any
	if err := json.Unmarshal(encoded, &decoded); err != nil {
		panic(err)
	}
	return decoded
}
