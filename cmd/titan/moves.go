package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/moves"
	"github.com/titan-platform/titan/stacks/order"
)

// movesOptions are what `titan moves` needs.
type movesOptions struct {
	run      runOptions
	readFile func(name string) ([]byte, error)
	golden   string // the folder of the stacks' JSON before the change
}

func newMovesCommand(t *terminal, run func(context.Context, movesOptions) error) *cobra.Command {
	o := movesOptions{run: defaultRunOptions(t), readFile: os.ReadFile}
	if run == nil {
		run = runMoves
	}
	command := &cobra.Command{
		Use:   "moves",
		Short: "Print the rows that keep renamed constructs' resources from being destroyed",
		Long: `Synthesizes all stacks and compares them with their golden files: run it after a change of construct ids and before
the golden files are written anew. It prints a row for each resource that was renamed, which is one that is gone while a
new one has its type and its name, or all of its attributes. Look at the rows, then put them into the Moves of your
extension. What it can't tell apart it names for you to decide. Neither AWS nor Terraform is asked.`,
		Example: `  titan moves
  titan moves --golden tests/golden`,
		Args: none,
		RunE: func(command *cobra.Command, _ []string) error { return run(command.Context(), o) },
	}
	command.Flags().StringVar(&o.golden, "golden", "golden", "the `FOLDER` of the golden files")
	return command
}

func runMoves(ctx context.Context, o movesOptions) error {
	all, err := o.run.environments()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "titan-moves-")
	if err != nil {
		return fmt.Errorf("looking for moves: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // temporary
	out := filepath.Join(folder, outDir)
	c := newCatalog(all)
	if err := o.run.prepare(ctx, out, c.sameAccount(c.table)); err != nil {
		return err
	}
	var rows, open []string
	compared := 0
	for _, stack := range c.table {
		before, err := o.stack(filepath.Join(o.golden, stack.Name+".json"))
		if errors.Is(err, fs.ErrNotExist) {
			continue // a new stack
		}
		if err != nil {
			return err
		}
		now, err := o.stack(filepath.Join(stackDir(out, stack.Name), "cdk.tf.json"))
		if err != nil {
			return err
		}
		compared++
		suggested := moves.Suggest(before, now)
		rows = append(rows, rowsOf(stack.Kind, suggested)...)
		open = append(open, openIn(stack, suggested)...)
	}
	if compared == 0 {
		return wrongUsage("--golden: %q has the golden file of no stack, such as %s.json; `make golden` writes them",
			o.golden, c.table[0].Name)
	}
	o.print(rows, open)
	return nil
}

// stack reads the JSON of a stack.
func (o movesOptions) stack(name string) (map[string]any, error) {
	text, err := o.readFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading a stack: %w", err)
	}
	var root map[string]any
	if err := json.Unmarshal(text, &root); err != nil {
		return nil, fmt.Errorf("parsing %q: %w", name, err)
	}
	return root, nil
}

func rowsOf(kind order.Kind, suggested moves.Suggestion) []string {
	var rows []string
	for _, one := range suggested.Moves {
		rows = append(rows, one.Row(kind))
	}
	return rows
}

func openIn(stack order.Stack, suggested moves.Suggestion) []string {
	var lines []string
	for _, one := range suggested.Open {
		may := strings.Join(one.May, " or ")
		lines = append(lines, fmt.Sprintf("%s: %s is gone: destroyed, or now %s", stack.Name, one.Gone, may))
	}
	return lines
}

// print prints each row once: stacks of a kind have the same addresses.
func (o movesOptions) print(rows, open []string) {
	slices.Sort(rows)
	rows = slices.Compact(rows)
	if len(rows)+len(open) == 0 {
		o.run.terminal.printf("nothing was renamed\n")
		return
	}
	if len(rows) > 0 {
		o.run.terminal.printf("renamed\n")
	}
	for _, row := range rows {
		o.run.terminal.printf("  %s\n", row)
	}
	if len(open) > 0 {
		o.run.terminal.printf("not told apart\n")
	}
	for _, line := range open {
		o.run.terminal.printf("  %s\n", line)
	}
}
