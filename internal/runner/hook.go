package runner

import (
	"context"

	"github.com/titan-platform/titan/stacks/order"
)

// Hook is a step outside Terraform that stands between stacks, such as waiting for a secret's replicas. It is called
// for Destroy as for Deploy, and looks at the verb. An error fails the stack.
type Hook func(ctx context.Context, step Step) error

// Step is what a hook is called for.
type Step struct {
	Stack order.Stack
	Verb  Verb
	Say   func(text string) // shows a line, and is what is waited for from then on
}

// hook runs the hook of a stack's kind, if there is one.
func (r *run) hook(ctx context.Context, hooks map[order.Kind]Hook, t *task) error {
	hook, found := hooks[t.stack.Kind]
	if !found {
		return nil
	}
	say := func(text string) {
		r.doing(t.stack.Name, text)
		r.emit(Event{Type: Note, Stack: t.stack.Name, Text: text})
	}
	return hook(ctx, Step{Stack: t.stack, Verb: r.verb, Say: say})
}
