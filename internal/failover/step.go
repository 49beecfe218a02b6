package failover

import (
	"context"
	"fmt"
	"strings"
)

// step is one step of a failover, or of the way back.
type step interface {
	about() about
	// done is whether there is nothing left to do, asked of the files and of AWS; remark says what was found.
	done(ctx context.Context) (done bool, remark string, err error)
	// do does what is left, and finds done what an interrupted run has done.
	do(ctx context.Context) error
}

// checker is a step that is checked by more, or by less, than done.
type checker interface {
	check(ctx context.Context) error
}

// about is what a person is told of a step before it is done.
type about struct {
	title   string
	changes string
	costs   string // time, money, data
	undo    string // how it is undone
	asks    string // the question before what can't be undone; empty asks nothing
}

// show prints the steps, and how far each is. What a later step finds may change with those before it.
func (w *work) show(ctx context.Context, steps []step) error {
	for i, s := range steps {
		about := s.about()
		done, remark, err := s.done(ctx)
		if err != nil {
			return fmt.Errorf("step %d, %s: %w", i+1, about.title, err)
		}
		state := "to do"
		if done {
			state = "done"
		}
		if remark != "" {
			state += ": " + remark
		}
		w.say("\n%d. %s", i+1, about.title)
		for _, line := range []struct{ label, text string }{
			{"changes", about.changes}, {"costs", about.costs}, {"undo", about.undo}, {"state", state},
		} {
			if line.text != "" {
				w.say("   %-8s %s", line.label, indented(line.text))
			}
		}
	}
	w.say("")
	return nil
}

// width is how many characters of a text stand on a line.
const width = 100

// indented is a text, wrapped, under its label.
func indented(text string) string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			if line != "" && len(line)+1+len(word) > width {
				lines, line = append(lines, line), ""
			}
			line = strings.TrimPrefix(line+" "+word, " ")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n            ")
}

// walk does the steps that are not done.
func (w *work) walk(ctx context.Context, steps []step) error {
	for i, s := range steps {
		title := s.about().title
		w.say("\n%d of %d: %s", i+1, len(steps), title)
		if err := w.take(ctx, s); err != nil {
			return fmt.Errorf("step %d, %s: %w\n%w", i+1, title, err, errAgain)
		}
	}
	return nil
}

// take does a step if it is not done, and checks it.
func (w *work) take(ctx context.Context, s step) error {
	done, remark, err := s.done(ctx)
	if err != nil {
		return err
	}
	if done {
		w.say("done: %s", remark)
		return nil
	}
	if question := s.about().asks; question != "" {
		if err := w.ask(question); err != nil {
			return err
		}
	}
	if err := s.do(ctx); err != nil {
		return err
	}
	if checked, ok := s.(checker); ok {
		return checked.check(ctx)
	}
	done, remark, err = s.done(ctx)
	if err != nil {
		return err
	}
	if !done {
		return fmt.Errorf("it was done, and still: %s", remark)
	}
	w.say("done: %s", remark)
	return nil
}
