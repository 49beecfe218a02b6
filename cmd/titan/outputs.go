package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sort"
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
	names := make([]string, 0, len(outputs))
	for name := range outputs {
		names = append(names, name)
	}
	sort.Strings(names)
	if len(names) == 0 {
		return nil
	}
	fmt.Fprintf(out, "\noutputs of %s\n", stack)
	for _, name := range names {
		value, err := json.Marshal(outputs[name].Value)
		if err != nil {
			return fmt.Errorf("printing output %q: %w", name, err)
		}
		fmt.Fprintf(out, "  %-20s %s\n", name, strings.Trim(string(value), `"`))
	}
	return nil
}
