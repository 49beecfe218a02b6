//go:build e2e

package e2e

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"golang.org/x/sync/errgroup"

	"github.com/titan-platform/titan/stacks/order"
)

// inOrder does something with each stack of a table as soon as it is done with those that the stack comes after, so
// that the provider's fixed waits overlap as they do in `titan deploy`. After an error no other stack is begun, and the
// context of those that are under way ends.
func inOrder(ctx context.Context, table []order.Stack, do func(context.Context, order.Stack) error) error {
	group, ctx := errgroup.WithContext(ctx)
	done := map[string]chan struct{}{}
	for _, one := range table {
		done[one.Name] = make(chan struct{})
	}
	for _, one := range table {
		group.Go(func() error {
			for _, before := range one.After {
				select {
				case <-done[before]:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			if err := do(ctx, one); err != nil {
				return fmt.Errorf("%s: %w", one.Name, err)
			}
			close(done[one.Name])
			return nil
		})
	}
	return group.Wait()
}

// backwards is a table for a destruction: each stack comes after those that came after it.
func backwards(table []order.Stack) []order.Stack {
	turned := slices.Clone(table)
	slices.Reverse(turned)
	for i := range turned {
		turned[i].After = nil
		for _, other := range table {
			if slices.Contains(other.After, turned[i].Name) {
				turned[i].After = append(turned[i].After, other.Name)
			}
		}
	}
	return turned
}

// atOnce is a table in which no stack waits for another, for what changes nothing.
func atOnce(table []order.Stack) []order.Stack {
	free := slices.Clone(table)
	for i := range free {
		free[i].After = nil
	}
	return free
}

// roof is a table whose two walls stand side by side.
var roof = []order.Stack{
	{Name: "ground"}, {Name: "left", After: []string{"ground"}}, {Name: "right", After: []string{"ground"}},
	{Name: "roof", After: []string{"left", "right"}},
}

func TestStacksBeginAfterThoseThatTheyComeAfter(t *testing.T) {
	for _, c := range []struct {
		name  string
		table []order.Stack
		order string // of what is neither wall
	}{
		{"forwards", roof, "ground roof"},
		{"backwards", backwards(roof), "roof ground"},
	} {
		synctest.Test(t, func(t *testing.T) { // which fails where everybody waits
			var begun []string // never two at once
			meeting := make(chan bool)
			err := inOrder(t.Context(), c.table, func(_ context.Context, one order.Stack) error {
				switch one.Name {
				case "left":
					meeting <- true
				case "right":
					<-meeting
				default:
					begun = append(begun, one.Name)
				}
				return nil
			})
			if got := strings.Join(begun, " "); err != nil || got != c.order {
				t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.order)
			}
		})
	}
}

func TestAfterAnErrorNoStackIsBegun(t *testing.T) {
	broken := errors.New("broken")
	err := inOrder(t.Context(), roof, func(ctx context.Context, one order.Stack) error {
		switch one.Name {
		case "left":
			return broken
		case "right":
			<-ctx.Done() // interrupted
			return ctx.Err()
		case "roof":
			t.Error("the roof was begun on one wall")
		}
		return nil
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the first error", err)
	}
}
