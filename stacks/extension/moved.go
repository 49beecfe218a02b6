package extension

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/moves"
	"github.com/titan-platform/titan/stacks/order"
)

// Moved is a resource whose construct was renamed or moved within its stack, which changes its address. Terraform then
// renames it in the state instead of destroying it. `titan moves` prints the rows of a change. A row stays for ever:
// there is always somebody who has not deployed since, and where nothing has the old address it does nothing.
type Moved struct {
	Stack    order.Kind // the kind of stack that declares it, before and after: a move between stacks is none of these
	From, To string     // addresses as Terraform has them, of one type: aws_sqs_queue.orders_queue_5A1C3B2D
}

// Moving is an Extension that renamed constructs of its own.
type Moving interface {
	// Moves are all that were ever made. Each is applied in the environments' stacks that declare what it leads to.
	Moves() []Moved
}

// MovesIn are the rows for stacks of a kind.
func MovesIn(kind order.Kind, rows []Moved) []moves.Move {
	var all []moves.Move
	for _, row := range rows {
		if row.Stack == kind {
			all = append(all, moves.Move{From: row.From, To: row.To})
		}
	}
	return all
}

// CheckMoves says what no stack could do of rows. nil is nothing.
func CheckMoves(rows []Moved) error {
	var problems []string
	for _, kind := range order.Kinds {
		for _, problem := range moves.Check(MovesIn(kind, rows)) {
			problems = append(problems, fmt.Sprintf("stack %s: %s", kind, problem))
		}
	}
	for _, row := range rows {
		if !row.Stack.Known() {
			problems = append(problems, fmt.Sprintf("no kind of stack is called %q; there are %v", row.Stack, order.Kinds))
		}
	}
	if problems == nil {
		return nil
	}
	return fmt.Errorf("moved: %s", strings.Join(problems, "\nmoved: "))
}
