package runner

import (
	"context"
	"errors"
	"testing"

	"github.com/titan-platform/titan/stacks/order"
)

// While the bootstrap stack is applied, the bucket of the others' state is not there. While a is, the folder of b,
// which waits for it, is initialized.
func TestFoldersOfStacksThatWaitAreInitializedAhead(t *testing.T) {
	w := newWorld()
	stacks := append([]order.Stack{{Name: "bootstrap", Kind: order.Bootstrap}}, chain[0], chain[1])
	stacks[1].After = []string{"bootstrap"}
	w.stack["bootstrap"] = &fake{world: w, name: "bootstrap"}
	inits := map[string]chan struct{}{}
	for _, stack := range stacks {
		name, begun := stack.Name, make(chan struct{}, 9)
		inits[name] = begun
		w.stack[name].init = func() error { begun <- struct{}{}; return nil }
	}
	w.stack["bootstrap"].apply = func(context.Context) error {
		if len(inits["a"])+len(inits["b"]) > 0 {
			t.Error("a folder is initialized before the bucket of its state is made")
		}
		return nil
	}
	w.stack["a"].apply = func(context.Context) error {
		soon(t, "b's init", inits["b"])
		return nil
	}
	r, _ := w.runner()
	results, err := r.Run(t.Context(), Deploy, stacks)
	if err != nil {
		t.Fatal(err)
	}
	expectOutcomes(t, results, "bootstrap applied, a applied, b applied")
	if len(inits["b"]) > 0 {
		t.Error("b is initialized twice")
	}
}

// An init that fails ahead is done again in its turn, and fails the stack only then.
func TestAnInitThatFailsAheadIsDoneAgain(t *testing.T) {
	w := newWorld()
	inits, second := 0, make(chan struct{})
	w.stack["b"].init = func() error {
		if inits++; inits == 1 {
			close(second)
			return errors.New("not yet")
		}
		return nil
	}
	w.stack["a"].apply = func(context.Context) error {
		soon(t, "b's init", second)
		return nil
	}
	r, _ := w.runner()
	results, err := r.Run(t.Context(), Deploy, chain[:2])
	if err != nil {
		t.Fatal(err)
	}
	expectOutcomes(t, results, "a applied, b applied")
	if inits != 2 {
		t.Errorf("b is initialized %d times, want 2", inits)
	}
}
