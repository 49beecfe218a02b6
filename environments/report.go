package environments

import (
	"fmt"
	"regexp"
	"strings"
)

// has is whether the file itself sets a path, and to what it may be.
func (d *document) has(path string) bool {
	_, ok := d.positions[path]
	return ok && !d.broken[path]
}

// locate is where a path stands or, for a default, where the nearest setting around it does.
func (d *document) locate(path string) position {
	for {
		if at, ok := d.positions[path]; ok {
			return at
		}
		if path == "" {
			return position{1, 1}
		}
		path = parent(path)
	}
}

func (d *document) add(at position, format string, args ...any) {
	if d.isFull() {
		return
	}
	d.problems = append(d.problems, Problem{
		File:    d.path,
		Line:    at.line,
		Column:  at.column,
		Message: fmt.Sprintf(format, args...),
	})
}

// isFull is whether no more problems are told. The last one says so.
func (d *document) isFull() bool {
	if len(d.problems) == mostProblems {
		d.problems = append(d.problems, Problem{File: d.path, Message: fmt.Sprintf(
			"has more mistakes than these %d; correct them, and the others are told", mostProblems)})
	}
	return len(d.problems) > mostProblems
}

func (d *document) whole(format string, args ...any) { d.add(position{}, format, args...) }

// refuse adds a problem with the form of the value at a path, about which nothing more is said.
func (d *document) refuse(path, format string, args ...any) {
	if d.isWithinBroken(path) {
		return
	}
	d.add(d.locate(path), "%s %s", display(path), fmt.Sprintf(format, args...))
	d.broken[path] = true
}

// isWithinBroken is whether a value is wrong in its form, or a part of one that is.
func (d *document) isWithinBroken(path string) bool {
	for ; path != ""; path = parent(path) {
		if d.broken[path] {
			return true
		}
	}
	return d.broken[""]
}

// known is whether settings are right in their form, with all their parts: only then a rule can judge by them.
func (d *document) known(settings ...string) bool {
	for _, setting := range settings {
		if d.root == nil || d.isWithinBroken(setting) {
			return false
		}
		for path := range d.broken {
			if strings.HasPrefix(path, setting+".") {
				return false
			}
		}
	}
	return true
}

// report adds a problem with the value at a path, unless its form is wrong; it is how every rule speaks.
func (d *document) report(path, format string, args ...any) {
	if d.known(path) {
		d.add(d.locate(path), "%s %s", display(path), fmt.Sprintf(format, args...))
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func parent(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}

var index = regexp.MustCompile(`\.(\d+)`)

// display is a path as people write it: cluster.node_groups[0].name.
func display(path string) string {
	if path == "" {
		return "the file"
	}
	return index.ReplaceAllString(path, "[$1]")
}
