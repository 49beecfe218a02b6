// Package fresh has an emulated AWS refuse what a new account refuses in its first minutes: what was made a moment
// ago is not seen everywhere yet, nobody has accepted the connection to GitHub, and no service-linked role exists.
//
// A refusal has AWS's own code and words, with their source. One that AWS would not make is worse than none: where
// its words are not known, there is no refusal.
package fresh

import (
	"cmp"
	"fmt"
	"net/http"
	"path"
	"slices"
	"sync"
	"time"

	"github.com/titan-platform/titan/internal/emulator"
)

// Account is what an account has before the first apply.
type Account struct {
	Principals  []string         // ARNs of roles and users, service-linked roles included
	Connections []string         // ARNs of accepted connections to source providers
	Now         func() time.Time // default time.Now
}

// Fresh is a guard before an emulator. It knows what was made since it stands there.
type Fresh struct {
	mutex    sync.Mutex
	now      func() time.Time
	refusals []refusal
	notes    []note
	limits   []limit
	memory   *memory
	times    map[Count]int // refused so far, by the count without its times
}

// New makes the guard of an account; Proxy.Guard takes it.
func New(account Account) *Fresh {
	f := &Fresh{
		now: account.Now, refusals: refusals(), notes: notes(), limits: limits(),
		memory: newMemory(), times: map[Count]int{},
	}
	if f.now == nil {
		f.now = time.Now
	}
	for _, arn := range account.Principals {
		f.memory.make(time.Time{}, append(keysOfRole(arn), permissions(arn))...)
	}
	for _, arn := range account.Connections {
		f.memory.make(time.Time{}, key("connection", arn))
	}
	return f
}

// Refuse answers a call that a fresh account refuses, and returns nil for any other.
func (f *Fresh) Refuse(r *emulator.Request) *emulator.Reply {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, refusal := range f.refusals {
		if !matches(r, refusal.service, refusal.actions) {
			continue
		}
		for _, needed := range refusal.needs(r, f.memory) {
			if !f.memory.lacks(needed, refusal, r.Action, f.now()) {
				continue
			}
			f.times[refusal.count()]++
			return r.Refused(cmp.Or(refusal.status, http.StatusBadRequest), refusal.code, refusal.says(needed))
		}
	}
	for i, limit := range f.limits {
		if matches(r, limit.service, limit.actions) && !f.limits[i].takes(r, f.now()) {
			f.times[f.limits[i].count()]++
			return r.Refused(cmp.Or(limit.status, http.StatusBadRequest), limit.code, limit.message)
		}
	}
	return nil
}

// Passed remembers what a call made.
func (f *Fresh) Passed(r *emulator.Request, reply *emulator.Reply) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, note := range f.notes {
		if matches(r, note.service, note.actions) {
			f.memory.make(f.now(), note.made(r, reply, f.memory)...)
		}
	}
}

// Count is how often a refusal was made.
type Count struct {
	Kind   Kind
	Name   string // service, action and AWS's code
	Source string
	Times  int // 0 is idle
}

// Counts are all refusals there are, in the order of the tables.
func (f *Fresh) Counts() []Count {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var counts []Count
	for _, r := range f.refusals {
		counts = append(counts, r.count())
	}
	for _, l := range f.limits {
		counts = append(counts, l.count())
	}
	for i, c := range counts {
		counts[i].Times = f.times[c]
	}
	return counts
}

// matches is whether a call is one of a service's actions, which may have path.Match's wildcards.
func matches(r *emulator.Request, service string, actions []string) bool {
	return r.Service == service && slices.ContainsFunc(actions, func(action string) bool {
		is, err := path.Match(action, r.Action)
		if err != nil {
			panic(fmt.Sprintf("the action %q: %v", action, err)) // the tables are constants
		}
		return is
	})
}
