package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/pages"
)

// docsOptions are what `titan docs` needs.
type docsOptions struct {
	run   runOptions
	pages func(pages.Input) (map[string][]byte, error)
	write func(file string, text []byte) error
}

func newDocsCommand(t *terminal, run func(context.Context, docsOptions) error) *cobra.Command {
	o := docsOptions{run: defaultRunOptions(t), pages: pages.Pages, write: writePage}
	if run == nil {
		run = runDocs
	}
	return &cobra.Command{
		Use:   "docs",
		Short: "Write the pages and pictures of docs/ that are made of facts anew",
		Long: `Synthesizes every environment, and writes of each its page and its picture, and the reference of its file; in Titan's
own repository also the modules with what they take and give, and where each resource of the owner's document is. What
it writes is the same each time.`,
		Example: "  titan docs",
		Args:    none,
		RunE:    func(command *cobra.Command, _ []string) error { return run(command.Context(), o) },
	}
}

func runDocs(ctx context.Context, o docsOptions) error {
	all, err := o.run.environments()
	if err != nil {
		return err
	}
	var names []string
	for _, environment := range all {
		names = append(names, environment.Name)
	}
	if err := o.run.prepare(ctx, outDir, names); err != nil {
		return err
	}
	written, err := o.pages(pages.Input{Root: ".", Environments: all, Synthesized: readSynthesized})
	if err != nil {
		return err
	}
	for _, file := range slices.Sorted(maps.Keys(written)) {
		if err := o.write(file, written[file]); err != nil {
			return fmt.Errorf("writing a page: %w", err)
		}
		o.run.terminal.printf("wrote %s\n", file)
	}
	return nil
}

func writePage(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}
