package runner

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/terraform"
)

// mostNamed is how many of the resources that are waited for are named.
const mostNamed = 3

// indent is where a line goes on: below the stack's name, not behind it, for there are narrow terminals.
const indent = 12

// beat tells how far each stack is and what is waited for: below the lines on a terminal, else in lines of their own.
func (h *Human) beat(event Event) {
	if h.Screen == nil {
		for _, w := range event.Waiting {
			said := h.waiting(event, w)
			event.Stack = w.Stack
			h.line(event, "%s", strings.Join(said, ", "))
		}
		return
	}
	if h.asking {
		return
	}
	var lines []string
	for _, w := range event.Waiting {
		said := h.waiting(event, w)
		event.Stack = w.Stack
		lines = append(lines, h.prefix(event)+said[0])
		if t := h.progress[w.Stack]; t != nil && len(t.unfinished()) > 0 {
			said = append(said, strings.Join(t.portions(), ", "))
		}
		for _, more := range said[1:] {
			lines = append(lines, strings.Repeat(" ", indent)+more)
		}
	}
	h.region(lines)
}

// waiting says of a stack how far it is, and of an apply what it waits for.
func (h *Human) waiting(event Event, w Waiting) []string {
	t := h.progress[w.Stack]
	if w.Resources == 0 || t == nil {
		return []string{fmt.Sprintf("waiting: %s (%s)", w.Doing, clock(w.Seconds))}
	}
	far := fmt.Sprintf("%d done", t.done)
	if t.of > 0 {
		far = fmt.Sprintf("%d of %d", t.done, t.of)
	}
	var named []string
	all := t.longest()
	for _, address := range all[:min(mostNamed, len(all))] {
		seconds := event.Time.Sub(t.running[address]).Seconds()
		named = append(named, fmt.Sprintf("%s (%s)", terraform.WithoutHash(address), clock(seconds)))
	}
	if more := len(all) - len(named); more > 0 {
		named = append(named, fmt.Sprintf("%d more", more))
	}
	return []string{far, "waiting for " + listed(named)}
}

// portions are how far the modules are that are begun and not done.
func (t *tally) portions() []string {
	var all []string
	for _, name := range t.unfinished() {
		all = append(all, fmt.Sprintf("%s: %d of %d", name, t.modules[name].done, t.modules[name].of))
	}
	return all
}
