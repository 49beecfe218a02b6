package leftovers

import (
	"encoding/json"
	"slices"
)

// unnamed stands for the name of a resource that nothing tells.
const unnamed = "ADDRESS"

// Find sets the address of each leftover that can be taken back: the resource of its stack that has its name, or the
// one that is of its type. read gives what a stack was synthesized to; where it can't, the name is left open.
func (r *Report) Find(read func(stack string) ([]byte, error)) {
	known := map[string]blocks{}
	for i := range r.Leftovers {
		l := &r.Leftovers[i]
		if l.ID == "" || l.Stack == "" {
			continue
		}
		if known[l.Stack] == nil {
			known[l.Stack] = blocksOf(read, l.Stack)
		}
		l.Address = l.Type + "." + known[l.Stack].nameOf(*l)
	}
}

// blocks are the resources of a stack, by type and name.
type blocks map[string]map[string]block

// block is what of a resource names it in AWS.
type block struct {
	Name   any            `json:"name"`
	Bucket any            `json:"bucket"`
	Tags   map[string]any `json:"tags"`
}

func blocksOf(read func(string) ([]byte, error), stack string) blocks {
	var parsed struct {
		Resource blocks `json:"resource"`
	}
	text, err := read(stack)
	if err != nil || json.Unmarshal(text, &parsed) != nil || parsed.Resource == nil {
		return blocks{} // the stack is not synthesized any more
	}
	return parsed.Resource
}

func (b blocks) nameOf(l Leftover) string {
	var all, matching []string
	for name, one := range b[l.Type] {
		all = append(all, name)
		named := l.tags["Name"] != "" && one.Tags["Name"] == l.tags["Name"]
		if named || slices.Contains([]any{one.Name, one.Bucket}, any(l.name)) {
			matching = append(matching, name)
		}
	}
	switch {
	case len(matching) == 1:
		return matching[0]
	case len(all) == 1:
		return all[0]
	}
	return unnamed
}
