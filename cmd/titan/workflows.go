package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/starter"
)

// workflowsOptions are what `titan workflows` needs.
type workflowsOptions struct {
	terminal  *terminal
	load      load
	workflows func([]environments.Environment) (map[string][]byte, error)
	write     func(file string, text []byte) error
}

func newWorkflowsCommand(t *terminal, run func(workflowsOptions) error) *cobra.Command {
	options := workflowsOptions{
		terminal:  t,
		load:      loadEnvironments,
		workflows: starter.Workflows,
		write:     writeWorkflow,
	}
	if run == nil {
		run = runWorkflows
	}
	return &cobra.Command{
		Use:   "workflows",
		Short: "Write GitHub's workflows anew, after a change of the environments",
		Long: `Writes the workflows that review pull requests, deploy with approval and look for drift, with a row for each
environment (docs/workflows.md). What was changed in them by hand is overwritten. Emulated environments are left out.`,
		Example: "  titan workflows",
		Args:    none,
		RunE:    func(*cobra.Command, []string) error { return run(options) },
	}
}

func runWorkflows(o workflowsOptions) error {
	all, err := o.load()
	if err != nil {
		return err
	}
	workflows, err := o.workflows(all)
	if err != nil {
		return fmt.Errorf("writing the workflows: %w", err)
	}
	for _, file := range slices.Sorted(maps.Keys(workflows)) {
		if err := o.write(filepath.FromSlash(file), workflows[file]); err != nil {
			return fmt.Errorf("writing the workflows: %w", err)
		}
		o.terminal.printf("wrote %s\n", file)
	}
	return nil
}

func writeWorkflow(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}
