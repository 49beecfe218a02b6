// Package moves judges Terraform's moved blocks, which lead a resource from the address that it had to the one that it
// has, and finds the moves that a change of construct ids needs. It needs no construct.
package moves

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/stacks/order"
)

// Move leads a resource with all its instances from one address of a stack to another of the same stack.
type Move struct{ From, To string }

// String is the move, for a message.
func (m Move) String() string { return m.From + " to " + m.To }

// Row declares the move in a stack of a kind, as a row of []extension.Moved.
func (m Move) Row(kind order.Kind) string {
	name := strings.ToUpper(string(kind[:1])) + string(kind[1:]) // the constant's
	return fmt.Sprintf("{Stack: order.%s, From: %q, To: %q},", name, m.From, m.To)
}

// Of are the moved blocks of a stack's JSON.
func Of(root map[string]any) []Move {
	blocks, _ := root["moved"].([]any)
	var all []Move
	for _, block := range blocks {
		body, _ := block.(map[string]any)
		from, _ := body["from"].(string)
		to, _ := body["to"].(string)
		all = append(all, Move{from, to})
	}
	return all
}

// End is where moves lead from an address, one after the other: the address itself where none leads on.
func End(all []Move, address string) string {
	next := map[string]string{}
	for _, one := range all {
		next[one.From] = one.To
	}
	for range all { // a circle has no end
		to, ok := next[address]
		if !ok {
			break
		}
		address = to
	}
	return address
}
