package runner

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Human shows a run to a person: a line an event, each with the time since the run began and the stack. An apply has a
// line a module that is done. While a question is open, other lines are held back.
type Human struct {
	// WithoutChanges leaves out what a plan would change, where a review shows that.
	WithoutChanges bool
	// Screen is the terminal that the lines go to, where what is waited for stands below them and is rewritten in place.
	// Nil is none, and then that is a line of its own at each beat.
	Screen *Screen

	out      io.Writer
	began    time.Time
	width    int // of the widest stack's name
	verb     Verb
	progress progress

	interrupted bool
	asking      bool
	spaced      bool // the last line is empty
	held        strings.Builder
}

const interruptedText = "interrupted: nothing more is begun; waiting for Terraform to save its state " +
	"(Ctrl-C again leaves it to itself)"

// NewHuman writes the lines to w.
func NewHuman(w io.Writer) *Human { return &Human{out: w, progress: progress{}} }

// Show writes what a person should see of an event.
func (h *Human) Show(event Event) {
	module, portion := h.progress.note(event)
	switch event.Type {
	case Begun:
		h.begin(event)
	case Planned:
		h.line(event, "%s", plannedChanges(*event.Counts, event.Changes))
		if !h.WithoutChanges {
			h.write(listing(event.Changes))
		}
	case Unchanged:
		h.line(event, "nothing to do")
	case Warned:
		h.line(event, "warning: %s", strings.TrimSpace(event.Text+" "+event.Address))
	case Reviewed:
		h.space()
		h.write(strings.TrimRight(event.Text, "\n") + "\n\n")
		if h.WithoutChanges {
			h.waits(event.Waits)
		}
	case Asking:
		h.ask(event)
	case Answered:
		h.answered()
	case Interrupted:
		h.answered()
		h.interrupted = true
		h.write("\n" + interruptedText + "\n")
	case Applied:
		h.line(event, "%s in %s: %s", h.outcome(OutcomeApplied), clock(event.Seconds), done(*event.Counts))
	case Completed:
		if module != "" {
			h.line(event, "%s: %d of %d", module, portion.done, portion.of)
		}
	case Errored:
		h.line(event, "%s %s (%s)%s", h.Screen.red(h.errored()), event.Address, event.Action, took(event.Seconds))
	case Stale:
		h.line(event, "the plan is stale: the state was changed after it was made; planning anew")
	case Note:
		h.line(event, "%s", event.Text)
	case Failed:
		h.line(event, "%s", h.Screen.red("failed: "+cause(event.Text)))
	case Planning, Applying:
		h.line(event, "%s", event.Type)
	case Beat:
		h.beat(event)
	case Finished:
		h.finish(event)
	}
}

func (h *Human) begin(event Event) {
	h.began, h.verb = event.Time, event.Verb
	for _, place := range event.Stacks {
		h.width = max(h.width, len(place.Stack))
	}
	h.write(fmt.Sprintf("%s, in this order:\n", event.Verb))
	for _, place := range event.Stacks {
		after := ""
		if len(place.After) > 0 {
			after = "after " + listed(place.After)
		}
		h.write(strings.TrimRight(fmt.Sprintf("  %-*s  %-14s  %s", h.width, place.Stack, place.Region, after), " ") + "\n")
	}
	h.write("\n")
}

// ask holds back what comes while the question is open. It is put by whoever asks.
func (h *Human) ask(event Event) {
	h.space()
	if !h.WithoutChanges { // else its review has said so
		h.waits(event.Waits)
	}
	h.region(nil)
	h.asking = true
}

// waits lists the stacks whose plans are not among those that are shown.
func (h *Human) waits(waits []Wait) {
	if len(waits) == 0 {
		return
	}
	text := "planned after that:\n"
	for _, wait := range waits {
		text += fmt.Sprintf("  %-*s  waits for %s\n", h.width, wait.Stack, listed(wait.For))
	}
	h.write(text + "\n")
}

func (h *Human) answered() {
	h.asking, h.spaced = false, false
	h.write(h.held.String())
	h.held.Reset()
}

func (h *Human) finish(event Event) {
	h.region(nil)
	h.space()
	for _, result := range event.Results {
		line := fmt.Sprintf("  %-*s  %-15s  %s", h.width, result.Stack, h.outcome(result.Outcome), remark(result))
		h.write(strings.TrimRight(line, " ") + "\n")
	}
	h.write(fmt.Sprintf("%s ended after %s\n", event.Verb, clock(event.Time.Sub(h.began).Seconds())))
}

// outcome is what came of a stack, in words of what was wanted.
func (h *Human) outcome(outcome Outcome) string {
	if h.verb == Destroy && outcome == OutcomeApplied {
		return "destroyed"
	}
	return string(outcome)
}

// errored says what became of a resource that was not done. An interrupt ends what can be ended at once.
func (h *Human) errored() string {
	if h.interrupted {
		return "STOPPED"
	}
	return "FAILED"
}

// line writes a line with time and stack.
func (h *Human) line(event Event, format string, args ...any) {
	h.write(h.prefix(event) + fmt.Sprintf(format, args...) + "\n")
}

// prefix is what a line begins with.
func (h *Human) prefix(event Event) string {
	since := clock(event.Time.Sub(h.began).Seconds())
	return fmt.Sprintf("%8s  %-*s  ", since, h.width, event.Stack)
}

func (h *Human) write(text string) {
	if h.asking {
		h.held.WriteString(text)
		return
	}
	h.spaced = strings.HasSuffix(text, "\n\n")
	_, _ = io.WriteString(h.out, h.Screen.above(text)) // nobody reads any more; the run goes on
}

// region has lines stand below those that are written, in place of the ones before.
func (h *Human) region(lines []string) {
	_, _ = io.WriteString(h.out, h.Screen.below(lines)) // as above
}

// space leaves an empty line, unless there is one.
func (h *Human) space() {
	if !h.spaced {
		h.write("\n")
	}
}
