package runner

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/titan-platform/titan/internal/terraform"
)

// progress is how far the applies of a run are, by stack, as its events tell.
type progress map[string]*tally

// tally counts the operations of a stack's plan. A replaced resource is two: it is destroyed and created.
type tally struct {
	portion
	modules map[string]*portion
	running map[string]time.Time // since when, by address
}

// portion is how many of some operations are done. Without a plan it is not known how many there are.
type portion struct{ done, of int }

func (p portion) complete() bool { return p.of > 0 && p.done == p.of }

// note takes an event in. The module is one whose last operation it ends; empty is none.
func (p progress) note(event Event) (module string, total portion) {
	t := p[event.Stack]
	switch event.Type {
	case Planned:
		p[event.Stack] = newTally(event.Changes)
	case Applied, Failed, Stale:
		delete(p, event.Stack)
	case Began:
		if t == nil { // nothing told of its plan
			t = newTally(nil)
			p[event.Stack] = t
		}
		t.running[event.Address] = event.Time
	case Errored:
		if t != nil {
			delete(t.running, event.Address)
		}
	case Completed:
		if t != nil {
			return t.completed(event)
		}
	}
	return "", portion{}
}

func newTally(changes []Change) *tally {
	t := &tally{modules: map[string]*portion{}, running: map[string]time.Time{}}
	for _, change := range changes {
		n := operations[change.Action]
		t.of += n
		if n > 0 {
			t.module(change.Address).of += n
		}
	}
	return t
}

// operations are how many of an apply's messages a planned change ends in. What is read, moved or forgotten
// has none that is counted.
var operations = map[terraform.Action]int{
	terraform.Create: 1, terraform.Update: 1, terraform.Delete: 1, terraform.Replace: 2,
}

func (t *tally) module(address string) *portion {
	name := terraform.Module(address)
	if t.modules[name] == nil {
		t.modules[name] = &portion{}
	}
	return t.modules[name]
}

func (t *tally) completed(event Event) (module string, total portion) {
	delete(t.running, event.Address)
	if operations[event.Action] == 0 {
		return "", portion{}
	}
	of := t.module(event.Address)
	t.done++
	of.done++
	if of.complete() {
		return terraform.Module(event.Address), *of
	}
	return "", portion{}
}

// unfinished are the modules that are begun and not done, by name.
func (t *tally) unfinished() []string {
	var names []string
	for name, of := range t.modules {
		if of.done > 0 && of.done < of.of {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// longest are the addresses of what runs, what has run longest first.
func (t *tally) longest() []string {
	return slices.SortedFunc(maps.Keys(t.running), func(a, b string) int {
		if byTime := t.running[a].Compare(t.running[b]); byTime != 0 {
			return byTime
		}
		return strings.Compare(a, b)
	})
}
