package runner

import (
	"sync"
	"time"

	"github.com/titan-platform/titan/internal/terraform"
)

// board hands events to the view one by one, and keeps what is going on, for the beats.
type board struct {
	mutex  sync.Mutex
	view   View
	now    func() time.Time
	active map[string]*activity // by stack
}

// activity is what goes on in a stack.
type activity struct {
	doing   string
	since   time.Time
	changes map[string]change // by address
}

type change struct {
	action terraform.Action
	since  time.Time
}

func newBoard(view View, now func() time.Time) *board {
	return &board{view: view, now: now, active: map[string]*activity{}}
}

func (b *board) emit(event Event) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.show(event)
}

func (b *board) show(event Event) {
	event.Time = b.now()
	b.view.Show(event)
}

// doing says what goes on in a stack from now on; empty is nothing.
func (b *board) doing(stack, what string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if what == "" {
		delete(b.active, stack)
		return
	}
	b.active[stack] = &activity{doing: what, since: b.now(), changes: map[string]change{}}
}

// heard shows what Terraform says of an apply.
func (b *board) heard(stack string, message terraform.Message) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	hook := message.Hook
	event := Event{Stack: stack, Action: hook.Action, Address: hook.Resource.Address, Seconds: hook.ElapsedSeconds}
	switch message.Type {
	case terraform.ApplyStartMessage:
		b.active[stack].changes[event.Address] = change{hook.Action, b.now()}
		event.Type = Began
	case terraform.ApplyCompleteMessage:
		delete(b.active[stack].changes, event.Address)
		event.Type = Completed
	case terraform.ApplyErroredMessage:
		delete(b.active[stack].changes, event.Address)
		event.Type = Errored
	default:
		return
	}
	b.show(event)
}

// beat shows what is waited for in stacks, in their order; nothing where nothing is.
func (b *board) beat(stacks []*task) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	var all []Waiting
	for _, t := range stacks {
		if active := b.active[t.stack.Name]; active != nil {
			all = append(all, active.waiting(t.stack.Name, b.now()))
		}
	}
	if all != nil {
		b.show(Event{Type: Beat, Waiting: all})
	}
}

func (a *activity) waiting(stack string, now time.Time) Waiting {
	w := Waiting{Stack: stack, Doing: a.doing, Seconds: now.Sub(a.since).Seconds(), Resources: len(a.changes)}
	for address, c := range a.changes {
		took := now.Sub(c.since).Seconds()
		if w.Address == "" || took > w.Longest || took == w.Longest && address < w.Address {
			w.Address, w.Action, w.Longest = address, c.action, took
		}
	}
	return w
}
