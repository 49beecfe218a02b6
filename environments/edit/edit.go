// Package edit changes settings of an environment file as a person would: a setting's own text changes, and every
// other byte stays.
//
// yaml.v3 writes a file anew in its own style and moves comments (yaml/go-yaml#34), and so do libraries that print a
// tree. So the text is changed in place and read again: its values must be the old ones with just that change.
package edit

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
)

// File is an environment file with changes that are not on disk yet. A change that fails leaves it as it was.
type File struct {
	path  string
	saved string // what the file held when it was opened or last saved
	now   *document
}

// Open reads a file. It refuses what can't be edited safely: anchors, aliases, merge keys, tags, tabs, several
// documents, and a symbolic link, which renaming would replace. Refusals are environments.Problems, with line, column
// and remedy.
func Open(path string) (*File, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, fmt.Errorf("opening an environment file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, refuseFile(path, "is a folder or a link, and a file is replaced as a whole; name the file itself")
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("opening an environment file: %w", err)
	}
	parsed, err := parse(path, string(content))
	if err != nil {
		return nil, err
	}
	return &File{path: path, saved: string(content), now: parsed}, nil
}

// Set gives a setting a value: a string, a bool or an integer. A path has a point between its steps, and an item's
// index from 0: "dr.fenced", "cluster.node_groups.0.max". Missing parents are added. A setting that has the value
// already keeps its text.
func (f *File) Set(path string, value any) error {
	wanted, err := scalarOf(value)
	if err != nil {
		return fmt.Errorf("setting %s: %w", path, err)
	}
	found, err := f.now.find(path)
	if err != nil {
		return err
	}
	if found.missing() {
		return f.add(found, wanted.text, wanted)
	}
	if !found.node.isScalar() {
		return f.now.refuse(found.node.start, "%s is a list or a mapping and can't become %q; set what it holds, one by one",
			path, wanted.value)
	}
	if found.node.value() == any(wanted) {
		return nil
	}
	replaced := f.now.replaceScalar(found.node, wanted.text(found.node.flow))
	return f.change(found, []splice{replaced}, with(f.now.root.value(), found.path, wanted), false)
}

// Append adds a string to the end of a list, and the list where there is none. A list that has the item already stays
// as it is.
func (f *File) Append(path, item string) error {
	wanted, err := scalarOf(item)
	if err != nil {
		return fmt.Errorf("appending to %s: %w", path, err)
	}
	found, err := f.now.find(path)
	if err != nil {
		return err
	}
	if found.missing() || found.node.isNull() {
		return f.add(found, func(bool) string { return "[" + wanted.text(true) + "]" }, []any{wanted})
	}
	list, ok := found.node.value().([]any)
	if !ok {
		return f.now.refuse(found.node.start, "%s is not a list, and %q can't be appended; make it a list", path, item)
	}
	if slices.Contains(list, any(wanted)) {
		return nil
	}
	whole := with(f.now.root.value(), found.path, append(list, wanted))
	return f.change(found, f.now.insertItem(found.node, wanted), whole, false)
}

// Remove takes a setting away, or an item of a list by its index. Comments on its lines go with it, and comments
// above it stay. A mapping or list that held nothing else stays, empty. A setting that is not there is no error.
func (f *File) Remove(path string) error {
	found, err := f.now.find(path)
	if err != nil {
		return err
	}
	if found.missing() {
		return nil
	}
	splices, err := f.now.removeEntry(found.parent, found.index)
	if err != nil {
		return err
	}
	parent := found.path[:len(found.path)-1]
	return f.change(found, splices, with(f.now.root.value(), parent, found.parent.valueWithout(found.index)), true)
}

// add writes a setting that is not there, or a list where a setting has no value yet.
func (f *File) add(found location, text func(flow bool) string, value any) error {
	return f.change(found, f.now.insertSetting(found, text), with(f.now.root.value(), found.path, value), false)
}

// change applies splices if the text then reads as the values wanted, with all comments but those that are removed.
func (f *File) change(at location, splices []splice, want any, removing bool) error {
	comments := f.now.commentTexts(nil)
	if removing {
		comments = f.now.commentTexts(splices)
	}
	next, err := parse(f.path, spliced(f.now.text, splices))
	reason := ""
	switch {
	case err != nil:
		reason = "the file would not be read again"
	case !reflect.DeepEqual(next.root.value(), want):
		reason = "another setting would change with it"
	case !slices.Equal(next.commentTexts(nil), comments):
		reason = "a comment would be lost"
	default:
		f.now = next
		return nil
	}
	return f.now.refuse(at.node.start, "%s can't be changed safely here: %s; change it by hand",
		strings.Join(at.path, "."), reason)
}
