package runner

import (
	"context"
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/terraform"
)

type answer struct {
	yes bool
	err error
}

// ask has all the plans there are reviewed, once no more are being made, and asks about them. The question is put
// beside the loop: what is being applied goes on, and an interrupt is heard.
func (r *run) ask(ctx context.Context) {
	if r.asked != nil {
		return
	}
	var asked []*task
	for _, t := range r.tasks {
		switch t.state {
		case planning:
			return
		case planned:
			asked = append(asked, t)
		}
	}
	if asked == nil {
		return
	}
	waits := r.waits()
	verdict, ok := r.review(ctx, asked, waits)
	if !ok {
		return
	}
	if r.asked = asked; r.Ask == nil {
		r.answers <- answer{yes: true}
		return
	}
	question := question(r.verb, asked, verdict.Remark)
	r.emit(Event{Type: Asking, Text: question, Waits: waits})
	go func() {
		yes, err := r.Ask(question)
		r.answers <- answer{yes, err}
	}()
}

// answered lets what was asked about be applied. After a no, nothing new is begun.
func (r *run) answered(answer answer) {
	asked := r.asked
	r.asked = nil
	if r.Ask != nil {
		r.emit(Event{Type: Answered, Text: map[bool]string{true: "yes", false: "no"}[answer.yes]})
	}
	for _, t := range asked {
		if answer.yes {
			t.state = approved
		} else {
			t.settle(OutcomePlanned, nil)
		}
	}
	if !answer.yes {
		r.stopped, r.declined = true, ErrDeclined
	}
	if answer.err != nil {
		r.declined = fmt.Errorf("asking: %w", answer.err)
	}
}

// question names the plans and adds up what they would do.
func question(verb Verb, asked []*task, remark string) string {
	var names []string
	var sum terraform.Counts
	for _, t := range asked {
		names = append(names, t.stack.Name)
		sum.Add += t.counts.Add
		sum.Change += t.counts.Change
		sum.Remove += t.counts.Remove
	}
	todo := toDo(sum)
	if remark != "" {
		todo += "; " + remark
	}
	switch {
	case verb == Destroy:
		return fmt.Sprintf("Destroy what %s holds (%s)?", listed(names), todo)
	case len(asked) > 1:
		return fmt.Sprintf("Apply the plans of %s (%s)?", listed(names), todo)
	}
	return fmt.Sprintf("Apply the plan of %s (%s)?", names[0], todo)
}

// listed are names as a sentence has them.
func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func toDo(c terraform.Counts) string {
	return fmt.Sprintf("%d to add, %d to change, %d to destroy", c.Add, c.Change, c.Remove)
}

func done(c terraform.Counts) string {
	return fmt.Sprintf("%d added, %d changed, %d destroyed", c.Add, c.Change, c.Remove)
}
