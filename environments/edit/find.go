package edit

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// location is where a path leads: to a value, or to the deepest one on its way with the steps that are missing there.
type location struct {
	path   []string
	node   *node
	rest   []string
	parent *node // holds the node as its entry of that index
	index  int
}

func (l location) missing() bool { return len(l.rest) > 0 }

// find follows a path. A path that leads into a value without parts, or past the end of a list, is refused.
func (d *document) find(path string) (location, error) {
	steps := strings.Split(path, ".")
	found := location{path: steps, node: d.root, rest: steps}
	if slices.Contains(steps, "") || !utf8.ValidString(path) {
		return location{}, refuseFile(d.path, "%q is not the path of a setting; write one as database.restored_from", path)
	}
	for len(found.rest) > 0 {
		i, err := d.entry(found)
		if err != nil {
			return location{}, err
		}
		if i < 0 {
			break
		}
		found.parent, found.index = found.node, i
		found.node, found.rest = found.node.entries[i].value, found.rest[1:]
	}
	return found, nil
}

// entry is the index of the next step, -1 where it can be added.
func (d *document) entry(at location) (int, error) {
	step, steps := at.rest[0], len(at.path)-len(at.rest)
	name := strings.Join(at.path[:steps], ".")
	switch {
	case at.node.Kind == yaml.MappingNode:
		return slices.IndexFunc(at.node.entries, func(e entry) bool { return e.key == step }), nil
	case at.node.Kind == yaml.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(at.node.entries) {
			return i, nil
		}
		return 0, d.refuse(at.node.start, "%s is a list of %d items without an item %s; name one from 0, or append",
			name, len(at.node.entries), step)
	case at.node.isNull() && at.parent != nil:
		return -1, nil
	}
	return 0, d.refuse(at.node.start, "%q is not a mapping, and %s can't be set in it; make it one", at.node.Value, step)
}
