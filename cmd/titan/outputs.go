package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/terraform"
)

// printOutputs prints the outputs of a stack by their names; nothing where it has none.
func printOutputs(ctx context.Context, out io.Writer, stack string, workspace terraform.Workspace) error {
	text, err := workspace.Run(ctx, "output", "-json", "-no-color")
	if err != nil {
		return err
	}
	var outputs map[string]struct{ Value any }
	if err := json.Unmarshal(text, &outputs); err != nil {
		return fmt.Errorf("reading the outputs: %w", err)
	}
	if len(outputs) == 0 {
		return nil
	}
	names, width := slices.Sorted(maps.Keys(outputs)), 0
	for _, name := range names {
		width = max(width, len(name))
	}
	fmt.Fprintf(out, "\noutputs of %s\n", stack)
	for _, name := range names {
		value, err := json.Marshal(outputs[name].Value)
		if err != nil {
			return fmt.Errorf("printing output %q: %w", name, err)
		}
		fmt.Fprintf(out, "  %-*s  %s\n", width, name, strings.Trim(string(value), `"`))
	}
	return nil
}
