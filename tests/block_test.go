package tests

import (
	"encoding/json"
	"reflect"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// Stack is one synthesized stack.
type Stack struct {
	Name string
	Text string // as Testing.synth gives it: keys sorted, no metadata
	Root map[string]any
}

// Block is one resource or data source, with what a failing assertion needs to show it.
type Block struct {
	Address string
	Body    map[string]any
}

// resources are a stack's resources of a type, by construct path, in the order of their addresses.
func (s Stack) resources(kind string) []Block { return s.Blocks("resource", kind) }

func (s Stack) blocks(section, kind string) []Block {
	all, _ := s.Root[section].(map[string]any)
	byID, _ := all[kind].(map[string]any)
	var blocks []Block
	for id, body := range byID {
		object, _ := body.(map[string]any)
		blocks = append(blocks, Block{kind + "." + id, object})
	}
	sort.Slice(blocks, func(i, j int) bool { return blocks[i].Address < blocks[j].Address })
	return blocks
}

// types are the resource types of a stack.
func (s Stack) types() []string {
	all, _ := s.Root["resource"].(map[string]any)
	types := make([]string, 0, len(all))
	for kind := range all {
		types = append(types, kind)
	}
	sort.Strings(types)
	return types
}

// resource is the one resource of a type at a construct path, such as "network/main".
func (s Stack) resource(t *testing.T, kind, path string) Block {
	t.Helper()
	return s.Block(t, "resource", kind, path)
}

func (s Stack) block(t *testing.T, section, kind, path string) Block {
	t.Helper()
	if block, ok := s.lookup(section, kind, path); ok {
		return block
	}
	var have []string
	for _, block := range s.Blocks(section, kind) {
		have = append(have, block.Address)
	}
	t.Fatalf("stack %s has no %s %s %q; it has %v", s.Name, section, kind, path, have)
	return Block{}
}

// maybe is like resource where there may be none.
func (s Stack) maybe(kind, path string) (Block, bool) { return s.lookup("resource", kind, path) }

func (s Stack) lookup(section, kind, path string) (Block, bool) {
	// cdktf makes an address of a construct's path: its steps joined, without dots and without those that the step before ends in, and a hash added.
	steps := []string{""}
	for _, step := range strings.Split(strings.ReplaceAll(path, ".", ""), "/") {
		if !strings.HasSuffix(steps[len(steps)-1], step) {
			steps = append(steps, step)
		}
	}
	id := regexp.MustCompile(`^` + regexp.QuoteMeta(kind+"."+strings.Join(steps[1:], "_")) + `(_[0-9A-F]{8})?$`)
	for _, block := range s.Blocks(section, kind) {
		if id.MatchString(block.Address) {
			return block, true
		}
	}
	return Block{}, false
}

// at is the value at a dotted path of attributes and list indexes, nil where there is none. A dot inside a key is written `\.`.
func (b Block) at(path string) any {
	const dot = "\x00"
	var value any = b.Body
	for _, step := range strings.Split(strings.ReplaceAll(path, `\.`, dot), ".") {
		step = strings.ReplaceAll(step, dot, ".")
		switch holder := value.(type) {
		case map[string]any:
			value = holder[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(holder) {
				return nil
			}
			value = holder[i]
		default:
			return nil
		}
	}
	return value
}

// has fails unless the block has a value at a path of attributes, and shows the block.
func (b Block) has(t *testing.T, path string, want any) {
	t.Helper()
	if got := b.At(path); !reflect.DeepEqual(got, normal(want)) {
		t.Errorf("%s: %s is %s, want %s\n%s", b.Address, path, synth.Text(got), synth.Text(want), synth.Text(b.Body))
	}
}

// lacks fails where the block has anything at a path of attributes.
func (b Block) lacks(t *testing.T, path string) {
	t.Helper()
	if got := b.At(path); got != nil {
		t.Errorf("%s: %s is %s, want nothing there\n%s", b.Address, path, synth.Text(got), synth.Text(b.Body))
	}
}

// refers fails unless the string at a path of attributes refers to another resource, and shows the block.
func (b Block) refers(t *testing.T, path string, to Block) {
	t.Helper()
	if got, _ := b.At(path).(string); !strings.Contains(got, "${"+to.Address+".") {
		t.Errorf("%s: %s is %q, want a reference to %s\n%s", b.Address, path, got, to.Address, synth.Text(b.Body))
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

func synth.Text(value any) string {
	encoded, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(encoded)
}
